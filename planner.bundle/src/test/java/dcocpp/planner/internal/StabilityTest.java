package dcocpp.planner.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerSettings;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The partition in force goes on unless there is a reason to switch. */
class StabilityTest {

    @Property(tries = 250, shrinking = ShrinkingMode.BOUNDED)
    void nothingIsSwitchedForConstantInputs(@ForAll("rough") Cases.Case random) {
        Bench bench = random.bench();
        bench.plan();
        bench.run(45);
        int operations = bench.operations;
        Plan settled = bench.current;
        bench.run(30);
        assertEquals(operations, bench.operations);
        assertEquals(settled, bench.current);
    }

    /**
     * Where the site's limit binds, a gun gets more than at first when others ask for less, and then a module goes on for it. So only there
     * may contactors close, those of modules, and none opens again.
     */
    @Property(tries = 80, shrinking = ShrinkingMode.BOUNDED)
    void nothingIsSwitchedForWaveringDemand(@ForAll("healthy") Cases.Case random, @ForAll long seed) {
        Bench bench = random.bench();
        List<GunInput> guns = List.copyOf(bench.guns.values());
        // The first seconds bring the highest request, as a car does that starts; from then on it wavers by ten percent.
        guns.forEach(gun -> bench.gun(gun.connectorId(), gun.requestW() * 1.1, gun.maxPowerW(), gun.weight()));
        bench.plan();
        bench.run(20);
        boolean limitBinds = bench.current.totalPowerW() > bench.gridW - 1;
        int operations = bench.operations;
        Set<String> modulesOn = modulesOn(bench.current);
        Set<String> busContactors = bench.current.closedBusContactors();
        Random noise = new Random(seed);
        for (int tick = 0; tick < 300; tick++) {
            guns.forEach(gun -> bench.gun(gun.connectorId(), gun.requestW() * (0.9 + 0.2 * noise.nextDouble()), gun.maxPowerW(),
                    gun.weight()));
            bench.run(0.1);
        }
        Set<String> added = modulesOn(bench.current);
        assertTrue(added.containsAll(modulesOn), "no module goes off");
        added.removeAll(modulesOn);
        assertTrue(limitBinds || added.isEmpty(), "no module goes on");
        assertEquals(busContactors, bench.current.closedBusContactors());
        assertEquals(operations + added.size(), bench.operations, "each of them once, and nothing else");
    }

    /** Two days at one go: the modules that are on wear, the others do not. Only far more hours make one give way, and never contactor counts. */
    @Test
    void wearThatGrowsSwitchesNothing() {
        Bench bench = Bench.ringOf(6);
        bench.gun(1, 100_000);
        bench.gun(4, 45_000);
        bench.plan();
        bench.run(60);
        int operations = bench.operations;
        Plan settled = bench.current;
        Set<String> on = modulesOn(settled);
        for (int minute = 1; minute <= 48 * 60; minute++) {
            for (int slot = 1; slot <= 6; slot++) {
                bench.modules(slot, worn(slot, 0, on, minute), worn(slot, 1, on, minute));
            }
            bench.now += 60 * Bench.SECOND;
            bench.plan();
        }
        assertEquals(operations, bench.operations);
        assertEquals(settled.islands(), bench.current.islands());
    }

    private static ModuleInput worn(int slot, int number, Set<String> on, int minutes) {
        String id = "M" + slot + "_" + number;
        boolean runs = on.contains(id);
        return new ModuleInput(id, "MN_" + slot + "_" + number, 30_000, true, runs ? minutes / 6 / 10.0 : 0, 40, runs ? minutes : 0);
    }

    private static Set<String> modulesOn(Plan plan) {
        Set<String> modules = new HashSet<>();
        plan.islands().forEach(island -> modules.addAll(island.moduleIds()));
        return modules;
    }

    @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
    void aBusContactorIsNotSwitchedAgainForAGainWithinItsHold(@ForAll("healthy") Cases.Case random, @ForAll long seed) {
        Bench bench = random.bench();
        bench.settings = new PlannerSettings(true, 8, 1, 6, 1000, 12_000, 500, 5000, 10, 1000, 0, false);
        bench.plan();
        bench.run(1);
        List<GunInput> guns = List.copyOf(bench.guns.values());
        Random demand = new Random(seed);
        Map<String, ContactorInput> before = Map.of();
        for (int tick = 0; tick < 200; tick++) {
            if (tick % 20 == 0) {
                guns.forEach(gun -> bench.gun(gun.connectorId(), (1 + demand.nextInt(24)) * 10_000.0, gun.maxPowerW(), gun.weight()));
            }
            bench.run(0.1);
            for (ContactorInput old : before.values()) {
                boolean switched = old.position() != bench.contactors.get(old.contactorId()).position();
                assertTrue(!switched || bench.now - old.sinceNanos() >= 12 * Bench.SECOND, old::toString);
            }
            before = new HashMap<>(bench.contactors);
            before.keySet().removeIf(name -> !name.startsWith("MC_"));
        }
    }

    @Property(tries = 500)
    void theSameInputGivesTheSamePlan(@ForAll("rough") Cases.Case random) {
        Bench bench = random.bench();
        bench.plan();
        bench.run(0.3);
        assertEquals(new RingPlanner().plan(bench.input()).toString(), bench.planner.plan(bench.input()).toString());
    }

    @Property(tries = 500)
    void theOrderOfTheInputDoesNotMatter(@ForAll("rough") Cases.Case random, @ForAll long seed) {
        Bench bench = random.bench();
        Plan plan = bench.planner.plan(bench.input());
        Collections.rotate(bench.slots, (int) (seed % 7));
        assertEquals(plan.toString(), bench.planner.plan(bench.input()).toString());
    }

    @Provide
    Arbitrary<Cases.Case> rough() {
        return Cases.rough(1, 8);
    }

    @Provide
    Arbitrary<Cases.Case> healthy() {
        return Cases.healthy(3, 12);
    }

    @Test
    void aGainIsTakenOnlyWhenItLasts() {
        Bench bench = Bench.ringOf(4);
        bench.gun(1, 60_000);
        bench.plan();
        bench.run(20);
        assertEquals(List.of(1), bench.slotsOf(1));
        bench.gun(1, 120_000);
        bench.run(2.9);
        assertEquals(List.of(1), bench.slotsOf(1));
        bench.run(0.3);
        assertEquals(2, bench.slotsOf(1).size());
        assertEquals(120, bench.kW(1), 1e-6);
    }

    @Test
    void aSmallGainIsNotWorthSwitching() {
        Bench bench = Bench.ringOf(4);
        bench.gun(1, 60_000);
        bench.plan();
        bench.gun(1, 64_900);
        bench.run(60);
        assertEquals(60, bench.kW(1), 1e-6);
    }

    @Test
    void anIslandIsNotTouchedTwiceWithinAQuarterOfAMinute() {
        Bench bench = Bench.ringOf(6);
        bench.gun(1, 60_000);
        bench.plan();
        bench.gun(1, 120_000);
        bench.run(4);
        assertEquals(120, bench.kW(1), 1e-6);
        bench.gun(1, 180_000);
        bench.run(10);
        assertEquals(120, bench.kW(1), 1e-6);
        bench.run(6);
        assertEquals(180, bench.kW(1), 1e-6);
    }

    @Test
    void anIslandStaysWhenItsDemandFalls() {
        Bench bench = Bench.ringOf(6);
        bench.gun(1, 180_000);
        bench.plan();
        List<Integer> slots = bench.slotsOf(1);
        bench.gun(1, 20_000);
        bench.run(100);
        assertEquals(slots, bench.slotsOf(1));
        assertEquals(1, bench.moduleCount(1));
    }

    @Test
    void aGunWithoutModulesDoesNotWait() {
        Bench bench = Bench.ringOf(4);
        bench.gun(1, 60_000);
        bench.plan();
        bench.run(1);
        bench.modules(1, Bench.module(1, 0, 30_000, false, 0), Bench.module(1, 1, 30_000, false, 0));
        bench.run(0.1);
        assertEquals(60, bench.kW(1), 1e-6);
    }

    @Test
    void aDepartedGunsSlotsAreNotSwitchedForCosmetics() {
        Bench bench = Bench.ringOf(4);
        bench.gun(1, 120_000);
        bench.plan();
        bench.unplug(1);
        int before = bench.operations;
        bench.run(1);
        // Its own contactor and its four modules, and nothing on the ring.
        assertEquals(5, bench.operations - before);
        assertEquals(1, bench.current.closedBusContactors().size());
    }

    @Test
    void fourContactorsWithoutLoadAreSwitchedRatherThanOneUnderLoad() {
        Bench bench = Bench.ring(2, 2, 0, 0, 0, 0, 2, 0);
        bench.gun(1, 120_000);
        bench.plan();
        bench.gun(1, 30_000);
        bench.run(100);
        assertEquals(List.of("M1_0", "M1_1"), bench.current.island(1).orElseThrow().moduleIds());
        bench.gun(3, 60_000);
        bench.run(0.1);
        // Slot 2 is nearer and not needed any more, but current flows through the bus that joins it.
        assertEquals(List.of(1, 2), bench.slotsOf(1));
        assertEquals(List.of(3, 4, 5, 6, 7), bench.slotsOf(3));
        assertEquals(60, bench.kW(3), 1e-6);
    }

    @Test
    void powerFollowsTheRequestAtOnceWhileTheSlotsStay() {
        Bench bench = Bench.ringOf(2);
        bench.gridW = 80_000;
        bench.gun(1, 60_000);
        bench.gun(2, 60_000);
        bench.plan();
        assertEquals(40, bench.kW(1), 1e-6);
        bench.gun(1, 10_000);
        bench.run(0.1);
        assertEquals(10, bench.kW(1), 1e-6);
        assertTrue(bench.current.totalPowerW() <= 80_000);
        bench.run(3);
        assertEquals(60, bench.kW(2), 1e-6);
    }
}
