package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.session.ChargerCommand;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.planner.internal.RingPlanner;

/** Random lives of a site whose guns share their modules: cars come and go, things break. The physics judge; nothing else is asserted. */
class ChargerRingLifeTest {

    private static final int GUNS = 6;
    private static final int GRID_KW = 200;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final List<FaultCause> FAULTS = List.of(FaultCause.EMERGENCY_STOP, FaultCause.PLC_COMM, FaultCause.LOCK,
            FaultCause.MODULE_DEGRADED, FaultCause.NO_MODULES, FaultCause.SAFETY_LOOP, FaultCause.CONNECTOR_TEMPERATURE,
            FaultCause.MODULE_TEMPERATURE, FaultCause.GC_CLOSE_TIMEOUT, FaultCause.PRECHARGE_TIMEOUT, FaultCause.MC_WELD,
            FaultCause.MN_WELD, FaultCause.GC_WELD);

    @TempDir
    Path folder;

    private final List<String> story = new ArrayList<>();
    private PhysicalHardware hardware;
    private ChargerFixture charger;
    private double servedKWh;

    /** More of them: {@code -Dring.lives=100}, from another one on: {@code -Dring.seed=4711}. */
    static LongStream seeds() {
        long first = Long.getLong("ring.seed", 1);
        return LongStream.range(first, first + Integer.getInteger("ring.lives", 3));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingEverBreaksARule(long seed) {
        Random random = new Random(seed);
        try (ChargerFixture running = ChargerFixture.on(folder, GUNS, GRID_KW, time -> hardware = new PhysicalHardware(time),
                new RingPlanner())) {
            charger = running;
            hardware.slow(new Random(seed));
            for (int tick = 0; tick < 4000; tick++) {
                if (random.nextInt(40) == 0) {
                    event(random);
                }
                charger.run(TICK);
                double powerKW = 0;
                for (int id = 1; id <= GUNS; id++) {
                    powerKW += hardware.truth(id).powerW() / 1000;
                }
                servedKWh += powerKW / 36_000;
                assertEquals(List.of(), hardware.violations(), () -> "seed " + seed + ": " + story);
                assertEquals(0, charger.snapshot().plan().refusedPlans(), () -> "seed " + seed + ": " + story);
                assertTrue(powerKW < GRID_KW * 1.002, powerKW + " kW, seed " + seed + ": " + story);
            }
        }
        assertTrue(servedKWh > 2, servedKWh + " kWh");
    }

    private void event(Random random) {
        int id = 1 + random.nextInt(GUNS);
        GunTruth gun = hardware.truth(id);
        int what = random.nextInt(20);
        if (what < 9 && gun.car() == null) {
            tell("car at " + id);
            hardware.plug(id, 20 + random.nextInt(280));
        } else if (what < 14 && gun.car() != null && charger.connector(id).session() != null
                && charger.connector(id).session().transactionId() == null) {
            tell("card at " + id);
            charger.events.tokenRead(new TokenRead(TokenRead.Source.RFID, "T" + id, id, charger.time.nanoTime()));
        } else if (what == 14 && gun.car() != null) {
            tell((gun.car().paused() ? "resume " : "pause ") + id);
            hardware.cabinet().pause(id, !gun.car().paused());
        } else if (what == 15 && gun.car() != null) {
            tell("torn off " + id);
            hardware.cabinet().unplug(id);
        } else if (what == 16 && charger.connector(id).session() != null) {
            tell("stop " + id);
            String transaction = charger.connector(id).session().transactionId();
            charger.desk.submit(new ChargerCommand.RemoteStop("s", charger.deadline(Duration.ofSeconds(20)),
                    transaction == null ? "none" : transaction));
        } else if (what == 17) {
            FaultCause cause = FAULTS.get(random.nextInt(FAULTS.size()));
            // A contactor that welds while it is open would close by itself: no controller can answer for that.
            if (cause != FaultCause.MC_WELD && cause != FaultCause.GC_WELD && cause != FaultCause.MN_WELD
                    || cause == FaultCause.MC_WELD && gun.busContactorClosed() || cause == FaultCause.GC_WELD && gun.gunContactorClosed()
                    || cause == FaultCause.MN_WELD && gun.modules().get(0).contactorClosed()) {
                tell(cause + " at " + id);
                hardware.cabinet().fault(id, cause, Double.NaN, "");
                // The hardware tells at once what its PLCs have done: a contactor on its way must not wait for the next tick.
                charger.run(Duration.ofMillis(20));
                charger.events.changed("sim");
                charger.run(Duration.ofMillis(80));
            }
        } else if (what == 18) {
            tell("jam MC_" + id);
            hardware.jam("MC_" + id);
        } else if (what == 19) {
            tell("mend");
            for (int any = 1; any <= GUNS; any++) {
                hardware.cabinet().clear(any, Optional.empty());
                hardware.mend("MC_" + any);
            }
            charger.run(TICK);
            charger.desk.submit(new ChargerCommand.ClearFaults("c", charger.deadline(Duration.ofSeconds(2)), 0));
        }
    }

    private void tell(String what) {
        story.add(String.format("%.1f s %s", charger.time.nanoTime() / 1e9, what));
    }
}
