package dcocpp.controller.internal.ring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/**
 * What is known of contactors that do not do what they are told. One that stays closed is welded; one that stays open gets a second try
 * half a second later and then counts as stuck; a bus contactor that opens by itself is not closed again. Marks outlive a restart and go
 * only when an operator clears them. Belongs to the control thread.
 */
public final class ContactorBook {

    private static final Logger LOG = LoggerFactory.getLogger(ContactorBook.class);
    private static final long FEEDBACK_NANOS = 500_000_000L;
    private static final long FORGET_MISS_NANOS = 5_000_000_000L;

    /** What is wrong with a contactor. */
    public enum Mark {
        /** It stays closed. */
        WELDED("does not open"),
        /** It stays open. */
        STUCK("does not close"),
        /** It was closed and has opened. */
        OPENED("opened by itself");

        private final String words;

        Mark(String words) {
            this.words = words;
        }
    }

    private static final class Watch {
        private boolean wanted;
        private long wantedSince;
        private long otherwiseSince = Long.MIN_VALUE;
        private Position position = Position.UNKNOWN;
        private boolean missed;
        private long tryAgainNanos = Long.MIN_VALUE;
    }

    private final Consumer<String> keep;
    private final Map<String, Mark> marks = new TreeMap<>();
    private final Map<String, Watch> watches = new HashMap<>();
    private final Map<Integer, SlotSettings> homes = new HashMap<>();
    private final Map<String, String> moduleContactors = new HashMap<>();

    /**
     * @param kept what was last given to {@code keep}; empty = nothing
     * @param keep keeps this text over a restart; called when a mark comes or goes
     */
    public ContactorBook(String kept, Consumer<String> keep) {
        this.keep = keep;
        for (String entry : kept.split(" ")) {
            int colon = entry.lastIndexOf(':');
            for (Mark mark : Mark.values()) {
                if (colon > 0 && mark.name().equals(entry.substring(colon + 1))) {
                    marks.put(entry.substring(0, colon), mark);
                }
            }
        }
    }

    /** The cabinet that the contactors belong to. */
    void cabinet(Topology topology) {
        homes.clear();
        moduleContactors.clear();
        watches.clear();
        for (SlotSettings slot : topology.slots()) {
            if (slot.connectorId() != 0) {
                homes.put(slot.connectorId(), slot);
            }
            slot.modules().forEach(module -> moduleContactors.put(module.id(), module.contactor()));
        }
    }

    /** All marks by contactor. */
    public Map<String, Mark> marks() {
        return Map.copyOf(marks);
    }

    /**
     * Compares what contactors were told with what they did.
     *
     * @param last the latest command; null before the first
     */
    void judge(RingFeedback feedback, HardwareCommand last) {
        if (last == null || !feedback.present()) {
            watches.clear();
            return;
        }
        Set<String> gunContactors = new HashSet<>();
        Set<String> wanted = wanted(last, gunContactors);
        for (ContactorState contactor : feedback.contactors().values()) {
            judge(contactor, wanted.contains(contactor.contactorId()), gunContactors.contains(contactor.contactorId()),
                    feedback.nowNanos());
        }
    }

    private Set<String> wanted(HardwareCommand last, Set<String> gunContactors) {
        Set<String> wanted = new HashSet<>(last.closedBusContactors());
        for (GunCommand gun : last.guns()) {
            SlotSettings home = homes.get(gun.connectorId());
            if (home != null) {
                gunContactors.add(home.gunContactor());
                if (gun.closeContactor() && !gun.forceOff()) {
                    wanted.add(home.gunContactor());
                }
            }
        }
        for (ModuleCommand module : last.modules()) {
            if (module.closeContactor() && moduleContactors.containsKey(module.moduleId())) {
                wanted.add(moduleContactors.get(module.moduleId()));
            }
        }
        return wanted;
    }

    /** Nothing is concluded from what was told so far. */
    void watchAnew() {
        watches.clear();
    }

    private void judge(ContactorState contactor, boolean wanted, boolean gunContactor, long now) {
        Watch watch = watches.computeIfAbsent(contactor.contactorId(), id -> new Watch());
        watch.position = contactor.position();
        if (wanted != watch.wanted) {
            watch.wanted = wanted;
            watch.wantedSince = now;
            watch.otherwiseSince = Long.MIN_VALUE;
        }
        boolean otherwise = contactor.position() == (wanted ? Position.OPEN : Position.CLOSED);
        if (!otherwise) {
            watch.otherwiseSince = Long.MIN_VALUE;
            watch.missed &= wanted ? contactor.position() != Position.CLOSED : now - watch.wantedSince < FORGET_MISS_NANOS;
            return;
        }
        if (watch.otherwiseSince == Long.MIN_VALUE) {
            watch.otherwiseSince = now;
        } else if (now - watch.otherwiseSince >= FEEDBACK_NANOS || wanted && contactor.stuckOpen()) {
            watch.otherwiseSince = Long.MIN_VALUE;
            if (!wanted) {
                mark(contactor.contactorId(), Mark.WELDED);
            } else if (!watch.missed || gunContactor) {
                watch.missed = true;
                watch.tryAgainNanos = now + FEEDBACK_NANOS;
            } else {
                mark(contactor.contactorId(), Mark.STUCK);
            }
        }
    }

    /** It was closed and has opened by itself, perhaps under load: there is no second try. */
    void opened(String contactor) {
        mark(contactor, Mark.OPENED);
    }

    /** It is closed although its auxiliary contact says open: something else shows it. */
    void welded(String contactor) {
        mark(contactor, Mark.WELDED);
    }

    private void mark(String contactor, Mark mark) {
        if (marks.put(contactor, mark) != mark) {
            LOG.error("Contactor {} {} and is not used until an operator clears its fault", contactor, mark.words);
            keep();
        }
    }

    private void keep() {
        List<String> entries = new ArrayList<>();
        marks.forEach((contactor, mark) -> entries.add(contactor + ":" + mark));
        keep.accept(String.join(" ", entries));
    }

    /** It may be told to close now: no mark, and no pause before the second try. */
    boolean mayClose(String contactor, long now) {
        Watch watch = watches.get(contactor);
        return !marks.containsKey(contactor)
                && (watch == null || watch.tryAgainNanos == Long.MIN_VALUE || now - watch.tryAgainNanos >= 0);
    }

    /** Forgets what is over: a weld only when the contactor is seen to be open. */
    public void clear(Collection<String> contactors) {
        boolean changed = false;
        for (String contactor : contactors) {
            Watch watch = watches.get(contactor);
            boolean over = marks.get(contactor) != Mark.WELDED || watch != null && watch.position == Position.OPEN;
            changed |= over && marks.remove(contactor) != null;
            if (watch != null && over) {
                watch.missed = false;
                watch.tryAgainNanos = Long.MIN_VALUE;
            }
        }
        if (changed) {
            keep();
        }
    }

    /**
     * The contactors with their marks. What the hardware itself knows counts as well; but that a contactor has not closed yet is judged
     * here, where the second try is known of.
     */
    Map<String, ContactorState> marked(Map<String, ContactorState> contactors) {
        Map<String, ContactorState> marked = new HashMap<>();
        contactors.forEach((id, contactor) -> {
            Watch watch = watches.get(id);
            Mark mark = marks.get(id);
            boolean stuck = mark == Mark.STUCK || mark == Mark.OPENED
                    || contactor.stuckOpen() && (watch == null || !watch.wanted && !watch.missed);
            marked.put(id, new ContactorState(id, contactor.position(), contactor.welded() || mark == Mark.WELDED, stuck,
                    contactor.sinceNanos(), contactor.operations()));
        });
        return marked;
    }

    /** What the connector of a slot shows of the marks in and beside it. */
    List<Fault> faults(SlotSettings slot, SlotSettings counterClockwise) {
        List<Fault> faults = new ArrayList<>();
        add(faults, slot.gunContactor(), FaultCause.GC_WELD);
        for (ModuleSettings module : slot.modules()) {
            add(faults, module.contactor(), FaultCause.MN_WELD);
        }
        add(faults, slot.busContactor(), FaultCause.MC_WELD);
        add(faults, counterClockwise.busContactor(), FaultCause.MC_WELD);
        return faults;
    }

    /** What is shown of a slot without gun: nobody's own, so that it stops nobody. */
    List<Fault> faultsWithoutGun(SlotSettings slot) {
        List<Fault> faults = new ArrayList<>();
        for (ModuleSettings module : slot.modules()) {
            add(faults, module.contactor(), FaultCause.MODULE_DEGRADED);
        }
        add(faults, slot.busContactor(), FaultCause.MC_WELD);
        return faults;
    }

    private void add(List<Fault> faults, String contactor, FaultCause weld) {
        Mark mark = marks.get(contactor);
        if (mark != null) {
            faults.add(new Fault(mark == Mark.WELDED ? weld : FaultCause.MODULE_DEGRADED, contactor + " " + mark.words));
        }
    }
}
