package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.GunCommand.Authorization;

class SessionTest {

    private final Rig rig = new Rig(12);

    @Test
    void carWaitsForAuthorizationWithoutAskingForEnergy() {
        rig.plug(1, "compact-400", 20);
        rig.run(10_000);

        assertEquals(CpState.B, rig.state(1).cp());
        assertEquals(4, rig.state(1).hlc().stage());
        assertFalse(rig.state(1).hlc().powerReady());
        assertEquals(0, rig.state(1).targetCurrentA());
    }

    @Test
    void grantedAndLockedCarPassesCableCheckAndPrechargeAndIsReady() {
        rig.plug(1, "compact-400", 20);
        rig.gun(1).authorization = Authorization.GRANTED;
        rig.gun(1).lock = true;
        rig.runUntil("precharge", 10_000, () -> rig.state(1).hlc().prechargeActive());

        assertTrue(rig.state(1).hlc().cableCheckOk());
        assertEquals(CpState.C, rig.state(1).cp());
        assertEquals(0, rig.state(1).presentVoltageV(), "the car's contactor is still open");
        double batteryV = rig.state(1).targetVoltageV();
        assertTrue(batteryV > 340 && batteryV < 360, "target " + batteryV);

        rig.runUntil("power ready", 5000, () -> rig.state(1).hlc().powerReady());
        assertEquals(9, rig.state(1).hlc().stage());
        assertEquals(batteryV, rig.state(1).presentVoltageV(), 1);
    }

    @Test
    void unlockedConnectorIsNotTestedForIsolation() {
        rig.plug(1, "compact-400", 20);
        rig.gun(1).authorization = Authorization.GRANTED;
        rig.run(20_000);

        assertEquals(4, rig.state(1).hlc().stage());
    }

    @Test
    void properSequenceChargesWithoutAnyViolation() {
        rig.session(1, "compact-400", 20, 100);

        assertEquals(100, rig.state(1).presentCurrentA(), 0.01);
        assertEquals(CpState.C, rig.state(1).cp());
        assertEquals(List.of(), rig.cabinet.violations());
    }

    @Test
    void carThatLosesItsCommunicationIsBForSomeSecondsAndAsksAgain() {
        rig.session(1, "compact-400", 20, 100);
        rig.cabinet.renegotiate(1);
        rig.gun(1).offerCurrentA = 0;
        rig.runUntil("no current", 200, () -> rig.state(1).presentCurrentA() == 0);
        assertFalse(rig.state(1).hlc().powerReady());
        rig.gun(1).close = false;
        rig.runUntil("pilot B", 500, () -> rig.state(1).cp() == CpState.B);
        rig.runUntil("asks again", 10_000, () -> rig.state(1).hlc().powerReady());
        assertEquals(CpState.C, rig.state(1).cp());
        assertEquals(Authorization.GRANTED, rig.truth(1).authorization());
        assertEquals(List.of(), rig.cabinet.violations());
    }

    @Test
    void nobodyRenegotiatesWithoutACarOrBeforeAuthorization() {
        assertThrows(SimulationException.class, () -> rig.cabinet.renegotiate(1));
        rig.plug(1, "compact-400", 20);
        rig.run(10_000);
        assertEquals(SimulationException.Kind.CONFLICT,
                assertThrows(SimulationException.class, () -> rig.cabinet.renegotiate(1)).kind());
        assertEquals(4, rig.state(1).hlc().stage());
    }

    @Test
    void currentNeverExceedsWhatTheModulesGive() {
        rig.session(1, "compact-400", 20, 200);

        // Two modules of 30 kW.
        assertTrue(rig.truth(1).powerW() <= 60_000, "power " + rig.truth(1).powerW());
        assertTrue(rig.truth(1).powerW() > 55_000, "power " + rig.truth(1).powerW());
    }

    @Test
    void currentNeverExceedsTheOfferWhateverTheModulesCould() {
        rig.session(1, "compact-400", 20, 100);
        rig.gun(1).offerCurrentA = 40;
        rig.run(200);
        assertEquals(40, rig.state(1).presentCurrentA(), 0.01);

        rig.gun(1).offerPowerW = 7000;
        rig.run(200);
        assertEquals(7000, rig.truth(1).powerW(), 20);

        rig.gun(1).offerPowerW = 0;
        rig.run(200);
        assertEquals(0, rig.state(1).presentCurrentA());
        assertTrue(rig.state(1).evMaxPowerW() > 90_000, "the car's own limit does not follow the offer");
    }

    @Test
    void aCarWhoseDriverEndsTheChargeIsCompleteLongBeforeItIsFull() {
        rig.session(1, "compact-400", 20, 100);
        rig.cabinet.end(1);
        rig.run(200);
        assertTrue(rig.state(1).hlc().chargeComplete());
        assertEquals(0, rig.state(1).presentCurrentA());
        assertEquals(CpState.B, rig.state(1).cp());
        rig.run(60_000);
        assertTrue(rig.state(1).hlc().chargeComplete(), "it begins nothing by itself");
    }

    @Test
    void pausedCarAsksForNoCurrentAndKeepsItsPilot() {
        rig.session(1, "compact-400", 20, 100);
        rig.cabinet.pause(1, true);
        rig.run(200);
        assertEquals(0, rig.state(1).targetCurrentA());
        assertEquals(0, rig.state(1).presentCurrentA());
        assertEquals(CpState.C, rig.state(1).cp());

        rig.cabinet.pause(1, false);
        rig.charge(1, 100, 1000);
        assertEquals(100, rig.state(1).presentCurrentA(), 0.01);
    }

    @Test
    void withdrawnAuthorizationEndsTheCurrentAndANewOneStartsAgain() {
        rig.session(1, "compact-400", 20, 100);
        rig.gun(1).authorization = Authorization.DENIED;
        rig.run(200);
        assertEquals(0, rig.state(1).presentCurrentA());
        assertFalse(rig.state(1).hlc().powerReady());
        rig.gun(1).close = false;
        rig.run(3000);
        assertEquals(CpState.B, rig.state(1).cp());

        rig.makeReady(1);
        rig.connect(1);
        rig.charge(1, 100, 2000);
        assertEquals(100, rig.state(1).presentCurrentA(), 0.01);
        assertEquals(List.of(), rig.cabinet.violations());
    }

    @Test
    void fullCarCompletesAndGoesToStateB() {
        rig.cabinet.plug(1, new PlugIn(Rig.car("compact-400"), 79.9, 80, Identity.NONE));
        rig.makeReady(1);
        rig.connect(1);
        rig.charge(1, 100, 60_000);

        assertTrue(rig.state(1).hlc().chargeComplete());
        assertFalse(rig.state(1).hlc().powerReady());
        assertEquals(CpState.B, rig.state(1).cp());
        assertEquals(80, rig.state(1).socPercent(), 0.05);
        assertEquals(0, rig.state(1).presentCurrentA());
    }

    @Test
    void lockHoldsWhileTheContactorIsClosed() {
        rig.session(1, "compact-400", 20, 100);
        rig.gun(1).lock = false;
        rig.charge(1, 100, 1000);
        assertTrue(rig.state(1).lockEngaged());

        rig.gun(1).offerCurrentA = 0;
        rig.run(200);
        rig.gun(1).close = false;
        rig.run(1000);
        assertFalse(rig.state(1).lockEngaged());
    }

    @Test
    void unpluggedGunIsInStateAAndItsVoltageDecays() {
        rig.session(1, "compact-400", 20, 100);
        rig.cabinet.unplug(1);
        assertNull(rig.truth(1).car());
        rig.run(100);
        assertEquals(CpState.A, rig.state(1).cp());
        assertEquals(0, rig.state(1).presentCurrentA());
        assertFalse(rig.state(1).lockEngaged());
        assertTrue(Double.isNaN(rig.state(1).socPercent()));

        rig.gun(1).close = false;
        rig.modules.clear();
        rig.run(5000);
        assertEquals(0, rig.state(1).presentVoltageV(), 1);
    }

    @Test
    void twelveGunsChargeSideBySide() {
        for (int id = 1; id <= 12; id++) {
            rig.plug(id, id % 2 == 0 ? "tourer-800" : "compact-400", 10 + id);
        }
        for (int id = 1; id <= 12; id++) {
            rig.makeReady(id);
            rig.connect(id);
            rig.charge(id, 20 + id, 200);
        }
        rig.run(2000);
        for (int id = 1; id <= 12; id++) {
            assertEquals(20 + id, rig.state(id).presentCurrentA(), 0.01, "gun " + id);
        }
        assertEquals(List.of(), rig.cabinet.violations());
    }

    @Test
    void aCarTakesItsOwnTimeForEachStage() {
        StageTimes stages = new StageTimes(6, 1, 2, 1.5, 12, 4, 2);
        rig.cabinet.plug(1, new PlugIn(Rig.car("compact-400"), 20, 100, Identity.NONE, stages));
        rig.gun(1).authorization = Authorization.GRANTED;
        rig.gun(1).lock = true;
        rig.run(8_500);
        assertTrue(rig.state(1).hlc().stage() < 4);
        rig.run(1_000);
        assertEquals(5, rig.state(1).hlc().stage());
        rig.run(3_000);
        assertEquals(6, rig.state(1).hlc().stage());
        rig.run(11_000);
        assertTrue(rig.state(1).hlc().prechargeActive());
        rig.run(4_000);
        assertTrue(rig.state(1).hlc().powerReady());
    }

    @Test
    void aStageOfMoreThanTwoMinutesOrOfNoNumberIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new StageTimes(121, 0, 0, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new StageTimes(0, 0, 0, 0, 0, 0, Double.NaN));
    }
}
