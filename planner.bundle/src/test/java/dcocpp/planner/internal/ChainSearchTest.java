package dcocpp.planner.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.planner.PlanningInput;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The search for large rings against the enumeration, on rings that are small enough for both. */
class ChainSearchTest {

    private static Site site(PlanningInput input) {
        return new Site(input, new Contactors(input.contactors(), input.nowNanos()),
                new DemandFilter(new Memory(input.current().memory(), input.nowNanos()), input.nowNanos()));
    }

    @Property(tries = 5_000, shrinking = ShrinkingMode.BOUNDED)
    void givesTheSameValueWithEqualPriorities(@ForAll("rough") Cases.Case random) {
        Site site = site(equalPriorities(random));
        Assume.that(site.claimants().length > 1);
        Value expected = new Enumeration(site).bestValue();
        Value actual = new ChainSearch(site).bestValue();
        assertEquals(expected.served(), actual.served());
        assertArrayEquals(expected.levels(), actual.levels());
        assertEquals(expected.sum(), actual.sum());
    }

    /** With unequal priorities a tie between guns of different weight may be decided in favour of the one that leaves less. */
    @Property(tries = 5_000, shrinking = ShrinkingMode.BOUNDED)
    void servesAsManyGunsAndTheWorstOfThemAsWellWithUnequalPriorities(@ForAll("rough") Cases.Case random) {
        Site site = site(random.bench().input());
        Assume.that(site.claimants().length > 1);
        Value expected = new Enumeration(site).bestValue();
        Value actual = new ChainSearch(site).bestValue();
        assertEquals(expected.served(), actual.served());
        assertTrue(actual.levels()[0] >= 0.9 * expected.levels()[0], () -> "level " + actual.levels()[0] + " of " + expected.levels()[0]);
        assertTrue(actual.sum() >= 0.9 * expected.sum(), () -> "sum " + actual.sum() + " of " + expected.sum());
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
    void aRingOf64SlotsIsNotEnumerated() {
        Bench bench = Bench.ringOf(64);
        bench.gridW = 1e7;
        for (int gun = 1; gun <= 60; gun += 5) {
            bench.gun(gun, 240_000);
        }
        assertInstanceOf(ChainSearch.class, Search.of(site(bench.input())));
        bench.plan();
        assertEquals(12 * 240, bench.current.totalPowerW() / 1000, 1e-6);
    }

    private static PlanningInput equalPriorities(Cases.Case random) {
        Bench bench = random.bench();
        List.copyOf(bench.guns.values()).forEach(gun -> bench.gun(gun.connectorId(), gun.requestW(), gun.maxPowerW(), 1));
        return bench.input();
    }

    @Provide
    Arbitrary<Cases.Case> rough() {
        return Cases.rough(3, 12);
    }

    @Provide
    Arbitrary<Cases.Case> large() {
        return Cases.healthy(24, 40);
    }
}
