package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareSnapshot.Condition;

class ChargingTest {

    @Test
    void aSessionRunsFromPlugToUnplug() {
        PlcBench bench = PlcBench.oneGun();
        assertEquals(Condition.STARTING, bench.driver.snapshot().condition());
        bench.run(1000);
        assertEquals(Condition.READY, bench.driver.snapshot().condition());
        assertEquals(List.of(), bench.gun().faults());
        assertTrue(bench.gun().safe());
        assertEquals(CpState.A, bench.gun().cp());

        bench.charge(1);
        bench.run(500);
        GunState gun = bench.gun();
        assertEquals(List.of(), gun.faults());
        assertTrue(bench.closed());
        assertEquals(CpState.C, gun.cp());
        assertTrue(gun.lockEngaged());
        assertTrue(gun.authorizedEcho());
        assertTrue(gun.hlc().powerReady());
        assertEquals(400, gun.targetVoltageV());
        assertEquals(100, gun.presentCurrentA());
        assertEquals(Position.CLOSED, bench.contactor("GC_1").position());
        assertEquals(Position.CLOSED, bench.contactor("MN_1_0").position());
        assertTrue(bench.module(0).healthy() && bench.module(0).on());

        bench.openAll();
        bench.run(300);
        assertEquals(0, bench.plc().relays);
        bench.plc().cp = 'A';
        bench.run(300);
        assertEquals(CpState.A, bench.gun().cp());
        assertEquals(List.of(), bench.gun().faults());
        assertEquals(2, bench.contactor("GC_1").operations());
    }

    @Test
    void noRelayClosesBeforeTheHandshake() {
        PlcBench bench = PlcBench.oneGun();
        bench.plc().answersConfig = false;
        bench.charge(1);
        bench.run(3500);
        assertEquals(0, bench.plc().relays);
        assertEquals(4, bench.plc().frames(0x380).stream().filter(frame -> frame.bytes()[0] == 91).count(), "asked every second");
        assertEquals("no answer to the protocol handshake", bench.detail(FaultCause.PLC_PROTOCOL));
        bench.plc().answersConfig = true;
        bench.run(1200);
        assertTrue(bench.closed());
        assertFalse(bench.has(FaultCause.PLC_PROTOCOL));
    }

    @Test
    void firmwareThatDoesNotKnowTheHandshakeIsNotAsked() {
        PlcBench bench = new PlcBench(1, DriverSettings.of(true, "strict", "none", 9, false, true, false, true, 50));
        bench.charge(1);
        bench.run(1000);
        assertTrue(bench.closed());
        assertTrue(bench.plc().frames(0x380).stream().noneMatch(frame -> frame.bytes()[0] == 91));
    }

    @Test
    void anotherProtocolVersionMeansNoEnergy() {
        PlcBench bench = PlcBench.oneGun();
        bench.plc().protocolVersion = 2;
        bench.charge(1);
        bench.run(3000);
        assertEquals(0, bench.plc().relays);
        assertEquals("PLC answers version 2, status 2 to version 1", bench.detail(FaultCause.PLC_PROTOCOL));
        assertEquals(List.of("Connector 1, PLC 0: PLC answers version 2, status 2 to version 1, no relay closes"), bench.log);
    }

    @Test
    void acknowledgeOfAnotherPlcCountsForNobody() {
        PlcBench bench = PlcBench.oneGun();
        bench.plc().answersConfig = false;
        bench.charge(1);
        bench.run(500);
        bench.plc().send(0x1A0, 91, 0, 1, 0, 0, 0, 5);
        bench.run(300);
        assertEquals(0, bench.plc().relays);
    }

    @Test
    void firmwareWithoutRelaysOrSafetyIsNotEnergised() {
        PlcBench bench = PlcBench.oneGun();
        bench.charge(1);
        bench.plc().send(0x90000, 1, 4, 2, 0x0D, 125);
        bench.run(1000);
        assertEquals(0, bench.plc().relays);
        assertEquals("the PLC's firmware has no safety inputs", bench.detail(FaultCause.PLC_PROTOCOL));
    }

    @Test
    void powerFlowsOnlyWhenHostAndPlcAgreeOnTheAuthorization() {
        PlcBench bench = PlcBench.charging();
        bench.gun(1, Authorization.DENIED, true);
        bench.run(300);
        assertEquals(0, bench.plc().relays & 1, "denied by the host");
        assertFalse(bench.plc().authorized);

        PlcBench silent = PlcBench.charging();
        silent.plc().grants = false;
        silent.run(1600);
        assertEquals(0, silent.plc().relays & 1, "not echoed by the PLC");
    }

    @Test
    void aStaleEchoOfThePlcGrantsNothing() {
        PlcBench bench = PlcBench.oneGun();
        bench.plc().authorized = true;
        bench.run(1000);
        bench.set(new GunCommand(1, Authorization.UNKNOWN, true, true, false, 0, 1000, 100, 40_000, true, Set.of()));
        bench.run(1000);
        assertEquals(0, bench.plc().relays);
    }

    @Test
    void authorizationIsSaidAtOnceAndRefreshedEverySecondWhileItLasts() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(1000);
        assertTrue(config(bench, 20).isEmpty(), "nothing is said of an unknown authorization");
        bench.gun(1, Authorization.PENDING, false);
        bench.run(3050);
        assertEquals(List.of(0, 0, 0), config(bench, 20).subList(0, 3));
        assertEquals(List.of(1, 1, 1), config(bench, 21).subList(0, 3));
        int before = config(bench, 20).size();
        bench.gun(1, Authorization.GRANTED, false);
        bench.run(150);
        assertEquals(List.of(1), config(bench, 20).subList(before, before + 1));
        bench.gun(1, Authorization.UNKNOWN, false);
        bench.run(3000);
        List<Integer> states = config(bench, 20);
        assertEquals(List.of(1, 0), states.subList(before, states.size()), "a grant is taken back once it is acknowledged");
    }

    private static List<Integer> config(PlcBench bench, int parameter) {
        return bench.plc().frames(0x380).stream().filter(frame -> frame.bytes()[0] == parameter).map(frame -> frame.bytes()[2]).toList();
    }

    @Test
    void onlyThisGunIsUnlockedAndOnlyWithoutCurrent() {
        PlcBench bench = new PlcBench(2, PlcBench.SETTINGS);
        bench.run(1000);
        bench.charge(1);
        bench.charge(2);
        bench.run(1000);
        bench.set(new GunCommand(1, Authorization.GRANTED, true, false, false, 0, 1000, 100, 40_000, true, Set.of()));
        bench.run(1000);
        assertTrue(bench.plcs.get(0).locked, "current flows");
        bench.set(new GunCommand(1, Authorization.GRANTED, false, false, false, 0, 1000, 0, 0, false, Set.of()));
        bench.plcs.get(0).presentCurrent = 0;
        bench.run(1000);
        assertFalse(bench.plcs.get(0).locked);
        assertTrue(bench.plcs.get(1).locked, "another gun's lock is not ours to open");
    }

    @Test
    void aCarThatARunBeforeHasLeftLockedInIsUnlocked() {
        PlcBench bench = PlcBench.oneGun();
        bench.plc().locked = true;
        bench.plc().cp = 'C';
        bench.plc().presentCurrent = 300;
        bench.run(1000);
        assertTrue(bench.plc().locked, "30 A flow");
        bench.plc().presentCurrent = 0;
        bench.run(1000);
        assertFalse(bench.plc().locked);
        assertEquals(List.of(0), config(bench, 30), "said once, since it was acknowledged");
    }

    @Test
    void theGunRelayOfThePlcIsLeftToThePlc() {
        PlcBench bench = new PlcBench(1, DriverSettings.of(true, "strict", "1", 9, true, true, false, true, 50));
        bench.charge(1);
        bench.run(1000);
        ScriptedPlc.Received last = bench.plc().last(0x340);
        assertEquals(0x0E, last.bytes()[0]);
        assertEquals(0x06, last.bytes()[2], "only the module relays are addressed");
    }

    @Test
    void moduleRelaysThatAreNotOursAreNotCommandedNorJudged() {
        PlcBench bench = new PlcBench(1, DriverSettings.of(true, "strict", "1", 9, false, false, false, true, 50));
        bench.charge(1);
        bench.plc().relays = 6;
        bench.run(2000);
        assertEquals(0x01, bench.plc().last(0x340).bytes()[2]);
        assertFalse(bench.has(FaultCause.MN_WELD));
        assertEquals(Position.UNKNOWN, bench.contactor("MN_1_0").position());
    }

    @Test
    void gcmcMirrorsEachRelayControlWithItsNumberOnlyWhenAsked() {
        PlcBench plain = PlcBench.charging();
        assertTrue(plain.plc().frames(0x390).isEmpty());
        PlcBench bench = new PlcBench(1, DriverSettings.of(true, "strict", "1", 9, false, true, true, true, 50));
        bench.charge(1);
        bench.run(2000);
        ScriptedPlc.Received mirror = bench.plc().last(0x390);
        assertEquals(0x0D, mirror.bytes()[0]);
        assertTrue(bench.plc().frames(0x340).stream().anyMatch(frame -> frame.bytes()[1] == mirror.bytes()[1]));
    }

    @Test
    void ringFeedbackIsNotTakenForAModuleRelay() {
        PlcBench bench = PlcBench.oneGun();
        bench.run(1000);
        bench.plc().send(0x150, 0, 0x02, 0, 0, 0, 0, 1);
        bench.run(60);
        assertEquals(Position.OPEN, bench.contactor("MN_1_0").position(), "bit 1 is the bus contactor");
        assertTrue(bench.gun().safe());
    }

    @Test
    void identitiesBecomeTokensUncut() {
        PlcBench bench = PlcBench.oneGun();
        ScriptedPlc plc = bench.plc();
        plc.send(0x240, 6, 2, 0, 0x00, 0x1A, 0x2B, 0x3C, 0x4D);
        plc.send(0x240, 6, 2, 1, 0x5E, 0, 0, 0, 0);
        plc.send(0x180, 7, 7, 0x20, 0x04, 0xA2, 0xB3, 0xC4, 0xD5);
        plc.send(0x180, 7, 7, 0x21, 0xE6, 0x80, 0, 0, 0);
        plc.send(0x260, 0x0F, 3, 0, 'D', 'E', '8', 'A', 'A');
        plc.send(0x260, 0x0F, 3, 1, '1', 'A', '2', 'B', '3');
        plc.send(0x260, 0x0F, 3, 2, 'C', '4', 'D', '5', '9');
        assertEquals(List.of("EV_MAC VID:001A2B3C4D5E", "RFID 04A2B3C4D5E680", "EMAID DE8AA1A2B3C4D59"),
                bench.tokens.stream().map(token -> token.source() + " " + token.value()).toList());
        assertEquals(1, bench.tokens.get(0).connectorId());
        plc.send(0x180, 0x0F, 8, 0x30, 1, 2, 3, 4, 5);
        plc.send(0x180, 0x0F, 8, 0x31, 1, 2, 3, 4, 5);
        plc.send(0x180, 0x0F, 8, 0x32, 1, 2, 3, 4, 5);
        assertEquals(3, bench.tokens.size(), "longer than a token: refused, never cut");
        assertTrue(bench.log.get(0).contains("RFID with 30 characters"), bench.log.toString());
    }
}
