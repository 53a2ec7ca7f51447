package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ConnectorStatus;

/** Every fault that hardware reports, with what it ends, whom it concerns and who clears it. */
class FaultTableTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    /** What the controller finds out by itself; its own tests show it. */
    private static final Set<FaultCause> OWN = EnumSet.of(FaultCause.SITE_TRIP, FaultCause.PLANNER, FaultCause.INTERNAL, FaultCause.JOURNAL,
            FaultCause.MC_OPEN_TIMEOUT, FaultCause.GC_OPEN_TIMEOUT, FaultCause.GC_CLOSE_TIMEOUT, FaultCause.PRECHARGE_TIMEOUT,
            FaultCause.ISLAND_SLOT_FAULT, FaultCause.LOCAL_FAULT, FaultCause.TELEMETRY, FaultCause.TELEMETRY_MISMATCH);

    @TempDir
    Path folder;

    /** How a fault goes. */
    private enum Ends {
        /** When its cause does. */
        BY_ITSELF,
        /** When the vehicle is unplugged. */
        UNPLUGGED,
        /** When an operator clears it. */
        CLEARED
    }

    /**
     * A row of the table.
     *
     * @param cause the fault
     * @param reason why the transaction ends; null = it goes on
     * @param atOnce contactors open under load
     * @param status of its connector while it is there
     * @param site every gun ends
     * @param ends how it goes
     */
    private record Row(FaultCause cause, StopReason reason, boolean atOnce, ConnectorStatus status, boolean site, Ends ends) {
    }

    private static Row stops(FaultCause cause, StopReason reason, boolean atOnce, Ends ends) {
        boolean site = cause == FaultCause.EMERGENCY_STOP || cause == FaultCause.EARTH_FAULT;
        return new Row(cause, reason, atOnce, ConnectorStatus.FAULTED, site, ends);
    }

    private static Row goesOn(FaultCause cause, ConnectorStatus status, Ends ends) {
        return new Row(cause, null, false, status, false, ends);
    }

    static Stream<Row> rows() {
        return Stream.of(
                stops(FaultCause.EMERGENCY_STOP, StopReason.EMERGENCY_STOP, true, Ends.CLEARED),
                stops(FaultCause.PLC_COMM, StopReason.POWER_LOSS, true, Ends.BY_ITSELF),
                stops(FaultCause.PLC_CRC, StopReason.POWER_LOSS, true, Ends.BY_ITSELF),
                stops(FaultCause.PLC_PROTOCOL, StopReason.POWER_LOSS, true, Ends.BY_ITSELF),
                stops(FaultCause.CAN_BUS_OFF, StopReason.POWER_LOSS, true, Ends.BY_ITSELF),
                stops(FaultCause.PLC_UNAVAILABLE, StopReason.POWER_LOSS, true, Ends.BY_ITSELF),
                stops(FaultCause.EARTH_FAULT, StopReason.OTHER, true, Ends.CLEARED),
                stops(FaultCause.SAFETY_LOOP, StopReason.EMERGENCY_STOP, true, Ends.BY_ITSELF),
                stops(FaultCause.SAFETY_SWITCH_1, StopReason.EMERGENCY_STOP, true, Ends.BY_ITSELF),
                stops(FaultCause.SAFETY_SWITCH_2, StopReason.EMERGENCY_STOP, true, Ends.BY_ITSELF),
                stops(FaultCause.SAFETY_SWITCH_3, StopReason.EMERGENCY_STOP, true, Ends.BY_ITSELF),
                stops(FaultCause.SAFETY_SWITCH_4, StopReason.EMERGENCY_STOP, true, Ends.BY_ITSELF),
                stops(FaultCause.ISOLATION, StopReason.OTHER, true, Ends.CLEARED),
                stops(FaultCause.CONNECTOR_TEMPERATURE, StopReason.OTHER, false, Ends.BY_ITSELF),
                goesOn(FaultCause.MODULE_TEMPERATURE, ConnectorStatus.CHARGING, Ends.BY_ITSELF),
                stops(FaultCause.OVER_CURRENT, StopReason.OTHER, true, Ends.BY_ITSELF),
                stops(FaultCause.OVER_VOLTAGE, StopReason.OTHER, true, Ends.BY_ITSELF),
                stops(FaultCause.UNDER_VOLTAGE, StopReason.OTHER, false, Ends.BY_ITSELF),
                stops(FaultCause.GC_WELD, StopReason.OTHER, false, Ends.CLEARED),
                goesOn(FaultCause.MC_WELD, ConnectorStatus.CHARGING, Ends.CLEARED),
                stops(FaultCause.MN_WELD, StopReason.OTHER, false, Ends.CLEARED),
                stops(FaultCause.NO_MODULES, StopReason.OTHER, false, Ends.BY_ITSELF),
                goesOn(FaultCause.MODULE_DEGRADED, ConnectorStatus.CHARGING, Ends.BY_ITSELF),
                stops(FaultCause.LOCK, StopReason.OTHER, false, Ends.UNPLUGGED),
                stops(FaultCause.CP_LOST, StopReason.OTHER, true, Ends.BY_ITSELF),
                stops(FaultCause.VENTILATION, StopReason.OTHER, false, Ends.BY_ITSELF),
                goesOn(FaultCause.METER_STALE, ConnectorStatus.FAULTED, Ends.BY_ITSELF),
                new Row(FaultCause.LIMIT_ACK, StopReason.POWER_LOSS, false, ConnectorStatus.FINISHING, false, Ends.BY_ITSELF));
    }

    @Test
    void everyCauseIsInTheTable() {
        Set<FaultCause> missing = EnumSet.complementOf(EnumSet.copyOf(OWN));
        rows().map(Row::cause).forEach(missing::remove);
        assertEquals(Set.of(), missing);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachFaultDoesWhatTheTableSays(Row row) {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.charge(2, "B");
            charger.hardware.gun(1).faults = List.of(new Fault(row.cause(), "reason 12"));
            charger.run(ChargerFixture.TICK);
            assertEquals(row.atOnce(), charger.hardware.last.guns().get(0).forceOff(), "at once");
            charger.run(SECOND.multipliedBy(4));
            assertEquals(row.status(), charger.status(1));
            assertTrue(has(charger, row.cause()), charger.connector(1).faults().toString());
            assertEquals(row.reason() == null, charger.hardware.gun(1).closed);
            List<StopReason> ended = charger.journalled(TransactionStopped.class).stream().filter(stop -> stop.connectorId() == 1)
                    .map(TransactionStopped::reason).toList();
            assertEquals(row.reason() == null ? List.of() : List.of(row.reason()), ended);
            assertEquals(row.site() ? ConnectorStatus.FAULTED : ConnectorStatus.CHARGING, charger.status(2), "the other gun");
            goes(charger, row);
        }
    }

    private static void goes(ChargerFixture charger, Row row) {
        charger.hardware.gun(1).faults = List.of();
        charger.run(SECOND.multipliedBy(2));
        assertEquals(row.ends() != Ends.BY_ITSELF, has(charger, row.cause()), "its cause is gone");
        charger.unplug(1);
        charger.run(SECOND.multipliedBy(10));
        assertEquals(row.ends() == Ends.CLEARED, has(charger, row.cause()), "unplugged");
        charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(SECOND), 0));
        charger.run(SECOND);
        assertEquals(List.of(), charger.connector(1).faults(), "cleared");
        assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
    }

    private static boolean has(ChargerFixture charger, FaultCause cause) {
        return charger.connector(1).faults().stream().anyMatch(fault -> fault.cause() == cause);
    }

    @Test
    void valuesThatAreNotRenewedEndTheSessionAndFaultNothing() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.charge(2, "B");
            charger.hardware.gun(1).unmeasured = true;
            charger.run(SECOND.multipliedBy(4));
            ended(charger, StopReason.POWER_LOSS, "the values of the gun are not renewed");
            assertEquals(ConnectorStatus.CHARGING, charger.status(2));
        }
    }

    @Test
    void aMeterThatMeasuresAnotherVoltageThanTheGunEndsTheSessionAfterFiveSamples() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.run(SECOND.multipliedBy(2));
            charger.hardware.gun(1).meterV = 460;
            charger.run(Duration.ofMillis(400));
            assertEquals(ConnectorStatus.CHARGING, charger.status(1), "four");
            charger.run(SECOND.multipliedBy(4));
            ended(charger, StopReason.POWER_LOSS, "meter 460 V 100 A, gun 400 V 100 A");
        }
    }

    private static void ended(ChargerFixture charger, StopReason reason, String info) {
        assertEquals(ConnectorStatus.FINISHING, charger.status(1));
        assertEquals(info, charger.connector(1).info());
        assertEquals(List.of(reason), charger.journalled(TransactionStopped.class).stream().map(TransactionStopped::reason).toList());
    }

    @Test
    void aGunWithoutAnyUsableModuleIsFaultedAndOneWithSomeGoesOn() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.hardware.broken.add("M1_0");
            charger.run(SECOND.multipliedBy(3));
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            assertEquals(List.of(new Fault(FaultCause.MODULE_DEGRADED, "M1_0 cannot be used")), charger.connector(1).faults());
            charger.hardware.broken.add("M1_1");
            charger.run(SECOND.multipliedBy(6));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals("no power module can be used", charger.connector(1).info());
            assertEquals(List.of(StopReason.OTHER),
                    charger.journalled(TransactionStopped.class).stream().map(TransactionStopped::reason).toList());
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(2));
            charger.hardware.broken.clear();
            charger.run(SECOND);
            assertEquals(List.of(), charger.connector(1).faults());
        }
    }

    @Test
    void aModuleThatIsTooHotIsCalledSo() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.hardware.broken.add("M1_1");
            charger.hardware.moduleC = 84;
            charger.run(SECOND.multipliedBy(2));
            assertEquals(List.of(new Fault(FaultCause.MODULE_TEMPERATURE, "M1_1 cannot be used")), charger.connector(1).faults());
        }
    }

    @Test
    void aFullVehicleIsToldAsSuch() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.gun(1).complete = true;
            charger.run(SECOND.multipliedBy(4));
            ended(charger, StopReason.LOCAL, "EVComplete");
        }
    }
}
