package dcocpp.planner.internal;

import java.util.ArrayList;
import java.util.List;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.PlannerSettings;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random sites. */
final class Cases {

    private Cases() {
    }

    /** @param ageS how long ago its contactor was switched, s */
    record Module(int capacityKW, boolean usable, int hours, String fault, int temperatureC, int ageS) {
    }

    record Slot(List<Module> modules, boolean reserved, int demandKW, int limitKW, int weight, String mc, String gc) {

        boolean active() {
            return demandKW > 0;
        }
    }

    record Case(List<Slot> slots, int gridKW, int maxModules, int minModules, int radius, boolean crossSlot, boolean open) {

        Bench bench() {
            Bench bench = new Bench();
            int count = slots.size();
            for (int i = 1; i <= count; i++) {
                Slot slot = slots.get(i - 1);
                List<ModuleInput> modules = new ArrayList<>();
                for (int m = 0; m < slot.modules.size(); m++) {
                    Module module = slot.modules.get(m);
                    modules.add(new ModuleInput("M" + i + "_" + m, "MN_" + i + "_" + m, module.capacityKW * 1000.0, module.usable,
                            module.hours, module.temperatureC, module.temperatureC % 2));
                }
                bench.slot(i, i < count ? i + 1 : open ? 0 : 1, modules);
                for (int m = 0; m < slot.modules.size(); m++) {
                    state(bench, "MN_" + i + "_" + m, slot.modules.get(m).fault);
                    bench.switchedBefore("MN_" + i + "_" + m, slot.modules.get(m).ageS);
                }
                state(bench, "MC_" + i, slot.mc);
                state(bench, "GC_" + i, slot.gc);
                bench.lendable(i, !slot.reserved);
                if (slot.active()) {
                    bench.gun(i, slot.demandKW * 1000.0, slot.limitKW * 1000.0, slot.weight);
                }
            }
            bench.gridW = gridKW * 1000.0;
            bench.settings = new PlannerSettings(crossSlot, maxModules, Math.min(minModules, maxModules), radius, 1000, 1000, 500, 5000,
                    10, 3000, 15_000, false);
            return bench;
        }

        private static void state(Bench bench, String name, String state) {
            switch (state) {
                case "welded" -> bench.weld(name);
                case "stuck" -> bench.stuckOpen(name);
                case "closed" -> bench.contactor(name, Position.CLOSED);
                case "unknown" -> bench.contactors.put(name, new ContactorInput(name, Position.UNKNOWN, false, false, 0));
                default -> bench.contactor(name, Position.OPEN);
            }
        }
    }

    /** Healthy contactors, equal modules, some dead ones. */
    static Arbitrary<Case> healthy(int fewest, int most) {
        Arbitrary<Module> module = Combinators.combine(Arbitraries.just(30), Arbitraries.frequency(Tuple.of(19, true), Tuple.of(1, false)),
                Arbitraries.just(0), Arbitraries.just("ok"), Arbitraries.just(40), Arbitraries.just(1000)).as(Module::new);
        Arbitrary<Slot> slot = slot(module.list().ofSize(2), Arbitraries.just("ok"), Arbitraries.just("ok"));
        return site(slot.list().ofMinSize(fewest).ofMaxSize(most), Arbitraries.of(2, 4, 8, 24));
    }

    /** Unequal ratings, wear, welded, stuck and closed contactors, broken rings. */
    static Arbitrary<Case> rough(int fewest, int most) {
        Arbitrary<Module> module = Combinators.combine(Arbitraries.of(10, 15, 20, 30, 40, 60),
                Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)), Arbitraries.integers().between(0, 5),
                Arbitraries.frequency(Tuple.of(16, "ok"), Tuple.of(1, "welded"), Tuple.of(1, "stuck")),
                Arbitraries.integers().between(38, 41), Arbitraries.of(1, 29, 31, 1000)).as(Module::new);
        Arbitrary<Slot> slot = slot(module.list().ofMaxSize(2),
                Arbitraries.frequency(Tuple.of(8, "ok"), Tuple.of(5, "closed"), Tuple.of(1, "welded"), Tuple.of(1, "stuck"),
                        Tuple.of(1, "unknown")),
                Arbitraries.frequency(Tuple.of(20, "ok"), Tuple.of(1, "closed"), Tuple.of(1, "welded"), Tuple.of(1, "unknown")));
        return site(slot.list().ofMinSize(fewest).ofMaxSize(most), Arbitraries.of(1, 2, 3, 8));
    }

    /**
     * Few different ratings and little power: many guns reach the same levels, and the site's limit binds.
     *
     * @param idle how many slots without a car come to four with one
     */
    static Arbitrary<Case> scarce(int fewest, int most, int idle) {
        Arbitrary<Module> module = Combinators.combine(Arbitraries.of(10, 20, 30), Arbitraries.just(true),
                Arbitraries.integers().between(0, 2), Arbitraries.just("ok"), Arbitraries.just(40), Arbitraries.just(1000)).as(Module::new);
        Arbitrary<Slot> slot = Combinators.combine(module.list().ofMaxSize(2), Arbitraries.just(false),
                Arbitraries.frequencyOf(Tuple.of(idle, Arbitraries.just(0)), Tuple.of(4, Arbitraries.of(10, 20, 30, 40, 60, 120))),
                Arbitraries.just(240), Arbitraries.integers().between(1, 4), Arbitraries.of("ok", "closed"), Arbitraries.just("ok"))
                .as(Slot::new);
        return Combinators.combine(slot.list().ofMinSize(fewest).ofMaxSize(most), Arbitraries.integers().between(2, 24).map(i -> i * 10),
                Arbitraries.of(2, 3, 8), Arbitraries.of(0, 1), Arbitraries.of(2, 6), Arbitraries.just(true), Arbitraries.just(false))
                .as(Case::new);
    }

    /** Up to three modules per slot, and few of them for one gun. */
    static Arbitrary<Case> crowded(int fewest, int most) {
        Arbitrary<Module> module = Combinators.combine(Arbitraries.of(10, 15, 20, 30), Arbitraries.just(true),
                Arbitraries.integers().between(0, 3), Arbitraries.just("ok"), Arbitraries.just(40), Arbitraries.of(1, 1000))
                .as(Module::new);
        Arbitrary<Slot> slot = slot(module.list().ofMaxSize(3), Arbitraries.of("ok", "closed"),
                Arbitraries.frequency(Tuple.of(5, "ok"), Tuple.of(2, "closed")));
        return site(slot.list().ofMinSize(fewest).ofMaxSize(most), Arbitraries.of(1, 2, 3, 4));
    }

    private static Arbitrary<Slot> slot(Arbitrary<List<Module>> modules, Arbitrary<String> mc, Arbitrary<String> gc) {
        Arbitrary<Integer> demand = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(0)),
                Tuple.of(4, Arbitraries.integers().between(1, 24).map(tens -> tens * 10)));
        return Combinators.combine(modules, Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)), demand,
                Arbitraries.of(40, 60, 120, 240), Arbitraries.integers().between(1, 4), mc, gc).as(Slot::new);
    }

    private static Arbitrary<Case> site(Arbitrary<List<Slot>> slots, Arbitrary<Integer> maxModules) {
        return Combinators.combine(slots, Arbitraries.integers().between(0, 17).map(i -> 36 + i * 42), maxModules,
                Arbitraries.of(0, 1, 1, 2), Arbitraries.of(1, 2, 3, 6), Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)),
                Arbitraries.frequency(Tuple.of(6, false), Tuple.of(1, true))).as(Case::new);
    }
}
