package dcocpp.plcsim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;
import dcocpp.plcsim.Finding.Kind;

class SimulatedPlcTest {

    private static final Identity IDENTITY = new Identity("001A2B3C4D5E", "F07F0C006E3B", "DE8AA1A2B3C4D59");

    private final TestHost host = new TestHost();

    @BeforeEach
    void plcIsUp() {
        host.run(100);
        host.handshake();
    }

    private void charge() {
        host.plc.plug(new PlugIn(CarLibrary.included().first(), 20, 80, IDENTITY));
        host.granted = true;
        host.locks = true;
        host.runUntil(() -> host.plc.truth().hlcStage() >= 9, 20_000);
        host.relays = 6;
        host.runUntil(() -> host.plc.truth().busVoltageV() > 300, 3000);
        host.relays = 7;
        host.runUntil(() -> host.plc.truth().currentA() > 50, 5000);
    }

    private List<Kind> kinds() {
        return host.plc.findings().stream().map(Finding::kind).distinct().toList();
    }

    @Test
    void aWholeSessionIsTakenAndToldAndAGoodHostIsNotBlamed() {
        charge();
        host.run(120_000);
        double targetV = host.last("EVDC_Targets").get("EV_TARGET_V");
        assertTrue(targetV > 300 && targetV < 450, "target " + targetV);
        assertTrue(host.last("EVDC_Targets").get("EV_PRESENT_I") > 50);
        assertEquals(7, host.plc.closedRelays());
        assertEquals(1, host.last("ChargeInfo").get("AUTH_GRANTED"));
        assertEquals('C', host.last("CP_VoltageLevels").get("CP_STATE"));
        List<Double> register = host.heard("EnergyMeterData").stream().filter(frame -> frame.values().get("METER_MUX") == 1)
                .map(frame -> frame.values().get("METER_IMPORT_ENERGY")).distinct().toList();
        assertTrue(register.size() > 5, register.toString());
        host.relays = 0;
        host.granted = false;
        host.offerA = 0;
        host.run(5000);
        assertEquals(0, host.plc.closedRelays());
        host.plc.unplug();
        host.run(1000);
        assertEquals('A', host.last("CP_VoltageLevels").get("CP_STATE"));
        // Opening under load is what this host does: it does not wait for the current.
        assertTrue(List.of(Kind.PHYSICS).containsAll(kinds()), host.plc.findings().toString());
    }

    @Test
    void withoutRelayControlItOpensAfterThreeHundredMillisecondsAndSaysWhy() {
        charge();
        host.controls = false;
        long stopped = host.now;
        host.runUntil(() -> host.plc.closedRelays() == 0, 1000);
        assertTrue(host.now - stopped >= 200 * TestHost.MS && host.now - stopped <= 460 * TestHost.MS, "after " + (host.now - stopped));
        host.run(40);
        assertEquals(5, host.last("RelayStatus").get("FAULT_REASON"));
        assertEquals(1, host.last("RelayStatus").get("COMM_FAULT"));
        host.controls = true;
        host.run(200);
        assertTrue(kinds().contains(Kind.WATCHDOG));
    }

    @Test
    void nothingClosesBeforeTheHandshakeAndTheHostIsBlamed() {
        host.plc.inject(PlcFault.REBOOT, 1, host.now);
        host.run(1000);
        host.relays = 6;
        host.run(500);
        assertEquals(0, host.plc.closedRelays());
        assertEquals(List.of(Kind.BEFORE_HANDSHAKE), kinds());
        assertEquals(2, host.heard("BootConfig").size());
    }

    @Test
    void anotherVersionIsRefused() {
        host.send("ConfigCmd", Map.of("CFG_PARAM_ID", 91, "CFG_VALUE", 2));
        host.run(20);
        assertEquals(Map.of("ACK_PARAM_ID", 91.0, "ACK_STATUS", 2.0, "ACK_VALUE", 1.0, "ACK_PLC_ID", 3.0, "CRC8",
                host.last("ConfigAck").get("CRC8")), host.last("ConfigAck"));
    }

    @Test
    void emergencyStopOpensAtOnceAndStaysUntilItIsCleared() {
        charge();
        host.plc.inject(PlcFault.ESTOP, 1, host.now);
        host.runUntil(() -> host.plc.closedRelays() == 0, 200);
        assertEquals(12, host.last("RelayStatus").get("FAULT_REASON"));
        assertEquals(1, host.last("SafetySwitchStatus").get("ESTOP_INPUT"));
        assertEquals(0, host.last("SafetySwitchStatus").get("SAFETY_OK"));
        host.run(1000);
        assertTrue(kinds().contains(Kind.WHILE_UNSAFE), "this host commands on: " + kinds());
        host.relays = 0;
        host.plc.mend(host.now);
        host.run(500);
        assertEquals(4, host.last("RelayStatus").get("FAULT_REASON"));
        host.clear = true;
        host.run(300);
        host.clear = false;
        host.run(300);
        assertEquals(0, host.last("RelayStatus").get("FAULT_REASON"));
        assertEquals(1, host.last("RelayStatus").get("SAFETY_OK"));
    }

    @Test
    void aStuckContactorAndAWeldedOneAreReported() {
        host.granted = true;
        host.run(1000);
        host.plc.inject(PlcFault.STUCK, 1, host.now);
        host.relays = 1;
        host.run(1000);
        assertEquals(0, host.last("RelayStatus").get("RLY1_STATE"));
        assertEquals(1, host.last("RelayStatus").get("RLY1_FAULT"));
        host.plc.mend(host.now);
        host.plc.inject(PlcFault.WELD, 1, host.now);
        host.relays = 0;
        host.run(1500);
        assertEquals(1, host.last("RelayStatus").get("RLY1_STATE"));
        assertEquals(1, host.last("RelayStatus").get("RLY1_FAULT"));
    }

    @Test
    void theLinkFailsAsToldAndRecovers() {
        host.run(1000);
        host.plc.inject(PlcFault.BAD_CRC, 1, host.now);
        host.heard.clear();
        host.run(1000);
        assertFalse(host.heard("RelayStatus").isEmpty());
        assertTrue(host.heard("RelayStatus").stream().noneMatch(frame -> host.contract.message("RelayStatus").intact(frame.data())));
        host.plc.mend(host.now);
        host.plc.inject(PlcFault.BAD_LENGTH, 1, host.now);
        host.heard.clear();
        host.run(1000);
        assertTrue(host.heard("RelayStatus").stream().allMatch(frame -> frame.data().length == 7));
        host.plc.mend(host.now);
        host.plc.inject(PlcFault.SILENT, 1, host.now);
        host.heard.clear();
        host.run(1000);
        assertTrue(host.heard.isEmpty());
        host.plc.mend(host.now);
        host.plc.inject(PlcFault.DELAY, 200, host.now);
        host.run(1000);
        long sent = host.now;
        host.send("ConfigCmd", Map.of("CFG_PARAM_ID", 21, "CFG_VALUE", 1));
        host.runUntil(() -> host.heard("ConfigAck").stream().anyMatch(frame -> frame.values().get("ACK_PARAM_ID") == 21), 1000);
        assertTrue(host.now - sent >= 200 * TestHost.MS);
        host.plc.mend(host.now);
        host.plc.inject(PlcFault.DROP, 2, host.now);
        host.heard.clear();
        host.run(2000);
        assertTrue(host.heard.size() > 10 && host.heard.size() < 40, "frames " + host.heard.size());
    }

    @Test
    void whatFailsOnceFailsOnce() {
        host.run(1000);
        host.heard.clear();
        host.run(2000);
        int usual = host.heard.size();
        host.plc.inject(PlcFault.LOSE_NEXT, 3, host.now);
        host.heard.clear();
        host.run(2000);
        assertEquals(usual - 3, host.heard.size(), 1);
        host.plc.inject(PlcFault.BAD_CRC_NEXT, 2, host.now);
        host.heard.clear();
        host.run(2000);
        assertEquals(2, host.heard.stream().filter(frame -> host.contract.message(frame.message()).checksummed()
                && !host.contract.message(frame.message()).intact(frame.data())).count());
    }

    @Test
    void aMessageThatIsMissingIsTheOnlyOne() {
        host.run(1000);
        host.plc.miss("RelayStatus");
        host.heard.clear();
        host.run(1000);
        assertTrue(host.heard("RelayStatus").isEmpty());
        assertEquals(4, host.heard("SafetySwitchStatus").size(), 1);
        host.plc.mend(host.now);
        host.run(300);
        assertFalse(host.heard("RelayStatus").isEmpty());
        assertThrows(IllegalArgumentException.class, () -> host.plc.miss("RelayControl"));
        assertThrows(IllegalArgumentException.class, () -> host.plc.miss("Relay"));
    }

    @Test
    void whatItPretendsIsTold() {
        host.run(1000);
        host.plc.inject(PlcFault.ERROR_CODE, 7, host.now);
        host.plc.inject(PlcFault.BUS_OFF, 0, host.now);
        host.plc.inject(PlcFault.REASON, 8, host.now);
        host.plc.inject(PlcFault.NO_LIMIT_ACK, 0, host.now);
        host.plc.inject(PlcFault.FROZEN_ACK, 0, host.now);
        double applied = host.last("RelayStatus").get("LAST_CMD_SEQ_APPLIED");
        host.heard.clear();
        host.run(1500);
        assertEquals(7, host.last("ErrorCodes").get("ERROR_CODE"));
        assertEquals(1, host.last("HwStatus").get("CAN_BUS_OFF"));
        assertEquals(8, host.last("RelayStatus").get("FAULT_REASON"));
        assertEquals(applied, host.last("RelayStatus").get("LAST_CMD_SEQ_APPLIED"), 2);
        assertTrue(host.heard("ConfigAck").stream().noneMatch(frame -> frame.values().get("ACK_PARAM_ID") == 90));
        host.plc.mend(host.now);
        host.run(1500);
        assertEquals(0, host.last("ErrorCodes").get("ERROR_CODE"));
        assertEquals(0, host.last("HwStatus").get("CAN_BUS_OFF"));
        assertEquals(0, host.last("RelayStatus").get("FAULT_REASON"));
        assertTrue(host.heard("ConfigAck").stream().anyMatch(frame -> frame.values().get("ACK_PARAM_ID") == 90));
        int told = host.heard("ErrorCodes").size();
        host.run(3000);
        assertEquals(told, host.heard("ErrorCodes").size(), "nothing more to tell");
    }

    @Test
    void aFirmwareWithoutSafetyInputsSaysSoWhenItStarts() {
        host.plc.inject(PlcFault.NO_SAFETY, 0, host.now);
        host.run(1500);
        assertEquals(0, host.last("BootConfig").get("FEAT_SAFETY"));
        assertEquals(1, host.last("BootConfig").get("FEAT_RELAYS"));
    }

    @Test
    void whatTheContractHasNoSignalForOpensTheSafetyChain() {
        for (PlcFault fault : List.of(PlcFault.ISOLATION, PlcFault.OVERHEAT, PlcFault.OVERCURRENT)) {
            host.plc.inject(fault, 0, host.now);
            host.run(100);
            assertEquals(9, host.last("RelayStatus").get("FAULT_REASON"), fault.name());
            assertEquals(0, host.last("SafetySwitchStatus").get("SAFETY_OK"), fault.name());
            host.plc.mend(host.now);
            host.clear = true;
            host.run(300);
            host.clear = false;
            host.run(300);
            assertEquals(1, host.last("RelayStatus").get("SAFETY_OK"), fault.name());
        }
    }

    @Test
    void whatTheHostSendsWronglyIsDroppedAndReported() {
        host.run(500);
        host.relays = 7;
        byte[] wrong = host.contract.message("RelayControl").encode(Map.of("RLY2_CMD", 1, "RLY2_ENABLE", 1));
        wrong[7] ^= 1;
        host.raw("RelayControl", wrong);
        host.raw("RelayControl", new byte[7]);
        byte[] reserved = host.contract.message("ConfigCmd").encode(Map.of("CFG_PARAM_ID", 20));
        reserved[6] = 1;
        reserved[7] = (byte) Dbc.checksum(reserved);
        host.raw("ConfigCmd", reserved);
        host.relays = 0;
        host.run(200);
        assertEquals(0, host.plc.closedRelays());
        host.sequence += 5;
        host.run(200);
        assertEquals(List.of(Kind.CHECKSUM, Kind.LENGTH, Kind.RESERVED_BITS, Kind.SEQUENCE), kinds());
    }

    @Test
    void carAndCardSayWhoTheyAreInSegments() {
        host.plc.plug(new PlugIn(CarLibrary.included().first(), 20, 80, IDENTITY));
        host.run(5000);
        assertEquals(List.of("060200001a2b3c4d", "0602015e00000000"), hex("EVMAC"));
        assertEquals(List.of("060200f07f0c006e", "0602013b00000000"), hex("EVCCID"));
        assertEquals(List.of("0f03004445384141", "0f03013141324233", "0f03024334443539"), hex("EMAID0"));
        host.plc.swipe(HexFormat.of().parseHex("04a2b3c4d5e680"), host.now);
        assertEquals(List.of("07012004a2b3c4d5", "070121e680000000"), hex("RfidEvent"));
    }

    private List<String> hex(String message) {
        return host.heard(message).stream().map(frame -> HexFormat.of().formatHex(frame.data())).toList();
    }

    @Test
    void thePeriodsAreThoseOfTheContract() {
        host.run(10_000);
        host.heard.clear();
        host.run(10_000);
        assertEquals(50, host.heard("RelayStatus").size(), 1);
        assertEquals(40, host.heard("SafetySwitchStatus").size(), 3);
        assertEquals(20, host.heard("CP_VoltageLevels").size(), 1);
        assertEquals(20, host.heard("ChargeInfo").size(), 1);
        assertEquals(10, host.heard("EnergyMeterData").size(), 1);
        assertEquals(0, host.heard("EVDC_Targets").size());
        host.plc.plug(new PlugIn(CarLibrary.included().first(), 20, 80, Identity.NONE));
        host.run(5000);
        host.heard.clear();
        host.run(10_000);
        assertEquals(50, host.heard("EVDC_Targets").size(), 1);
        assertEquals(40, host.heard("EnergyMeterData").size(), 1);
    }

    @Test
    void itsBusControllerIsToldEverySecondWithWhatItHasCounted() {
        host.heard.clear();
        host.run(3000);
        List<TestHost.Heard> told = host.heard("HwStatus");
        assertEquals(3, told.size());
        Map<String, Double> first = told.get(0).values();
        Map<String, Double> last = told.get(2).values();
        assertEquals(0, last.get("CAN_BUS_OFF"));
        assertEquals(0, last.get("CAN_TEC"));
        assertEquals(2, last.get("HW_UPTIME") - first.get("HW_UPTIME"));
        // In two seconds: twenty RelayControl, and four frames in each of them.
        assertEquals(28, (last.get("RX_COUNT") - first.get("RX_COUNT") + 256) % 256);
        long sent = host.heard.stream().filter(frame -> frame.nanos() > told.get(0).nanos() && frame.nanos() <= told.get(2).nanos()).count();
        assertTrue(Math.abs(sent - (last.get("TX_COUNT") - first.get("TX_COUNT") + 256) % 256) <= 3, sent + " frames");
    }

    @Test
    void ringStatusComesOnlyToAHostThatCommandsARingAndShowsWhatItWasTold() {
        host.run(1000);
        assertEquals(List.of(), host.heard("GCMC_Status"));
        charge();
        Map<String, Integer> command = Map.of("GC_REQ", 1, "MC_REQ", 1, "MN0_REQ", 1, "MN1_REQ", 1, "GCMC_SEQ", host.sequence - 1 & 0xFF);
        host.send("GCMC_Command", command);
        host.run(1000);
        assertTrue(host.heard("GCMC_Status").size() >= 5, host.heard("GCMC_Status").size() + " times in a second");
        Map<String, Double> status = host.last("GCMC_Status");
        for (String shown : List.of("GC_CMD", "MN0_CMD", "MN1_CMD", "GC_FB", "MN0_FB", "MN1_FB")) {
            assertEquals(1, status.get(shown), shown);
        }
        // It has no output for the bus contactor.
        assertEquals(0, status.get("MC_CMD"));
        assertEquals(0, status.get("MC_FB"));
        assertEquals(command.get("GCMC_SEQ").doubleValue(), status.get("SEQ_RECEIVED"));
        assertEquals(0, status.get("GCMC_SAFETY_ACTIVE"));
        host.plc.inject(PlcFault.SWITCH, 1, host.now);
        host.runUntil(() -> host.last("GCMC_Status").get("GC_FB") == 0, 400);
        assertEquals(1, host.last("GCMC_Status").get("GCMC_FAULT_REASON"));
        assertEquals(1, host.last("GCMC_Status").get("GCMC_SAFETY_ACTIVE"));
    }

    @Test
    void aRingCommandThatDoesNotRepeatTheNumberOfRelayControlIsBlamedOnTheHost() {
        host.run(200);
        host.send("GCMC_Command", Map.of("GCMC_SEQ", host.sequence - 1 & 0xFF));
        assertEquals(List.of(), kinds());
        host.send("GCMC_Command", Map.of("GCMC_SEQ", host.sequence));
        assertEquals(List.of(Kind.SEQUENCE), kinds());
    }
}
