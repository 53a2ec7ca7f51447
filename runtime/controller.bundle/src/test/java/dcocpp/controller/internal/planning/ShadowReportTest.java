package dcocpp.controller.internal.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.session.PlannerComparison;

class ShadowReportTest {

    private final ShadowReport report = new ShadowReport("planner 1.0.0");
    private long now;

    private PlanningInput input(Plan inForce) {
        return new PlanningInput(++now, new PlannerSettings(true, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, false), 1000, List.of(), List.of(), List.of(),
                inForce);
    }

    private static Island island(int gun, double powerW, String... modules) {
        return new Island(gun, List.of(gun), List.of(modules), powerW, 1, 400, Island.Reason.DEMAND);
    }

    private static Plan plan(Set<String> busContactors, Island... islands) {
        return new Plan(List.of(islands), busContactors, PlannerMemory.NONE);
    }

    private void cycle(Plan inForce, Plan applied, Plan shadow) {
        PlanningInput input = input(inForce);
        report.active(input, applied, 1000);
        report.candidate(input, shadow, 2000);
    }

    @Test
    void equalPlansDifferInNothing() {
        Plan plan = plan(Set.of("MC_1"), island(1, 30_000, "M1"));
        cycle(plan, plan, plan);
        assertEquals(new PlannerComparison("planner 1.0.0", 1, 0, List.of(new PlannerComparison.Gun(1, 0, 0)),
                new PlannerComparison.Effort(0, 1000, 1000, 1000), new PlannerComparison.Effort(0, 2000, 2000, 2000)), report.comparison());
        assertEquals(Optional.empty(), report.servesFewer());
        assertEquals(Optional.empty(), report.switchesMore());
    }

    @Test
    void plansForOtherInputsAreNotCompared() {
        report.active(input(Plan.EMPTY), plan(Set.of(), island(1, 30_000, "M1")), 1);
        report.candidate(input(Plan.EMPTY), plan(Set.of(), island(1, 10_000, "M1")), 1);
        assertEquals(0, report.comparison().cycles());
        assertEquals(List.of(), report.comparison().guns());
    }

    @Test
    void whicheverAnswersFirst() {
        PlanningInput input = input(Plan.EMPTY);
        report.candidate(input, plan(Set.of(), island(1, 10_000, "M1")), 1);
        report.active(input, plan(Set.of(), island(1, 30_000, "M1")), 1);
        assertEquals(List.of(new PlannerComparison.Gun(1, -20_000, -20_000)), report.comparison().guns());
    }

    @Test
    void powerIsComparedGunByGunWithItsMeanAndItsGreatestDifference() {
        Plan applied = plan(Set.of(), island(1, 30_000, "M1"), island(2, 30_000, "M2"));
        cycle(applied, applied, plan(Set.of(), island(1, 40_000, "M1"), island(2, 30_000, "M2")));
        cycle(applied, applied, plan(Set.of(), island(1, 10_000, "M1"), island(2, 30_000, "M2")));
        PlannerComparison comparison = report.comparison();
        assertEquals(2, comparison.differentCycles());
        assertEquals(List.of(new PlannerComparison.Gun(1, -5_000, -20_000), new PlannerComparison.Gun(2, 0, 0)), comparison.guns());
        assertEquals("2 of 2 plans differed, by -5.0 kW on average; 0 switching operations against 0; 0.00 ms for a plan against 0.00 ms",
                report.toString());
    }

    @Test
    void aWishThatLastsIsOneOperationAndAnswersAreCountedAgainstThePlanInForce() {
        Plan inForce = plan(Set.of("MC_1"), island(1, 30_000, "M1"));
        Plan other = plan(Set.of("MC_2"), island(1, 30_000, "M1", "M2"));
        for (int i = 0; i < 5; i++) {
            cycle(inForce, inForce, other);
        }
        assertEquals(3, report.comparison().candidate().operations(), "MC_1 opens, MC_2 closes, M2 joins");
        assertEquals(0, report.comparison().active().operations());
        assertEquals(Optional.empty(), report.servesFewer());
        assertEquals(Optional.empty(), report.switchesMore());
    }

    @Test
    void oneThatChangesItsMindAllTheTimeIsObjectedTo() {
        Plan inForce = plan(Set.of(), island(1, 30_000, "M1"));
        for (int i = 0; i < 10; i++) {
            cycle(inForce, inForce, i % 2 == 0 ? plan(Set.of("MC_1", "MC_2", "MC_3"), island(1, 30_000, "M1")) : inForce);
        }
        assertEquals("it wants 15 switching operations in 10 plans, planner 1.0.0 0", report.switchesMore().orElseThrow());
    }

    @Test
    void oneThatServesFewerGunsIsObjectedToAsLongAsItDoes() {
        Plan both = plan(Set.of(), island(1, 30_000, "M1"), island(2, 30_000, "M2"));
        Plan one = plan(Set.of(), island(1, 60_000, "M1"), island(2, 0));
        List<Integer> inARow = new ArrayList<>();
        for (Plan shadow : List.of(one, one, both, one)) {
            cycle(both, both, shadow);
            inARow.add(report.worseInARow());
            assertEquals(shadow == one, report.servesFewer().isPresent());
        }
        assertEquals(List.of(1, 2, 0, 1), inARow);
        assertTrue(report.servesFewer().orElseThrow().contains("serves 1 guns where planner 1.0.0 serves 2"));
    }
}
