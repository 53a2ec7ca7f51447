package dcocpp.controller.internal.planning;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.time.TimeSource;
import dcocpp.planview.DispatchSummary;

/**
 * Who asked, who got, which modules, why not more: one line in the log when that changes, at most one in ten seconds; the last state of a
 * busy time is always told. The journal gets those lines with which a gun comes or goes, or is fed by others. Belongs to the control thread.
 */
public final class DispatchLog {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchLog.class);
    /** Between two lines, real time. */
    private static final long PAUSE_NANOS = 10_000_000_000L;
    /** A power that moves by less is no change. */
    private static final double CHANGE_W = 5_000;

    private final TimeSource time;
    private final Consumer<String> log;
    private final Consumer<String> shared;
    private Plan seen;
    private Told told = new Told(List.of(), List.of(), Map.of());
    private long toldNanos;
    private boolean toldOnce;

    /**
     * Into the log.
     *
     * @param shared told the line too when guns, or the slots and modules that feed them, have changed
     */
    public DispatchLog(TimeSource time, Consumer<String> shared) {
        this(time, line -> LOG.info("Dispatch: {}", line), shared);
    }

    DispatchLog(TimeSource time, Consumer<String> log, Consumer<String> shared) {
        this.time = time;
        this.log = log;
        this.shared = shared;
    }

    /** What of a plan is worth a line when it changes. In which order it names modules changes with their wear, and means nothing. */
    private record Told(List<Integer> active, List<Share> shares, Map<Integer, Double> powersW) {

        record Share(int connectorId, List<Integer> slotIds, List<String> moduleIds, Island.Reason reason) {

            List<?> source() {
                return List.of(connectorId, slotIds, moduleIds);
            }
        }

        static Told of(PlanningInput input, Plan plan) {
            Map<Integer, Double> powersW = new HashMap<>();
            plan.islands().forEach(island -> powersW.put(island.connectorId(), island.powerW()));
            return new Told(input.guns().stream().filter(GunInput::active).map(GunInput::connectorId).toList(), plan.islands().stream()
                    .map(island -> new Share(island.connectorId(), island.slotIds(),
                            island.moduleIds().stream().sorted().toList(), island.reason())).toList(), powersW);
        }

        /** Others are served, or from elsewhere. */
        boolean sharesOtherwise(Told other) {
            return !active.equals(other.active)
                    || !shares.stream().map(Share::source).toList().equals(other.shares.stream().map(Share::source).toList());
        }

        boolean differs(Told other) {
            return !active.equals(other.active) || !shares.equals(other.shares) || powersW.entrySet().stream().anyMatch(power ->
                    Math.abs(power.getValue() - other.powersW.getOrDefault(power.getKey(), 0.0)) > CHANGE_W);
        }
    }

    /**
     * One tick.
     *
     * @param input what the plan answers; null = there is no plan yet
     * @param plan the last plan
     */
    public void tick(PlanningInput input, Plan plan) {
        if (input == null || plan == seen) {
            return;
        }
        long now = time.nanoTime();
        if (toldOnce && now - toldNanos < PAUSE_NANOS * time.rate()) {
            return;
        }
        seen = plan;
        Told next = Told.of(input, plan);
        if (next.differs(told)) {
            boolean otherwise = next.sharesOtherwise(told);
            told = next;
            toldNanos = now;
            toldOnce = true;
            String line = DispatchSummary.of(input, plan).line();
            log.accept(line);
            if (otherwise) {
                shared.accept(line);
            }
        }
    }
}
