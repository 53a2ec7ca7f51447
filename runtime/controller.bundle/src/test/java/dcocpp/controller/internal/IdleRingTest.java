package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bus contactors as they are found at a start, before any planner has said where they belong. */
class IdleRingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void whatIsClosedAtAStartStaysClosedButBesideAVehicle() {
        try (ChargerFixture charger = new ChargerFixture(folder, 3)) {
            charger.hardware.closedBusContactor = "MC_1";
            charger.charger.hardwareCame(charger.hardware, "sim");
            charger.run(SECOND);
            assertEquals(Set.of("MC_1"), charger.hardware.last.closedBusContactors());
            charger.plug(3);
            charger.run(SECOND);
            assertEquals(Set.of("MC_1"), charger.hardware.last.closedBusContactors());
            charger.plug(2);
            charger.run(SECOND);
            assertEquals(Set.of(), charger.hardware.last.closedBusContactors());
        }
    }

    @Test
    void aPlanDecidesOnceThereIsOne() {
        try (ChargerFixture charger = new ChargerFixture(folder, 3)) {
            charger.hardware.closedBusContactor = "MC_1";
            charger.charger.hardwareCame(charger.hardware, "sim");
            charger.planner("dcocpp.planner", "1.0.0", charger.planner);
            charger.run(SECOND);
            assertEquals(Set.of(), charger.hardware.last.closedBusContactors(), "it wants none closed");
        }
    }
}
