package dcocpp.planner.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;

import dcocpp.api.planner.Plan;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
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

    /** The same where guns can reach more modules than they may have: other slots often mean that modules must go off. */
    @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
    void isOptimalByAllRulesWhenACarArrivesAmongManyModules(@ForAll("crowded") Cases.Case random,
            @ForAll @IntRange(min = 1, max = 6) int newcomer) {
        checkArrival(random, newcomer);
    }

    /**
     * Gun 4 has both modules of slot 5 and may have no more than two. A car at gun 7 takes slot 3, so that gun 4 gets slot 6 and one of the
     * two must go off. With the module of slot 6 either of them is enough: the better one stays, not the greater one.
     */
    @Example
    void ofTheModulesThatAreOnTheBestStayWhenACarArrives() {
        List<Cases.Slot> slots = List.of(slot(0, 1, "ok"), slot(0, 1, "ok"), slot(0, 1, "ok", 10), slot(30, 2, "ok"),
                slot(0, 1, "ok", 10, 15), slot(0, 1, "closed", 20), slot(0, 1, "ok", 10));
        Plan plan = checkArrival(new Cases.Case(slots, 78, 2, 0, 3, true, false), 7);
        assertEquals(List.of(4, 5, 6), plan.island(4).orElseThrow().slotIds());
        assertEquals(List.of("M5_0", "M6_0"), plan.island(4).orElseThrow().moduleIds());
    }

    private static Cases.Slot slot(int demandKW, int weight, String gc, int... capacitiesKW) {
        List<Cases.Module> modules = Arrays.stream(capacitiesKW)
                .mapToObj(capacityKW -> new Cases.Module(capacityKW, true, 0, "ok", 38, 1)).toList();
        return new Cases.Slot(modules, false, demandKW, 40, weight, "ok", gc);
    }

    private static Plan checkArrival(Cases.Case random, int newcomer) {
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
        return plan;
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
    Arbitrary<Cases.Case> crowded() {
        return Cases.crowded(3, 6);
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
