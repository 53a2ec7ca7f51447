package dcocpp.planner.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import dcocpp.api.planner.PlanningInput;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** The search for large rings against the enumeration, on rings that are small enough for both. */
class ChainSearchTest {

    private static Site site(PlanningInput input) {
        return new Site(input, new Contactors(input.contactors(), input.nowNanos()),
                new DemandFilter(new Memory(input.current().memory(), input.nowNanos()), input.nowNanos()));
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.BOUNDED)
    void findsWhatTheEnumerationFinds(@ForAll("rough") Cases.Case random) {
        compare(site(random.bench().input()));
    }

    /** Few levels, unequal priorities, a limit that binds: where one gun stays behind so that the others get more. */
    @Property(tries = 4_000, shrinking = ShrinkingMode.BOUNDED)
    void findsItWhenTheLimitBindsAndPrioritiesDiffer(@ForAll("scarce") Cases.Case random) {
        compare(site(random.bench().input()));
    }

    /** With so few guns that all partitions can be tried. */
    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void findsItOnLargeRings(@ForAll("sparse") Cases.Case random) {
        compare(site(random.bench().input()));
    }

    /** With modules that are on and contactors that carry current. */
    @Property(tries = 1_000, shrinking = ShrinkingMode.BOUNDED)
    void findsItWithAPlanInForce(@ForAll("scarce") Cases.Case random, @ForAll @IntRange(min = 1, max = 12) int gun,
            @ForAll @IntRange(min = 0, max = 12) int tens) {
        Bench bench = random.bench();
        bench.plan();
        bench.run(0.5);
        Assume.that(gun <= bench.slots.size());
        bench.unplug(gun);
        if (tens > 0) {
            bench.gun(gun, tens * 10_000, 240_000, 1 + tens % 3);
        }
        compare(site(bench.input()));
    }

    private static void compare(Site site) {
        Assume.that(site.claimants().length > 0 && Enumeration.partitions(site) < (site.ring().size() > 12 ? 20_000 : 3_000));
        Enumeration enumeration = new Enumeration(site);
        Enumeration.Rank expected = enumeration.best();
        ChainSearch search = new ChainSearch(site);
        assertEquals(0, expected.value().compareTo(search.bestValue()), () -> "value " + text(expected) + " but " + text(
                enumeration.rank(search.bestPartition())));
        Enumeration.Rank actual = enumeration.rank(search.bestPartition());
        assertEquals(text(expected), text(actual));
    }

    private static String text(Enumeration.Rank rank) {
        return rank.value().served() + " served, levels " + Arrays.toString(rank.value().levels()) + ", sum " + rank.value().sum() + ", "
                + rank.operations() + " operations, " + rank.modules() + " modules " + Arrays.toString(rank.used());
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void keepsTheRulesAndIsStableOnLargeRings(@ForAll("large") Cases.Case random) {
        Bench bench = random.bench();
        bench.plan();
        bench.run(20);
        int operations = bench.operations;
        bench.run(1);
        assertEquals(operations, bench.operations);
    }

    @Test
    void aRingOf64SlotsIsSharedOut() {
        Bench bench = Bench.ringOf(64);
        bench.gridW = 1e7;
        for (int gun = 1; gun <= 60; gun += 5) {
            bench.gun(gun, 240_000);
        }
        bench.plan();
        assertEquals(12 * 240, bench.current.totalPowerW() / 1000, 1e-6);
    }

    @Provide
    Arbitrary<Cases.Case> scarce() {
        return Cases.scarce(3, 12, 3);
    }

    @Provide
    Arbitrary<Cases.Case> rough() {
        return Cases.rough(3, 12);
    }

    @Provide
    Arbitrary<Cases.Case> sparse() {
        return Cases.scarce(16, 48, 40);
    }

    @Provide
    Arbitrary<Cases.Case> large() {
        return Cases.healthy(24, 40);
    }
}
