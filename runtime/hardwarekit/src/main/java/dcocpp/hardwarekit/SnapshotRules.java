package dcocpp.hardwarekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleState;

/** What a snapshot holds, and what its values mean. */
interface SnapshotRules extends Rules {

    /** The controller takes hardware for hung whose snapshot is older than 2 s. */
    Duration OLDEST = Duration.ofMillis(1000);
    double COLDEST_C = -50;
    double HOTTEST_C = 200;
    double HIGHEST_V = 1500;
    int READERS = 3;
    int READER_SECONDS = 30;

    @Test
    default void everyPartOfTheCabinetIsThereOnce() throws HardwareException {
        rig().open();
        everyPartIsThereOnce();
        rig().makeReady(rig().guns.get(0));
        everyPartIsThereOnce();
    }

    private void everyPartIsThereOnce() {
        HardwareSnapshot snapshot = rig().snapshot();
        assertEquals(rig().guns, snapshot.guns().stream().map(GunState::connectorId).sorted().toList(), "guns");
        assertEquals(List.copyOf(rig().moduleNames()), snapshot.modules().stream().map(ModuleState::moduleId).sorted().toList(), "modules");
        List<String> contactors = snapshot.contactors().stream().map(ContactorState::contactorId).sorted().toList();
        assertEquals(contactors.size(), Set.copyOf(contactors).size(), "a contactor is there twice: " + contactors);
        Set<String> missing = new TreeSet<>(rig().contactorNames());
        contactors.forEach(missing::remove);
        assertEquals(Set.of(), missing, "contactors that are missing");
    }

    @Test
    default void itsTimeNeverRunsBackwardsIsNeverInTheFutureAndNeverOld() throws HardwareException {
        HardwareRig rig = rig();
        AtomicLong last = new AtomicLong(rig.now());
        rig.open();
        last.set(rig.snapshot().takenNanos());
        rig.always("snapshots in the order of time", Duration.ofSeconds(5), () -> {
            long taken = rig.snapshot().takenNanos();
            boolean right = taken - last.get() >= 0 && rig.now() - taken >= 0 && rig.now() - taken <= OLDEST.toNanos();
            last.set(taken);
            return right;
        });
        assertTrue(rig.state(rig.guns.get(0)).updatedNanos() - rig.snapshot().takenNanos() <= 0, "heard after the snapshot was taken");
    }

    @Test
    default void isTakenByAnyThreadWhileAllOthersDoToo() throws HardwareException, InterruptedException {
        HardwareRig rig = rig();
        rig.open();
        AtomicBoolean running = new AtomicBoolean(true);
        CountDownLatch reading = new CountDownLatch(READERS);
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(CompletableFuture.runAsync(() -> {
                long taken;
                try {
                    taken = rig.snapshot().takenNanos();
                } finally {
                    reading.countDown();
                }
                do {
                    long next = rig.snapshot().takenNanos();
                    assertTrue(next - taken >= 0, "a thread has seen time run backwards");
                    taken = next;
                } while (running.get());
            }, task -> new Thread(task, "hardwarekit-reader").start()));
        }
        try {
            // hardware on a clock of the test's own is ready before a new thread has begun
            assertTrue(reading.await(READER_SECONDS, TimeUnit.SECONDS), "a reader never came to its turn");
            rig.makeReady(rig.guns.get(0));
        } finally {
            running.set(false);
        }
        readers.forEach(CompletableFuture::join);
    }

    @Test
    default void valuesAreNotMeasuredOrPlausible() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.always("plausible without a vehicle", Duration.ofSeconds(2), () -> implausible().isEmpty());
        rig.charge(gun, 40);
        rig.pass(Duration.ofSeconds(2));
        assertEquals(Map.of(), implausible(), "while it charges");
        rig.stop(gun);
        rig.bench.unplug(gun);
        rig.pass(Duration.ofSeconds(3));
        assertEquals(Map.of(), implausible(), "after the vehicle has gone");
    }

    private Map<String, Double> implausible() {
        Map<String, Double> wrong = new TreeMap<>();
        for (GunState gun : rig().snapshot().guns()) {
            String name = "gun " + gun.connectorId() + " ";
            check(wrong, name + "targetVoltageV", gun.targetVoltageV(), 0, HIGHEST_V);
            check(wrong, name + "targetCurrentA", gun.targetCurrentA(), 0, HIGHEST_V);
            check(wrong, name + "presentVoltageV", gun.presentVoltageV(), -HardwareRig.DEAD_V, HIGHEST_V);
            check(wrong, name + "presentCurrentA", gun.presentCurrentA(), -HIGHEST_V, HIGHEST_V);
            check(wrong, name + "evMaxVoltageV", gun.evMaxVoltageV(), 0, 2 * HIGHEST_V);
            check(wrong, name + "evMaxCurrentA", gun.evMaxCurrentA(), 0, 2 * HIGHEST_V);
            check(wrong, name + "evMaxPowerW", gun.evMaxPowerW(), 0, 1e7);
            check(wrong, name + "socPercent", gun.socPercent(), 0, 100);
            check(wrong, name + "connectorTemperatureC", gun.connectorTemperatureC(), COLDEST_C, HOTTEST_C);
            if (gun.meter().valid() && !(gun.meter().registerMilliWh() >= 0)) {
                wrong.put(name + "registerMilliWh", (double) gun.meter().registerMilliWh());
            }
        }
        for (ModuleState module : rig().snapshot().modules()) {
            check(wrong, module.moduleId() + " voltageV", module.voltageV(), 0, HIGHEST_V);
            check(wrong, module.moduleId() + " currentA", module.currentA(), 0, HIGHEST_V);
            check(wrong, module.moduleId() + " temperatureC", module.temperatureC(), COLDEST_C, HOTTEST_C);
        }
        return wrong;
    }

    private static void check(Map<String, Double> wrong, String name, double value, double low, double high) {
        if (!Double.isNaN(value) && !(value >= low && value <= high)) {
            wrong.put(name, value);
        }
    }

    @Test
    default void nothingIsKnownOfAVehicleThatIsNotThere() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        nothingIsKnownOfAVehicle(gun);
        rig.makeReady(gun);
        rig.wantNothing();
        rig.bench.unplug(gun);
        rig.until("the vehicle is gone", Duration.ofSeconds(5), () -> !rig.state(gun).cp().plugged());
        rig.pass(Duration.ofSeconds(8));
        nothingIsKnownOfAVehicle(gun);
    }

    private void nothingIsKnownOfAVehicle(int gun) {
        GunState state = rig().state(gun);
        assertTrue(Double.isNaN(state.socPercent()), "state of charge of no vehicle: " + state);
        assertTrue(Double.isNaN(state.targetVoltageV()) || state.targetVoltageV() == 0, "voltage that nobody asks for: " + state);
        assertTrue(!state.hlc().powerReady() && !state.hlc().prechargeActive() && !state.hlc().chargeComplete(),
                "conversation with nobody: " + state);
    }

    @Test
    default void whatItSaysThatItMeasuresItMeasures() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        var said = rig.hardware.capabilities();
        rig.charge(gun, 40);
        rig.pass(Duration.ofSeconds(1));
        assertEquals(said, rig.hardware.capabilities(), "capabilities are constant while it is open");
        GunState state = rig.state(gun);
        assertEquals(said.connectorTemperature(), !Double.isNaN(state.connectorTemperatureC()), "connectorTemperature: " + state);
        if (said.regulated()) {
            double sumA = 0;
            for (var module : rig.slot(gun).modules()) {
                ModuleState feeding = rig.module(module.id());
                assertEquals(state.presentVoltageV(), feeding.voltageV(), HardwareRig.PRECHARGE_TOLERANCE_V, feeding.toString());
                sumA += feeding.currentA();
            }
            assertEquals(state.presentCurrentA(), sumA, 0.1 * sumA + 1, "what the modules of the slot give is what the gun takes");
        }
    }
}
