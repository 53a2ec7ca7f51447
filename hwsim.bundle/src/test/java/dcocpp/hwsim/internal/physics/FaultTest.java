package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.MeterReading;

class FaultTest {

    private final Rig rig = new Rig(3);

    @BeforeEach
    void charging() {
        rig.session(1, "compact-400", 20, 100);
    }

    private void inject(FaultCause cause) {
        rig.cabinet.fault(1, cause, Double.NaN, "");
    }

    private void mend() {
        rig.cabinet.clear(1, Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(names = {"EMERGENCY_STOP", "EARTH_FAULT", "SAFETY_LOOP", "ISOLATION", "CONNECTOR_TEMPERATURE", "OVER_CURRENT",
            "OVER_VOLTAGE", "UNDER_VOLTAGE", "SAFETY_SWITCH_1", "SAFETY_SWITCH_2", "SAFETY_SWITCH_3", "SAFETY_SWITCH_4"})
    void openSafetyChainSwitchesOffAtOnceAndIsReported(FaultCause cause) {
        inject(cause);
        rig.run(120);

        assertTrue(rig.reports(1, cause));
        assertFalse(rig.state(1).safe());
        assertEquals(0, rig.state(1).presentCurrentA());
        assertFalse(rig.closed("GC_1"));
        assertFalse(rig.state(1).hlc().powerReady());
        assertTrue(rig.state(2).safe(), "the neighbour is not concerned");
    }

    /** 100 and 500 Ω for each of the 1000 V that the gun may have. */
    @Test
    void weakInsulationIsAWarningAndTooWeakAFault() {
        rig.cabinet.fault(1, FaultCause.ISOLATION, 300, "");
        rig.run(10_000);
        assertEquals("WARNING", rig.truth(1).insulation());
        assertEquals(300, rig.truth(1).insulationKOhm(), 5);
        assertTrue(rig.state(1).presentCurrentA() > 0, "it goes on");

        rig.cabinet.fault(1, FaultCause.ISOLATION, 60, "");
        rig.run(200);
        assertFalse(rig.reports(1, FaultCause.ISOLATION), "a measurement takes a while");
        rig.run(10_000);
        assertEquals("FAULT", rig.truth(1).insulation());
        assertTrue(rig.reports(1, FaultCause.ISOLATION));
        assertFalse(rig.closed("GC_1"));

        mend();
        rig.run(10_000);
        assertEquals("VALID", rig.truth(1).insulation());
        assertTrue(rig.reports(1, FaultCause.ISOLATION), "latched");
    }

    @Test
    void nobodyBeginsWithWeakInsulation() {
        rig.cabinet.fault(2, FaultCause.ISOLATION, 60, "");
        rig.run(10_000);
        rig.cabinet.plug(2, new PlugIn(Rig.car("tourer-800"), 20, 100, Identity.NONE));
        rig.gun(2).authorization = Authorization.GRANTED;
        rig.gun(2).lock = true;
        rig.run(30_000);
        assertFalse(rig.state(2).hlc().cableCheckOk());

        rig.cabinet.clear(2, Optional.empty());
        rig.run(10_000);
        rig.gun(2).clearFaults++;
        rig.run(30_000);
        assertTrue(rig.state(2).hlc().cableCheckOk());
    }

    @ParameterizedTest
    @EnumSource(names = {"EMERGENCY_STOP", "EARTH_FAULT", "ISOLATION"})
    void latchedFaultWantsMendingAndTheOperator(FaultCause cause) {
        inject(cause);
        rig.run(200);
        rig.gun(1).clearFaults++;
        rig.run(200);
        assertTrue(rig.reports(1, cause), "not cleared while the condition lasts");

        mend();
        rig.run(5000);
        assertTrue(rig.reports(1, cause), "not cleared by itself");

        rig.gun(1).clearFaults++;
        rig.run(200);
        assertFalse(rig.reports(1, cause));
        assertTrue(rig.state(1).safe());
    }

    @ParameterizedTest
    @EnumSource(names = {"SAFETY_LOOP", "CONNECTOR_TEMPERATURE", "OVER_CURRENT"})
    void otherFaultGoesWithItsCondition(FaultCause cause) {
        inject(cause);
        rig.run(200);
        mend();
        rig.run(200);
        assertFalse(rig.reports(1, cause));
        assertTrue(rig.state(1).safe());
    }

    @ParameterizedTest
    @EnumSource(names = {"PLC_COMM", "PLC_CRC", "PLC_PROTOCOL", "CAN_BUS_OFF", "PLC_UNAVAILABLE"})
    void lostLinkFreezesWhatIsHeardAndThePlcOpensItsRelays(FaultCause cause) {
        inject(cause);
        rig.run(100);
        long heard = rig.state(1).updatedNanos();
        assertTrue(rig.reports(1, cause));
        assertFalse(rig.state(1).linkUp());
        assertFalse(rig.state(1).safe());
        assertTrue(rig.truth(1).gunContactorClosed(), "the PLC waits 300 ms for a command");
        assertEquals(Position.UNKNOWN, rig.contactor("GC_1").position());
        assertEquals(Position.UNKNOWN, rig.contactor("MN_1_0").position());

        rig.run(400);
        assertFalse(rig.truth(1).gunContactorClosed());
        assertEquals(heard, rig.state(1).updatedNanos());
        assertFalse(rig.state(1).meter().valid());

        mend();
        rig.run(100);
        assertTrue(rig.state(1).linkUp());
        assertTrue(rig.state(1).faults().isEmpty());
    }

    @Test
    void connectorTemperatureIsMeasuredBeforeItTrips() {
        rig.cabinet.fault(1, FaultCause.CONNECTOR_TEMPERATURE, 85, "");
        rig.run(200);
        assertEquals(85, rig.state(1).connectorTemperatureC());
        assertFalse(rig.reports(1, FaultCause.CONNECTOR_TEMPERATURE));
        assertEquals(100, rig.state(1).presentCurrentA(), 0.01);
    }

    @Test
    void weldedGunContactorIsFoundWhenItShallOpen() {
        inject(FaultCause.GC_WELD);
        rig.run(1000);
        assertFalse(rig.reports(1, FaultCause.GC_WELD), "nobody can know yet");

        rig.charge(1, 0, 500);
        rig.gun(1).close = false;
        rig.run(700);
        assertTrue(rig.closed("GC_1"));
        assertTrue(rig.contactor("GC_1").welded());
        assertTrue(rig.reports(1, FaultCause.GC_WELD));

        mend();
        rig.run(1000);
        assertFalse(rig.closed("GC_1"));
        assertTrue(rig.reports(1, FaultCause.GC_WELD), "latched");
        rig.gun(1).clearFaults++;
        rig.run(200);
        assertFalse(rig.reports(1, FaultCause.GC_WELD));
    }

    @Test
    void weldedModuleAndBusContactorsShowInTheirFeedback() {
        rig.cabinet.fault(2, FaultCause.MN_WELD, Double.NaN, "M2_1");
        rig.cabinet.fault(2, FaultCause.MC_WELD, Double.NaN, "");
        rig.run(700);
        assertTrue(rig.contactor("MN_2_1").welded());
        assertFalse(rig.contactor("MN_2_0").welded());
        assertTrue(rig.contactor("MC_2").welded());
        assertTrue(rig.reports(2, FaultCause.MN_WELD));
        assertTrue(rig.reports(2, FaultCause.MC_WELD));
    }

    @Test
    void jammedGunContactorDoesNotClose() {
        rig.cabinet.fault(2, FaultCause.GC_CLOSE_TIMEOUT, Double.NaN, "");
        rig.plug(2, "compact-400", 20);
        rig.makeReady(2);
        rig.gun(2).close = true;
        rig.run(1000);
        assertFalse(rig.closed("GC_2"));
        assertTrue(rig.contactor("GC_2").stuckOpen());
    }

    @Test
    void aWeakGunContactorFallsOpenUnderLoadAndClosesAgainOnlyWhenItIsToldAnew() {
        inject(FaultCause.LOCAL_FAULT);
        rig.run(4000);
        assertFalse(rig.closed("GC_1"));
        assertEquals(0, rig.state(1).presentCurrentA());
        assertEquals(List.of(), rig.cabinet.violations(), "nobody has told it to open");
        mend();
        rig.run(1000);
        assertFalse(rig.closed("GC_1"));
        rig.gun(1).close = false;
        rig.run(200);
        rig.makeReady(1);
        rig.gun(1).close = true;
        rig.run(3000);
        assertTrue(rig.closed("GC_1"));
    }

    @Test
    void anAuxiliaryContactThatIsCutOffTellsNothingAndTheContactorMovesAllTheSame() {
        rig.cabinet.fault(2, FaultCause.MC_OPEN_TIMEOUT, Double.NaN, "");
        rig.cabinet.fault(2, FaultCause.ISLAND_SLOT_FAULT, Double.NaN, "M2_1");
        rig.busContactors.add("MC_2");
        rig.run(700);
        assertEquals(Position.UNKNOWN, rig.contactor("MC_2").position());
        assertFalse(rig.contactor("MC_2").stuckOpen());
        assertTrue(rig.truth(2).busContactorClosed());
        assertEquals(Position.UNKNOWN, rig.contactor("MN_2_1").position());
        assertEquals(Position.OPEN, rig.contactor("MN_2_0").position());
        assertEquals(List.of(), rig.state(2).faults(), "its PLC sees nothing of it");
        rig.cabinet.clear(2, Optional.empty());
        rig.run(100);
        assertTrue(rig.closed("MC_2"));
    }

    @Test
    void prechargeNeverArrivesWhenTheModulesGiveNoVoltage() {
        rig.cabinet.fault(2, FaultCause.PRECHARGE_TIMEOUT, Double.NaN, "");
        rig.plug(2, "compact-400", 20);
        rig.makeReady(2);
        rig.module("M2_0", true, true, 350, 1);
        rig.run(7000);
        assertEquals(0, rig.moduleState("M2_0").voltageV());
    }

    @Test
    void lostModulesLeaveTheRestOrNothing() {
        rig.cabinet.fault(1, FaultCause.MODULE_DEGRADED, Double.NaN, "M1_1");
        rig.run(200);
        assertFalse(rig.moduleState("M1_1").healthy());
        assertTrue(rig.moduleState("M1_0").healthy());
        assertEquals(50, rig.state(1).presentCurrentA(), 0.01);

        inject(FaultCause.NO_MODULES);
        rig.run(200);
        assertFalse(rig.moduleState("M1_0").healthy());
        assertEquals(0, rig.state(1).presentCurrentA());
    }

    @Test
    void hotModuleReportsItsTemperatureAndSwitchesOffWhenTooHot() {
        rig.cabinet.fault(1, FaultCause.MODULE_TEMPERATURE, 80, "M1_0");
        rig.run(200);
        assertEquals(80, rig.moduleState("M1_0").temperatureC());
        assertTrue(rig.moduleState("M1_0").on());
        rig.cabinet.fault(1, FaultCause.MODULE_TEMPERATURE, 90, "M1_0");
        rig.run(200);
        assertFalse(rig.moduleState("M1_0").healthy());
        assertFalse(rig.moduleState("M1_0").on());
    }

    @Test
    void staleMeterStandsStillWhileTheEnergyIsStillCounted() {
        inject(FaultCause.METER_STALE);
        rig.run(100);
        MeterReading stale = rig.state(1).meter();
        rig.run(10_000);
        assertFalse(rig.state(1).meter().valid());
        assertEquals(stale, rig.state(1).meter());
        assertTrue(rig.reports(1, FaultCause.METER_STALE));
        assertEquals(100, rig.state(1).presentCurrentA(), 0.01);

        mend();
        rig.run(100);
        assertTrue(rig.state(1).meter().registerMilliWh() > stale.registerMilliWh() + 90_000);
    }

    @Test
    void lockPilotAndVentilationAreReported() {
        inject(FaultCause.LOCK);
        rig.run(100);
        assertFalse(rig.state(1).lockEngaged());
        assertTrue(rig.reports(1, FaultCause.LOCK));

        inject(FaultCause.VENTILATION);
        rig.run(100);
        assertEquals(CpState.D, rig.state(1).cp());

        inject(FaultCause.CP_LOST);
        rig.run(100);
        assertEquals(CpState.UNKNOWN, rig.state(1).cp());
        assertTrue(rig.reports(1, FaultCause.CP_LOST));
    }

    @Test
    void limitsThatAreNotAcknowledgedAreReportedAndOpenNothing() {
        inject(FaultCause.LIMIT_ACK);
        rig.run(200);
        assertTrue(rig.reports(1, FaultCause.LIMIT_ACK));
        assertTrue(rig.state(1).safe());
        assertTrue(rig.closed("GC_1"));
    }

    @Test
    void aCurrentThatIsNotTakenDownGoesOnUntilTheContactorOpens() {
        inject(FaultCause.GC_OPEN_TIMEOUT);
        rig.charge(1, 0, 3000);
        assertEquals(100, rig.state(1).presentCurrentA(), 1, "though nothing is offered");
        rig.gun(1).close = false;
        rig.run(200);
        assertEquals(0, rig.state(1).presentCurrentA());
        assertEquals(rig.truth(1).car().takenMilliWh(), rig.truth(1).meterMilliWh() - 1_000_000, "all of it is metered");
    }

    @Test
    void measurementsThatAreNotToldAreNotKnownAndTheMeterGoesOn() {
        inject(FaultCause.TELEMETRY);
        long before = rig.state(1).meter().registerMilliWh();
        rig.run(10_000);
        assertTrue(Double.isNaN(rig.state(1).presentVoltageV()));
        assertTrue(Double.isNaN(rig.state(1).targetCurrentA()));
        assertTrue(rig.state(1).meter().registerMilliWh() > before + 90_000);
        mend();
        rig.run(100);
        assertEquals(100, rig.state(1).presentCurrentA(), 1);
    }

    @Test
    void aWrongMeterShowsAnotherVoltageThanTheGun() {
        inject(FaultCause.TELEMETRY_MISMATCH);
        rig.run(100);
        assertEquals(1.25 * rig.state(1).presentVoltageV(), rig.state(1).meter().voltageV(), 0.1);
        assertEquals(rig.state(1).meter().voltageV() * rig.state(1).meter().currentA(), rig.state(1).meter().powerW(), 1);
    }

    @Test
    void oneCauseIsMendedAndTheOtherStays() {
        inject(FaultCause.SAFETY_LOOP);
        inject(FaultCause.METER_STALE);
        rig.cabinet.clear(1, Optional.of(FaultCause.SAFETY_LOOP));
        rig.run(100);
        assertEquals(List.of(FaultCause.METER_STALE), rig.truth(1).injected());
    }

    @Test
    void whatIsNoFaultOfHardwareIsRefused() {
        SimulationException refused = assertThrows(SimulationException.class, () -> inject(FaultCause.PLANNER));
        assertEquals(SimulationException.Kind.INVALID, refused.kind());
        assertTrue(refused.remedy().contains("EMERGENCY_STOP"), refused.remedy());
        assertEquals(SimulationException.Kind.INVALID, assertThrows(SimulationException.class,
                () -> rig.cabinet.fault(1, FaultCause.MN_WELD, Double.NaN, "M2_0")).kind());
        assertEquals(SimulationException.Kind.UNKNOWN, assertThrows(SimulationException.class,
                () -> rig.cabinet.fault(9, FaultCause.LOCK, Double.NaN, "")).kind());
    }

    @Test
    void everyCauseThatCanBeInjectedCanBeMended() {
        for (FaultCause cause : Cabinet.injectableCauses()) {
            inject(cause);
        }
        rig.run(1000);
        mend();
        rig.gun(1).close = false;
        rig.run(1000);
        rig.gun(1).clearFaults++;
        rig.run(500);
        assertEquals(List.of(), rig.state(1).faults());
        assertTrue(rig.state(1).safe());
    }
}
