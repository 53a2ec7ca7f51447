package dcocpp.planjson;

import java.util.List;
import java.util.Map;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/** Any value that the records allow, the unlikely ones often. */
final class Values {

    private Values() {
    }

    static Arbitrary<PlanningInput> inputs() {
        return Combinators.combine(Arbitraries.longs(), settings(), atLeastZero(), slot().list().ofMaxSize(4), gun().list().ofMaxSize(4),
                contactor().list().ofMaxSize(6), plans()).as(PlanningInput::new);
    }

    static Arbitrary<Plan> plans() {
        Arbitrary<Map<String, Double>> values = Arbitraries.maps(text(), any()).ofMaxSize(4);
        Arbitrary<PlannerMemory> memory = Combinators.combine(text(), values).as(PlannerMemory::new);
        Arbitrary<Set<String>> closed = text().set().ofMaxSize(4);
        return Combinators.combine(island().list().ofMaxSize(3), closed, memory).as(Plan::new);
    }

    private static Arbitrary<PlannerSettings> settings() {
        Arbitrary<Integer> whole = Arbitraries.integers();
        return Combinators.combine(Arbitraries.integers().between(1, Integer.MAX_VALUE), Arbitraries.integers().between(0, Integer.MAX_VALUE),
                whole.list().ofSize(6), any(), any(), Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as((max, min, wholes, gainW, gainPercent, cross, lend) -> new PlannerSettings(cross, max, Math.min(min, max), wholes.get(0),
                        wholes.get(1), wholes.get(2), wholes.get(3), gainW, gainPercent, wholes.get(4), wholes.get(5), lend));
    }

    private static Arbitrary<SlotInput> slot() {
        return Combinators.combine(Arbitraries.integers(), Arbitraries.integers(), text(), text(), Arbitraries.integers(),
                Arbitraries.of(true, false), module().list().ofMaxSize(3)).as(SlotInput::new);
    }

    private static Arbitrary<ModuleInput> module() {
        return Combinators.combine(text(), text(), atLeastZero(), Arbitraries.of(true, false), any(), any(),
                Arbitraries.longs().greaterOrEqual(0)).as(ModuleInput::new);
    }

    private static Arbitrary<GunInput> gun() {
        return Combinators.combine(Arbitraries.integers(), Arbitraries.of(true, false), atLeastZero(), atLeastZero(), atLeastZero(), any(),
                atLeastZero()).as((id, active, requestW, maxPowerW, maxCurrentA, voltageV, weight) -> new GunInput(id,
                        active && voltageV > 0, requestW, maxPowerW, maxCurrentA, voltageV, Math.max(0.1, weight)));
    }

    private static Arbitrary<ContactorInput> contactor() {
        return Combinators.combine(text(), Arbitraries.of(ContactorState.Position.class), Arbitraries.of(true, false),
                Arbitraries.of(true, false), Arbitraries.longs()).as(ContactorInput::new);
    }

    private static Arbitrary<Island> island() {
        Arbitrary<List<Integer>> slots = Arbitraries.integers().list().ofMaxSize(3);
        Arbitrary<List<String>> modules = text().list().ofMaxSize(3);
        return Combinators.combine(Arbitraries.integers(), slots, modules, any(), any(), any(), Arbitraries.of(Island.Reason.class))
                .as(Island::new);
    }

    /** Half of a surrogate pair is no text: neither a configuration nor JSON can hold it. */
    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(Arbitraries.strings().alpha().ofMaxLength(8),
                Arbitraries.strings().all().ofMaxLength(4).filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c))),
                Arbitraries.of("", "a/b~c", "\"quoted\"", "\u00e4\u20ac\ud83d\udd0c", "\u0000\n"));
    }

    private static Arbitrary<Double> atLeastZero() {
        return any().filter(value -> value >= 0);
    }

    private static Arbitrary<Double> any() {
        return Arbitraries.oneOf(Arbitraries.doubles(), Arbitraries.integers().between(0, 1_000_000).map(Integer::doubleValue),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE,
                        1.0 / 3, 2.0e-3, 9_007_199_254_740_993.0));
    }
}
