package dcocpp.hardwarekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.MeterReading;

/** From the plug to the unplugged vehicle, in the documented order. */
interface SessionRules extends Rules {

    Duration SEEN = Duration.ofSeconds(2);
    double SAME_POWER = 0.1;
    double SAME_ENERGY = 0.1;

    @Test
    default void aPluggedVehicleIsSeenAndWaitsForTheGrant() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        assertEquals(CpState.A, rig.state(gun).cp());
        rig.bench.plug(gun);
        rig.gun(gun).authorization = Authorization.PENDING;
        rig.until("the vehicle is seen", SEEN, () -> rig.state(gun).cp().plugged());
        rig.always("it waits", rig.bench.vehicleStart(), () -> !rig.state(gun).hlc().powerReady() && !rig.state(gun).authorizedEcho()
                && rig.reallyClosed().isEmpty());
    }

    @Test
    default void theVehicleAsksForPowerAfterGrantLockCableCheckAndPrecharge() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        List<String> broken = new ArrayList<>();
        rig.open();
        rig.bench.plug(gun);
        rig.admit(gun);
        rig.until("the vehicle asks for power", rig.bench.vehicleStart(), () -> {
            GunState state = rig.state(gun);
            if (state.hlc().powerReady()) {
                require(broken, "authorizedEcho", state.authorizedEcho());
                require(broken, "cableCheckOk", state.hlc().cableCheckOk());
                require(broken, "precharge over", !state.hlc().prechargeActive());
                require(broken, "charge not complete", !state.hlc().chargeComplete());
                require(broken, "CP C", state.cp() == CpState.C);
                require(broken, "locked", state.lockEngaged());
                require(broken, "safe", state.safe());
                require(broken, "a voltage asked for", state.targetVoltageV() > 0);
            }
            require(broken, "the gun contactor open before it is commanded", !rig.bench.closed(rig.slot(gun).gunContactor()));
            return state.hlc().powerReady();
        });
        assertEquals(List.of(), broken, "conditions that were missing: " + rig.state(gun));
    }

    private static void require(List<String> broken, String what, boolean holds) {
        if (!holds && !broken.contains(what)) {
            broken.add(what);
        }
    }

    @Test
    default void theBusHasTheVehiclesVoltageWhenTheGunContactorCloses() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.makeReady(gun);
        double askedV = rig.state(gun).targetVoltageV();
        rig.connect(gun);
        assertEquals(askedV, rig.bench.busVoltageV(gun), HardwareRig.PRECHARGE_TOLERANCE_V, "voltage of the bus");
        rig.pass(rig.bench.reaction());
        assertEquals(askedV, rig.state(gun).presentVoltageV(), HardwareRig.PRECHARGE_TOLERANCE_V, "voltage at the gun");
        assertTrue(rig.bench.currentA(gun) < HardwareRig.NO_CURRENT_A, "current before any is offered: " + rig.bench.currentA(gun));
        rig.assertNoComplaints();
    }

    @Test
    default void whatFlowsIsMeasuredAndCounted() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.charge(gun, 40);
        rig.pass(SEEN);
        MeterReading first = rig.state(gun).meter();
        double[] joule = new double[1];
        long[] before = {rig.now()};
        long[] register = {first.registerMilliWh()};
        // Long enough for several steps of a coarse register.
        double minutes = Math.max(1, rig.bench.meterStepMilliWh() / 60_000.0);
        rig.always("the register never runs backwards", Duration.ofMillis((long) (minutes * 60_000)), () -> {
            rig.follow(gun);
            GunState state = rig.state(gun);
            joule[0] += state.presentVoltageV() * state.presentCurrentA() * (rig.now() - before[0]) / 1e9;
            before[0] = rig.now();
            boolean right = state.meter().valid() && state.meter().registerMilliWh() >= register[0];
            register[0] = state.meter().registerMilliWh();
            return right;
        });
        GunState last = rig.state(gun);
        double expectedMilliWh = joule[0] / 3.6;
        assertEquals(expectedMilliWh, last.meter().registerMilliWh() - first.registerMilliWh(),
                SAME_ENERGY * expectedMilliWh + 2 * rig.bench.meterStepMilliWh(), "energy in mWh by the register and by voltage and current");
        double powerW = last.presentVoltageV() * last.presentCurrentA();
        assertEquals(powerW, last.meter().powerW(), SAME_POWER * powerW, "power of the meter");
        assertEquals(rig.bench.currentA(gun), last.presentCurrentA(), 0.1 * last.presentCurrentA() + HardwareRig.NO_CURRENT_A,
                "current by the hardware and by the bench");
        assertTrue(last.meter().takenNanos() - rig.snapshot().takenNanos() <= 0, "read after the snapshot was taken");
    }

    @Test
    default void theVehicleEndsTheCharge() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.bench.plugNearlyFull(gun);
        rig.admit(gun);
        rig.until("the vehicle asks for power", rig.bench.vehicleStart(), () -> rig.state(gun).hlc().powerReady());
        rig.connect(gun);
        rig.gun(gun).offerCurrentA = 1000;
        rig.gun(gun).moduleCurrentA = 1000;
        rig.until("the vehicle has had enough", Duration.ofSeconds(90), () -> {
            rig.follow(gun);
            return rig.state(gun).hlc().chargeComplete();
        });
        rig.until("it takes no more", SEEN, () -> rig.bench.currentA(gun) < HardwareRig.NO_CURRENT_A);
        assertTrue(!rig.state(gun).hlc().powerReady(), "complete and ready for power: " + rig.state(gun));
        assertTrue(rig.state(gun).cp().plugged(), "a vehicle that has had enough is still there");
        rig.stop(gun);
        rig.always("it does not begin again by itself", Duration.ofSeconds(5),
                () -> !rig.state(gun).hlc().powerReady() && rig.state(gun).hlc().chargeComplete());
        rig.assertNoComplaints();
    }

    @Test
    default void aSessionEndsAndAnotherVehicleIsCharged() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.charge(gun, 40);
        rig.pass(Duration.ofSeconds(5));
        rig.stop(gun);
        long register = rig.state(gun).meter().registerMilliWh();
        rig.gun(gun).authorization = Authorization.DENIED;
        rig.gun(gun).lock = false;
        rig.until("unlocked", Duration.ofSeconds(3), () -> !rig.state(gun).lockEngaged());
        rig.bench.unplug(gun);
        rig.until("the vehicle has gone", SEEN, () -> !rig.state(gun).cp().plugged() && rig.state(gun).cp() == CpState.A);
        rig.wantNothing();
        rig.pass(Duration.ofSeconds(3));
        rig.charge(gun, 40);
        assertTrue(rig.state(gun).meter().registerMilliWh() >= register, "the register ran backwards between two sessions");
        rig.stop(gun);
        rig.assertNoComplaints();
    }

    @Test
    default void guardsEachGunByItself() throws HardwareException {
        HardwareRig rig = rig();
        rig.open();
        for (int gun : rig.guns.subList(0, Math.min(2, rig.guns.size()))) {
            rig.charge(gun, 20);
        }
        rig.pass(Duration.ofSeconds(2));
        int first = rig.guns.get(0);
        rig.stop(first);
        rig.guns.subList(0, Math.min(2, rig.guns.size())).forEach(gun -> assertEquals(gun != first,
                rig.bench.currentA(gun) > HardwareRig.NO_CURRENT_A, "gun " + gun + " after gun " + first + " was stopped"));
        rig.assertNoComplaints();
    }
}
