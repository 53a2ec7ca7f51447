package dcocpp.controller.internal.ring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.controller.internal.journal.Wear;
import dcocpp.controller.internal.planning.ModuleWear;

/**
 * Accounts what modules and contactors are used, by feedback alone: hours in which a module gives current, switching operations, and those
 * that opened under load. Belongs to the control thread.
 */
public final class WearMeter implements ModuleWear {

    private static final double CURRENT_A = 1;
    private static final long LONGEST_STEP_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long KEEP_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double MILLIS_PER_TENTH = 360_000;

    private final Map<String, Long> onNanos = new HashMap<>();
    private final Map<String, Contactor> contactors = new HashMap<>();
    private RingState before;
    private boolean changed;
    private long keptNanos = Long.MIN_VALUE;

    private static final class Contactor {
        private Position known = Position.UNKNOWN;
        private long operations;
        private long loaded;
    }

    /** @param kept what {@link #all} gave before the restart */
    public WearMeter(List<Wear> kept) {
        for (Wear wear : kept) {
            if (wear.kind() == Wear.Kind.MODULE) {
                onNanos.put(wear.part(), wear.onMillis() * NANOS_PER_MILLI);
            } else {
                Contactor contactor = contactor(wear.part());
                contactor.operations = wear.operations();
                contactor.loaded = wear.loadedOperations();
            }
        }
    }

    private Contactor contactor(String name) {
        return contactors.computeIfAbsent(name, any -> new Contactor());
    }

    /** One tick: what the ring is like now. */
    public void see(RingState state) {
        state.feedback().contactors().values().forEach(this::follow);
        if (before != null) {
            // A snapshot that is seen twice, or after a silence, tells nothing of the time between.
            long step = state.nowNanos() - before.nowNanos();
            if (step > 0 && step <= LONGEST_STEP_NANOS) {
                run(state, step);
            }
        }
        before = state;
    }

    private void follow(ContactorState state) {
        Contactor contactor = contactor(state.contactorId());
        Position now = state.position();
        if (now == Position.UNKNOWN || now == contactor.known) {
            return;
        }
        if (contactor.known != Position.UNKNOWN) {
            contactor.operations++;
            if (now == Position.OPEN && before != null) {
                double currentA = before.boundA(state.contactorId());
                contactor.loaded += currentA >= CURRENT_A && currentA < Double.POSITIVE_INFINITY ? 1 : 0;
            }
            changed = true;
        }
        contactor.known = now;
    }

    private void run(RingState state, long step) {
        for (int slot = 0; slot < state.layout().size(); slot++) {
            SlotSettings settings = state.layout().slot(slot);
            for (ModuleSettings module : settings.modules()) {
                ModuleState its = state.module(module.id());
                boolean gives = its != null && (Double.isNaN(its.currentA()) ? its.on() : its.currentA() >= CURRENT_A);
                if (gives && state.closed(module.contactor())) {
                    onNanos.merge(module.id(), step, Long::sum);
                    changed = true;
                }
            }
        }
    }

    @Override
    public double hours(String moduleId) {
        return Math.floor(onNanos.getOrDefault(moduleId, 0L) / NANOS_PER_MILLI / MILLIS_PER_TENTH) / 10;
    }

    @Override
    public long operations(String name) {
        Contactor contactor = contactors.get(name);
        return contactor == null ? 0 : contactor.operations;
    }

    /**
     * What is to be kept now, at most once a minute; empty when nothing has changed.
     *
     * @param now process time
     */
    public Optional<List<Wear>> due(long now) {
        if (!changed || keptNanos != Long.MIN_VALUE && now - keptNanos < KEEP_NANOS) {
            return Optional.empty();
        }
        keptNanos = now;
        changed = false;
        return Optional.of(all());
    }

    /** All of it, sorted by kind and name. */
    public List<Wear> all() {
        List<Wear> all = new ArrayList<>();
        onNanos.forEach((id, nanos) -> all.add(new Wear(Wear.Kind.MODULE, id, nanos / NANOS_PER_MILLI, 0, 0)));
        contactors.forEach((name, contactor) -> {
            if (contactor.operations > 0) {
                all.add(new Wear(Wear.Kind.CONTACTOR, name, 0, contactor.operations, contactor.loaded));
            }
        });
        all.sort(Comparator.comparing(Wear::kind).thenComparing(Wear::part));
        return all;
    }
}
