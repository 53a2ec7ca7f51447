package dcocpp.daysim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dcocpp.controller.internal.ring.ProvokedGuard.Rule;
import dcocpp.hwsim.internal.physics.Violation;
import dcocpp.hwsim.internal.physics.Violation.Kind;

/**
 * The days find what they are there for: a guard that is blind for one rule, behind a sequencer that breaks it, is seen by the physics
 * within a few days. The same sequencer before the whole guard hurts nobody, which shows what the guard is good for.
 */
class PlantedGuardBugsTest {

    /** Always the same days: what is found must not depend on the night. */
    private static final long FIRST = 20_260_101;
    private static final int DAYS = 5;
    private static final long WHOLE_UNTIL_MS = 9 * Day.HOUR_MS;
    private static final Map<Rule, Set<Kind>> SEEN_AS = Map.of(
            Rule.H1, EnumSet.of(Kind.TWO_GUNS_ON_ISLAND),
            Rule.H2, EnumSet.of(Kind.OPENED_UNDER_LOAD),
            Rule.H3, EnumSet.of(Kind.VOLTAGE_DIFFERENCE),
            Rule.H4, EnumSet.of(Kind.GRID_EXCEEDED),
            Rule.H5, EnumSet.of(Kind.CABLE_OVERLOADED));

    @ParameterizedTest
    @EnumSource
    void blindGuardIsFound(Rule rule) {
        for (long seed = FIRST; seed < FIRST + DAYS; seed++) {
            Verdict verdict = DayRunner.runUntil(Day.LENGTH_MS, seed, PlantedGuardBugs.blind(rule));
            List<Violation> seen = verdict.violations().stream().filter(violation -> SEEN_AS.get(rule).contains(violation.kind())).toList();
            if (!seen.isEmpty()) {
                System.out.println(rule + " found on day " + (seed - FIRST + 1) + " (seed " + seed + "): " + verdict.faults().get(0));
                return;
            }
        }
        fail(rule + " not found in " + DAYS + " days from seed " + FIRST);
    }

    @ParameterizedTest
    @EnumSource
    void wholeGuardKeepsTheSameSequencerFromHurtingAnybody(Rule rule) {
        PlantedGuardBugs bug = PlantedGuardBugs.sighted(rule);
        Verdict verdict = DayRunner.runUntil(WHOLE_UNTIL_MS, FIRST, bug);
        assertEquals(List.of(), verdict.violations(), () -> rule + DaySimulationTest.report(verdict));
        assertTrue(bug.attempts() > 10, () -> rule + " was tried in " + bug.attempts() + " ticks only");
    }

    @Test
    void madPlannerIsRefusedByTheGuardOfPlans() {
        Verdict verdict = DayRunner.runUntil(WHOLE_UNTIL_MS, FIRST, WildPlanner.guarded(FIRST));
        assertEquals(List.of(), verdict.violations(), () -> DaySimulationTest.report(verdict));
        assertTrue(verdict.refusedPlans() > 100, verdict::toString);
    }

    @Test
    void madPlannerHurtsNobodyEvenWhereNobodyChecksItsPlans() {
        Verdict verdict = DayRunner.runUntil(WHOLE_UNTIL_MS, FIRST, WildPlanner.unguarded(FIRST));
        assertEquals(List.of(), verdict.violations(), () -> DaySimulationTest.report(verdict));
        assertEquals(0, verdict.refusedPlans());
    }
}
