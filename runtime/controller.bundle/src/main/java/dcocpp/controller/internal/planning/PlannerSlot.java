package dcocpp.controller.internal.planning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.session.PlannerSnapshot.Role;
import dcocpp.api.time.TimeSource;

/**
 * All planners that are present, and the one whose plans are applied. Each is called on a thread of its own, at most one call at a time;
 * a newer one runs in the shadow until it has proven itself. All methods belong to the control thread.
 */
public final class PlannerSlot {

    private static final Logger LOG = LoggerFactory.getLogger(PlannerSlot.class);

    /** A call that takes longer makes a candidate start its proof anew. Real time. */
    private static final long SLOW_MS = 100;
    /** A call that takes longer ends in rejection. Real time; long, because a loaded machine must not cost the only planner. */
    private static final long HUNG_MS = 3000;
    private static final int PLANS_TO_PROVE = 20;
    private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;

    private final TimeSource time;
    private final Executor control;
    private final Consumer<String> onPromoted;
    private final List<Entry> entries = new ArrayList<>();
    private String promotedLabel;
    private Entry active;
    private Plan latest;
    private PlanningInput latestInput;
    private long latestNanos;
    private long refused;

    /**
     * @param control runs tasks on the control thread
     * @param promotedLabel the planner that was promoted before the restart; empty = none
     * @param onPromoted told the label of a planner that takes over, to be kept over restarts
     */
    public PlannerSlot(TimeSource time, Executor control, String promotedLabel, Consumer<String> onPromoted) {
        this.time = time;
        this.control = control;
        this.promotedLabel = promotedLabel;
        this.onPromoted = onPromoted;
    }

    /** A planner came. */
    public void add(PlannerInfo info, ChargePlanner planner) {
        Entry entry = new Entry(info, planner, newAgent(info), time.nanoTime());
        entries.add(entry);
        LOG.info("Planner {} came (bundle {})", info.label(), info.bundleId());
        assignRoles();
    }

    private ScheduledExecutorService newAgent(PlannerInfo info) {
        return time.newAgent("dcocpp-controller-plan-" + info.bundleId());
    }

    /** A planner went. */
    public void remove(ChargePlanner planner) {
        for (Entry entry : List.copyOf(entries)) {
            if (entry.planner == planner) {
                entries.remove(entry);
                entry.agent.shutdownNow();
                LOG.info("Planner {} went (bundle {})", entry.info.label(), entry.info.bundleId());
                if (active == entry) {
                    active = null;
                }
            }
        }
        assignRoles();
    }

    /** Ends all threads. */
    public void close() {
        entries.forEach(entry -> entry.agent.shutdownNow());
        entries.clear();
        active = null;
    }

    /**
     * One planning cycle: asks who is idle, notices who hangs and lets a proven candidate take over. A candidate is asked only together
     * with the active planner, so that their plans are for the same input and can be compared.
     *
     * @param safePoint no contactor is moving for a session
     */
    public void cycle(PlanningInput input, boolean safePoint) {
        dropStuck();
        boolean activeAsked = active == null || turn(active, input);
        for (Entry entry : List.copyOf(entries)) {
            if (entry != active && entry.role == Role.CANDIDATE && (activeAsked || entry.calling)) {
                turn(entry, input);
            }
        }
        if (safePoint) {
            entries.stream().filter(entry -> entry.role == Role.CANDIDATE && entry.proven >= PLANS_TO_PROVE
                    && entry.shadow.cycles() >= PLANS_TO_PROVE && entry.shadow.switchesMore().isEmpty())
                    .max(BY_VERSION).ifPresent(this::promote);
        }
    }

    /**
     * The only planner was kept although it hung, since there was no other. Once there is one, whatever its version, it need not be waited
     * for: it may never return, and it could never be asked again.
     */
    private void dropStuck() {
        for (Entry entry : List.copyOf(entries)) {
            if (entry.role != Role.REJECTED && entry.stuck() && time.nanoTime() - entry.calledNanos > realMillis(HUNG_MS)
                    && !only(entry)) {
                reject(entry, entry.reason);
            }
        }
    }

    private boolean only(Entry entry) {
        return entries.stream().allMatch(other -> other == entry || other.role == Role.REJECTED);
    }

    /** @return whether it was asked */
    private boolean turn(Entry entry, PlanningInput input) {
        if (time.nanoTime() - entry.notBeforeNanos < 0) {
            return false;
        }
        if (entry.calling) {
            if (time.nanoTime() - entry.calledNanos > realMillis(HUNG_MS)) {
                reject(entry, "it does not return");
            }
            return false;
        }
        if (entry.ready(this::newAgent)) {
            ask(entry, input);
            return true;
        }
        return false;
    }

    private long realMillis(long millis) {
        return (long) (millis * 1_000_000 * time.rate());
    }

    private void ask(Entry entry, PlanningInput input) {
        entry.calling = true;
        entry.calledNanos = time.nanoTime();
        int generation = entry.generation;
        entry.agent.execute(() -> {
            Plan plan = null;
            Throwable failure = null;
            try {
                plan = entry.planner.plan(input);
            } catch (Throwable e) {
                // Foreign code: whatever it throws, an unresolvable class too, must not end this charger.
                failure = e;
            }
            Plan answer = plan;
            Throwable thrown = failure;
            long nanos = time.nanoTime() - entry.calledNanos;
            control.execute(() -> {
                // What a call that was given up brings in the end is of no use.
                if (entry.generation == generation) {
                    answered(entry, input, answer, thrown, nanos);
                }
            });
        });
    }

    private void answered(Entry entry, PlanningInput input, Plan plan, Throwable thrown, long nanos) {
        entry.calling = false;
        if (!entries.contains(entry) || entry.role == Role.REJECTED) {
            return;
        }
        if (thrown != null) {
            LOG.debug("Planner {} threw", entry.info.label(), thrown);
            reject(entry, "it threw " + thrown);
            return;
        }
        Optional<String> violation = PlanGuard.violation(input, plan);
        if (violation.isPresent()) {
            if (!PlanGuard.excused(input, plan)) {
                reject(entry, violation.get());
            }
            return;
        }
        if (entry.strikes > 0) {
            LOG.info("Planner {} gives usable plans again", entry.info.label());
            entry.strikes = 0;
            entry.reason = "";
        }
        entry.plans++;
        boolean slow = nanos > realMillis(SLOW_MS);
        entry.proven = slow ? 0 : entry.proven + 1;
        if (entry.role == Role.CANDIDATE) {
            entry.reason = slow ? "a plan took " + Math.round(nanos / 1e6 / time.rate()) + " ms, more than " + SLOW_MS : "";
        }
        long realNanos = (long) (nanos / time.rate());
        if (entry == active) {
            latest = plan;
            latestInput = input;
            latestNanos = time.nanoTime();
            candidates().forEach(candidate -> candidate.shadow.active(input, plan, realNanos));
        } else if (entry.role == Role.CANDIDATE) {
            entry.shadow.candidate(input, plan, realNanos);
        }
        for (Entry candidate : candidates()) {
            judge(candidate);
        }
    }

    private List<Entry> candidates() {
        return entries.stream().filter(entry -> entry.role == Role.CANDIDATE).toList();
    }

    /** A candidate that is worse than the active planner begins its proof anew; one that stays so is refused. */
    private void judge(Entry candidate) {
        Optional<String> fewer = candidate.shadow.servesFewer();
        Optional<String> more = candidate.shadow.switchesMore();
        if (candidate.shadow.worseInARow() >= PLANS_TO_PROVE) {
            reject(candidate, fewer.orElseThrow());
        } else if (fewer.isPresent()) {
            candidate.proven = 0;
            candidate.reason = fewer.get();
        } else if (more.isPresent() && candidate.proven >= PLANS_TO_PROVE) {
            reject(candidate, more.get());
        }
    }

    /**
     * With another planner to take over, one strike is enough. The only one is asked again after a growing pause: one bad plan must not end
     * charging for good.
     */
    private void reject(Entry entry, String reason) {
        refused++;
        entry.reason = reason;
        entry.agent.shutdownNow();
        if (only(entry)) {
            if (entry.strikes == 0) {
                LOG.error("Planner {} (bundle {}), the only one: {}. The plan in force is held; it is asked again",
                        entry.info.label(), entry.info.bundleId(), reason);
            }
            long pauseNanos = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(entry.strikes, 10));
            entry.strikes++;
            entry.notBeforeNanos = time.nanoTime() + pauseNanos;
            entry.calling = false;
            entry.generation++;
            return;
        }
        role(entry, Role.REJECTED);
        LOG.error("Planner {} (bundle {}) is not used any more: {}. {}", entry.info.label(), entry.info.bundleId(), reason,
                entry == active ? "The plan in force is held." : "The active planner goes on.");
        if (active == entry) {
            active = null;
        }
        assignRoles();
    }

    private void promote(Entry entry) {
        LOG.info("Planner {} takes over from {}: {}", entry.info.label(), active == null ? "nobody" : active.info.label(),
                entry.shadow);
        if (active != null) {
            role(active, Role.STANDBY);
        }
        activate(entry);
        assignRoles();
    }

    private void activate(Entry entry) {
        active = entry;
        entry.reason = "";
        role(entry, Role.ACTIVE);
        if (!entry.info.label().equals(promotedLabel)) {
            promotedLabel = entry.info.label();
            onPromoted.accept(promotedLabel);
        }
    }

    /** Without an active planner the best one is activated at once, unproven: each of its plans is checked all the same. */
    private void assignRoles() {
        if (active == null) {
            entries.stream().filter(entry -> entry.role != Role.REJECTED)
                    .max(Comparator.<Entry, Boolean>comparing(entry -> entry.info.label().equals(promotedLabel))
                            .thenComparing(BY_VERSION))
                    .ifPresent(this::activate);
        }
        for (Entry entry : entries) {
            if (entry != active && entry.role != Role.REJECTED) {
                boolean newer = active != null && entry.info.version().compareTo(active.info.version()) > 0;
                role(entry, newer ? Role.CANDIDATE : Role.STANDBY);
                if (newer && (entry.shadow == null || !entry.shadow.against().equals(active.info.label()))) {
                    entry.shadow = new ShadowReport(active.info.label());
                }
            }
        }
    }

    private void role(Entry entry, Role role) {
        if (entry.role != role) {
            entry.role = role;
            entry.roleNanos = time.nanoTime();
        }
    }

    /** The last accepted plan of the active planner; null before the first. */
    public Plan latest() {
        return latest;
    }

    /** What {@link #latest} answers; null before the first. */
    public PlanningInput latestInput() {
        return latestInput;
    }

    /** When {@link #latest} was accepted, process time. */
    public long latestNanos() {
        return latestNanos;
    }

    /** A planner is in use. */
    public boolean served() {
        return active != null;
    }

    /** How many plans or planners were refused. */
    public long refused() {
        return refused;
    }

    /** All planners, for people. */
    public List<PlannerSnapshot> snapshot() {
        return entries.stream().map(entry -> new PlannerSnapshot(entry.info.bundleId(), entry.info.symbolicName(),
                entry.info.version().toString(), entry.info.location(), entry.role, entry.plans, entry.roleNanos, entry.reason,
                Optional.ofNullable(entry.shadow).map(ShadowReport::comparison)))
                .toList();
    }

    private static final Comparator<Entry> BY_VERSION = Comparator.<Entry, Version>comparing(
            entry -> entry.info.version()).thenComparing(entry -> -entry.info.bundleId());

    private static final class Entry {

        private final PlannerInfo info;
        private final ChargePlanner planner;
        private ScheduledExecutorService agent;
        private int generation;
        private int strikes;
        private long notBeforeNanos;
        private Role role = Role.STANDBY;
        private long roleNanos;
        private boolean calling;
        private long calledNanos;
        private long plans;
        private int proven;
        private String reason = "";
        /** How its plans differ from those of another planner; null until it is a candidate. */
        private ShadowReport shadow;

        Entry(PlannerInfo info, ChargePlanner planner, ScheduledExecutorService agent, long now) {
            this.info = info;
            this.planner = planner;
            this.agent = agent;
            this.roleNanos = now;
            this.notBeforeNanos = now;
        }

        /**
         * It has a thread that is free. A call that ignores its interruption keeps the old thread: without this, each further attempt
         * would leave one more thread behind that never ends.
         */
        boolean ready(Function<PlannerInfo, ScheduledExecutorService> newAgent) {
            if (stuck()) {
                return false;
            }
            if (agent.isShutdown()) {
                agent = newAgent.apply(info);
            }
            return true;
        }

        /** Its last call was given up and has not ended. */
        boolean stuck() {
            return agent.isShutdown() && !agent.isTerminated();
        }
    }
}
