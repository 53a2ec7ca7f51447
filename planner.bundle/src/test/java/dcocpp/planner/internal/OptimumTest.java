package dcocpp.planner.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dcocpp.api.planner.Plan;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The plan against all 2^N positions of the bus contactors. */
class OptimumTest {

    @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED)
    void isOptimalByAllRulesOnSmallRings(@ForAll("roughSmall") Cases.Case random) {
        check(random, true);
    }

    @Property(tries = 600, shrinking = ShrinkingMode.BOUNDED)
    void isOptimalInPowerOnTheUsualRing(@ForAll("healthyUsual") Cases.Case random) {
        check(random, false);
    }

    @Property(tries = 1_500, shrinking = ShrinkingMode.BOUNDED)
    void isOptimalInPowerOnTheUsualRingWithFaults(@ForAll("roughUsual") Cases.Case random) {
        check(random, false);
    }

    @Property(tries = 200_000)
    @Tag("nightly")
    void isOptimalByAllRulesOnSmallRingsAllNight(@ForAll("roughSmall") Cases.Case random) {
        check(random, true);
    }

    @Property(tries = 50_000)
    @Tag("nightly")
    void isOptimalByAllRulesWhenACarArrivesAllNight(@ForAll("roughSmall") Cases.Case random,
            @ForAll @IntRange(min = 1, max = 8) int newcomer) {
        checkArrival(random, newcomer);
    }

    @Property(tries = 10_000)
    @Tag("nightly")
    void isOptimalInPowerOnTheUsualRingAllNight(@ForAll("roughUsual") Cases.Case random) {
        check(random, false);
    }

    /** The same when a car arrives while others charge: with the least switching, ten times as dear under load. */
    @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
    void isOptimalByAllRulesWhenACarArrives(@ForAll("roughSmall") Cases.Case random, @ForAll @IntRange(min = 1, max = 8) int newcomer) {
        checkArrival(random, newcomer);
    }

    private static void checkArrival(Cases.Case random, int newcomer) {
        Assume.that(newcomer <= random.slots().size());
        Bench bench = random.bench();
        bench.guns.remove(newcomer);
        bench.lendable(newcomer, true);
        bench.plan();
        bench.now += 100 * Bench.SECOND;
        bench.gun(newcomer, 100_000);
        Plan plan = bench.planner.plan(bench.input());
        Assume.that(plan.island(newcomer).isPresent());
        Invariants.check(bench.input(), plan);
        compare(new BruteForce(bench.input(), true), plan, true);
    }

    private static void check(Cases.Case random, boolean allRules) {
        Bench bench = random.bench();
        Plan plan = bench.planner.plan(bench.input());
        Invariants.check(bench.input(), plan);
        compare(new BruteForce(bench.input(), allRules), plan, allRules);
    }

    private static void compare(BruteForce bruteForce, Plan plan, boolean wear) {
        BruteForce.Score expected = bruteForce.best();
        BruteForce.Score actual = bruteForce.of(plan);
        assertEquals(expected.served(), actual.served(), "guns served");
        assertArrayEquals(expected.levels(), actual.levels(), 1e-3, "levels");
        assertEquals(expected.sumW(), actual.sumW(), 1e-3, "sum");
        assertEquals(expected.operations(), actual.operations(), "operations");
        assertEquals(expected.modules(), actual.modules(), "modules");
        if (wear) {
            assertEquals(expected.ranks(), actual.ranks(), "wear");
        }
    }

    @Provide
    Arbitrary<Cases.Case> roughSmall() {
        return Cases.rough(1, 8);
    }

    @Provide
    Arbitrary<Cases.Case> roughUsual() {
        return Cases.rough(9, 12);
    }

    @Provide
    Arbitrary<Cases.Case> healthyUsual() {
        return Cases.healthy(9, 12);
    }
}
