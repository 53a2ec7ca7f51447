package dcocpp.controller.internal.planning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.session.PlannerComparison;

/**
 * Compares the plans of a candidate, which are not applied, with those of the active planner for the same inputs, and says when the
 * candidate is worse. Belongs to the control thread.
 */
final class ShadowReport {
    private static final double SAME_W = 1;

    private final String against;
    private final Side active = new Side();
    private final Side candidate = new Side();
    private final Map<Integer, Power> guns = new TreeMap<>();
    private long cycles;
    private long different;
    private int worseInARow;
    private String worse = "";

    /** @param against the active planner, for people */
    ShadowReport(String against) {
        this.against = against;
    }

    String against() {
        return against;
    }

    /** The plans of one of the two. */
    private static final class Side {
        private final Durations durations = new Durations();
        private PlanningInput input;
        private Plan plan;
        private Set<String> wanted = Set.of();
        private long operations;

        private void take(PlanningInput nextInput, Plan nextPlan, long realNanos) {
            input = nextInput;
            plan = nextPlan;
            durations.add(realNanos);
            Set<String> next = closed(nextPlan);
            Set<String> current = closed(nextInput.current());
            Set<String> otherwise = new HashSet<>(next);
            otherwise.removeAll(current);
            current.removeAll(next);
            otherwise.addAll(current);
            operations += otherwise.stream().filter(contactor -> !wanted.contains(contactor)).count();
            wanted = otherwise;
        }

        private static Set<String> closed(Plan plan) {
            Set<String> closed = new HashSet<>(plan.closedBusContactors());
            plan.islands().forEach(island -> island.moduleIds().forEach(module -> closed.add(module + " to " + island.connectorId())));
            return closed;
        }

        private PlannerComparison.Effort effort() {
            return new PlannerComparison.Effort(operations, durations.quantileNanos(0.5), durations.quantileNanos(0.99),
                    durations.maxNanos());
        }
    }

    /** Differences of one gun's power, W. */
    private static final class Power {
        private double sumW;
        private double greatestW;
    }

    /** A plan that is applied. */
    void active(PlanningInput input, Plan plan, long realNanos) {
        active.take(input, plan, realNanos);
        compareIfSameInput();
    }

    /** A plan that is not applied. */
    void candidate(PlanningInput input, Plan plan, long realNanos) {
        candidate.take(input, plan, realNanos);
        compareIfSameInput();
    }

    private void compareIfSameInput() {
        if (active.input != candidate.input) {
            return;
        }
        cycles++;
        Map<Integer, Island> applied = served(active.plan);
        Map<Integer, Island> shadow = served(candidate.plan);
        Set<Integer> ids = new HashSet<>(applied.keySet());
        ids.addAll(shadow.keySet());
        boolean differs = false;
        for (int id : ids) {
            Island before = applied.get(id);
            Island after = shadow.get(id);
            double deltaW = (after == null ? 0 : after.powerW()) - (before == null ? 0 : before.powerW());
            Power power = guns.computeIfAbsent(id, any -> new Power());
            power.sumW += deltaW;
            power.greatestW = Math.abs(deltaW) > Math.abs(power.greatestW) ? deltaW : power.greatestW;
            differs |= Math.abs(deltaW) > SAME_W || before == null || after == null || !before.moduleIds().equals(after.moduleIds());
        }
        different += differs ? 1 : 0;
        worse = shadow.size() < applied.size() ? "it serves " + shadow.size() + " guns where " + against + " serves " + applied.size() : "";
        worseInARow = worse.isEmpty() ? 0 : worseInARow + 1;
    }

    private static Map<Integer, Island> served(Plan plan) {
        Map<Integer, Island> served = new TreeMap<>();
        plan.islands().stream().filter(island -> !island.moduleIds().isEmpty()).forEach(island -> served.put(island.connectorId(), island));
        return served;
    }

    /** In how many of the last cycles, one after the other, the candidate was worse. */
    int worseInARow() {
        return worseInARow;
    }

    /** How many pairs of plans were compared. */
    long cycles() {
        return cycles;
    }

    /** That it served fewer guns in the last cycle, for people; empty when it did not. */
    Optional<String> servesFewer() {
        return worse.isEmpty() ? Optional.empty() : Optional.of(worse);
    }

    /** More than one contactor in each cycle would wear them out: that is no better partition, it is no partition at all. */
    Optional<String> switchesMore() {
        return candidate.operations > active.operations + cycles
                ? Optional.of("it wants " + candidate.operations + " switching operations in " + cycles + " plans, " + against + " "
                        + active.operations)
                : Optional.empty();
    }

    PlannerComparison comparison() {
        List<PlannerComparison.Gun> differences = new ArrayList<>();
        guns.forEach((id, power) -> differences.add(new PlannerComparison.Gun(id, power.sumW / cycles, power.greatestW)));
        return new PlannerComparison(against, cycles, different, differences, active.effort(), candidate.effort());
    }

    /** In a line, for the log. */
    @Override
    public String toString() {
        double sumW = guns.values().stream().mapToDouble(power -> power.sumW).sum();
        return String.format(Locale.ROOT, "%d of %d plans differed, by %+.1f kW on average; %d switching operations against %d; "
                        + "%.2f ms for a plan against %.2f ms", different, cycles, cycles == 0 ? 0 : sumW / cycles / 1000,
                candidate.operations, active.operations, candidate.durations.quantileNanos(0.5) / 1e6,
                active.durations.quantileNanos(0.5) / 1e6);
    }
}
