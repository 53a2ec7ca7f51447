package dcocpp.controller.internal.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.testkit.FakeTimeSource;

class DispatchLogTest {

    private final FakeTimeSource time = new FakeTimeSource();
    private final List<String> lines = new ArrayList<>();
    private final List<String> shared = new ArrayList<>();
    private final DispatchLog log = new DispatchLog(time, lines::add, shared::add);

    private void tick(double requestW, double powerW, String... modules) {
        PlannerSettings settings = new PlannerSettings(true, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, false);
        PlanningInput input = new PlanningInput(0, settings, 100_000, List.of(),
                List.of(new GunInput(1, requestW > 0, requestW, 200_000, 500, 800, 1)), List.of(), Plan.EMPTY);
        List<Island> islands = requestW == 0 ? List.of()
                : List.of(new Island(1, List.of(1), List.of(modules), powerW, powerW / 800, 800, Island.Reason.DEMAND));
        log.tick(input, new Plan(islands, Set.of(), PlannerMemory.NONE));
        time.advance(Duration.ofMillis(100));
    }

    @Test
    void nothingIsToldWhileNothingChanges() {
        for (int i = 0; i < 600; i++) {
            tick(0, 0);
        }
        assertEquals(List.of(), lines);
        for (int i = 0; i < 600; i++) {
            tick(60_000, 60_000 - i * 8, "M1_0", "M1_1");
        }
        assertEquals(1, lines.size(), lines.toString());
        assertEquals("gun 1 60.0 kW of 60.0 kW from M1_0 M1_1; together 60.0 kW of 100.0 kW", lines.get(0));
    }

    @Test
    void theSameModulesInAnotherOrderAreNoChange() {
        tick(60_000, 60_000, "M1_0", "M1_1");
        time.advance(Duration.ofSeconds(10));
        tick(60_000, 60_000, "M1_1", "M1_0");
        assertEquals(1, lines.size(), lines.toString());
    }

    @Test
    void aChangeOfModulesOfPowerAndOfGunsIsTold() {
        tick(60_000, 60_000, "M1_0", "M1_1");
        time.advance(Duration.ofSeconds(10));
        tick(60_000, 54_000, "M1_0", "M1_1");
        time.advance(Duration.ofSeconds(10));
        tick(60_000, 54_000, "M1_0");
        time.advance(Duration.ofSeconds(10));
        tick(0, 0);
        assertEquals(4, lines.size(), lines.toString());
        assertEquals("no gun takes energy; together 0.0 kW of 100.0 kW", lines.get(3));
        assertEquals(List.of(lines.get(0), lines.get(2), lines.get(3)), shared, "the journal is not told that only the power changes");
    }

    @Test
    void aStormOfChangesIsOneLineInTenSecondsAndItsLastStateIsTold() {
        for (int i = 0; i < 300; i++) {
            tick(60_000, i % 2 == 0 ? 60_000 : 20_000, "M1_0");
        }
        assertEquals(3, lines.size(), lines.toString());
        tick(60_000, 33_000, "M1_1");
        time.advance(Duration.ofSeconds(10));
        tick(60_000, 33_000, "M1_1");
        assertEquals(4, lines.size(), lines.toString());
        assertTrue(lines.get(3).startsWith("gun 1 33.0 kW of 60.0 kW from M1_1 ("), lines.get(3));
    }
}
