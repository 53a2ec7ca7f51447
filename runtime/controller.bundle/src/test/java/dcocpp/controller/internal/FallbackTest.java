package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;

/** What the hardware is told, second by second, while the ring is not controlled. */
class FallbackTest {

    private static final long SECOND = 1_000_000_000L;
    private static final HardwareCommand CHARGING = new HardwareCommand(7, 0,
            List.of(new GunCommand(1, GunCommand.Authorization.GRANTED, true, true, false, 3, 1000, 150, 100_000, true, Set.of())),
            List.of(new ModuleCommand("M1_0", true, true, 700, 75), new ModuleCommand("M2_0", true, true, 700, 75)), Set.of("MC_1"));

    private final Fallback fallback = new Fallback();
    private boolean touchable;

    private HardwareCommand at(double seconds) {
        return fallback.command(8, (long) (seconds * SECOND), new IllegalStateException(), id -> false, id -> touchable);
    }

    @Test
    void firstTheCurrentThenGunsAndModulesThenTheBusContactors() {
        fallback.works(CHARGING, 0);
        HardwareCommand first = at(0.1);
        assertEquals(Set.of("MC_1"), first.closedBusContactors());
        assertTrue(first.guns().get(0).closeContactor() && first.guns().get(0).lock());
        assertEquals(0, first.guns().get(0).offerCurrentA());
        assertTrue(first.modules().stream().allMatch(module -> module.closeContactor() && module.on() && module.currentA() == 0));
        at(1);
        assertEquals(Optional.empty(), fallback.fault());
        HardwareCommand second = at(1.1);
        assertEquals(FaultCause.INTERNAL, fallback.fault().orElseThrow().cause());
        assertEquals(Set.of("MC_1"), second.closedBusContactors(), "nothing says yet that its current is gone");
        assertTrue(second.guns().get(0).forceOff());
        assertFalse(second.guns().get(0).closeContactor());
        assertEquals(GunCommand.Authorization.DENIED, second.guns().get(0).authorization());
        assertEquals(Set.of(FaultCause.INTERNAL), second.guns().get(0).reportedFaults());
        assertTrue(second.modules().stream().noneMatch(module -> module.closeContactor() || module.on()));
        assertEquals(Set.of(), at(2.1).closedBusContactors());
    }

    @Test
    void thePlugStaysLockedUntilItMayBeTouched() {
        fallback.works(CHARGING, 0);
        at(0.1);
        assertTrue(at(5).guns().get(0).lock());
        touchable = true;
        assertFalse(at(6).guns().get(0).lock());
    }

    @Test
    void beforeTheFirstCommandEverythingIsOff() {
        assertEquals(new HardwareCommand(8, SECOND, List.of(), List.of(), Set.of()), at(1));
    }

    @Test
    void itIsOverWhenTheRingHasBeenControlledForASecond() {
        fallback.works(CHARGING, 0);
        at(0.1);
        at(3);
        fallback.works(CHARGING, (long) (3.9 * SECOND));
        assertTrue(fallback.fault().isPresent());
        fallback.works(CHARGING, 4 * SECOND);
        assertEquals(Optional.empty(), fallback.fault());
        assertTrue(at(4.1).guns().get(0).closeContactor(), "another failure begins anew");
    }
}
