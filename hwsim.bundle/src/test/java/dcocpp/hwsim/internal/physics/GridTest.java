package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.hwsim.internal.physics.Violation.Kind;

class GridTest {

    private final Rig rig = new Rig(3);

    private List<Kind> kinds() {
        return rig.cabinet.violations().stream().map(Violation::kind).toList();
    }

    private double allW() {
        return rig.cabinet.truth().stream().mapToDouble(GunTruth::powerW).sum();
    }

    @Test
    void twoGunsThatTogetherTakeMoreThanTheGridAllowsAreSeenOnce() {
        rig.cabinet.gridLimit(40_000, 2000);
        rig.session(1, "compact-400", 20, 80);
        assertTrue(allW() > 25_000 && allW() < 40_000, allW() + " W");
        assertEquals(List.of(), kinds());
        rig.session(2, "compact-400", 20, 80);
        rig.run(1000);
        assertEquals(List.of(Kind.GRID_EXCEEDED), kinds());
        Violation violation = rig.cabinet.violations().get(0);
        assertEquals("grid", violation.where());
        assertTrue(violation.detail().endsWith(" W of 40000 W"), violation.detail());
    }

    @Test
    void fallenLimitCountsAfterItsTime() {
        rig.cabinet.gridLimit(40_000, 2000);
        rig.session(1, "compact-400", 20, 80);
        rig.cabinet.gridLimit(20_000, 2000);
        rig.run(1900);
        assertEquals(List.of(), kinds());
        rig.run(200);
        assertEquals(List.of(Kind.GRID_EXCEEDED), kinds());
    }

    @Test
    void whoComesDownInTimeExceedsNothing() {
        rig.session(1, "compact-400", 20, 80);
        rig.cabinet.gridLimit(20_000, 2000);
        rig.charge(1, 40, 10_000);
        assertTrue(allW() > 10_000, allW() + " W");
        assertEquals(List.of(), kinds());
    }

    @Test
    void secondFallDoesNotGiveTheFirstOneMoreTime() {
        rig.session(1, "compact-400", 20, 80);
        rig.cabinet.gridLimit(30_000, 1000);
        rig.charge(1, 70, 1500);
        assertEquals(List.of(), kinds());
        rig.cabinet.gridLimit(20_000, 1000);
        rig.charge(1, 90, 900);
        assertEquals(List.of(Kind.GRID_EXCEEDED), kinds(), "30 kW still hold");
    }

    @Test
    void higherLimitCountsAtOnce() {
        rig.cabinet.gridLimit(10_000, 0);
        rig.cabinet.gridLimit(100_000, 2000);
        rig.session(1, "compact-400", 20, 100);
        assertEquals(List.of(), kinds());
    }
}
