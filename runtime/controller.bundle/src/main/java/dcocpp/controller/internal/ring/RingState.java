package dcocpp.controller.internal.ring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.topology.ModuleSettings;
import dcocpp.api.topology.SlotSettings;

/**
 * The ring at one moment as its feedback shows it. A contactor without feedback counts as closed where closed is dangerous, a current or
 * voltage that is not measured is not known and never zero. Immutable.
 */
public final class RingState {

    /** A bus below this counts as dead, V. */
    static final double DEAD_V = 60;
    /** For so long the current must have been low before a contactor opens. */
    private static final long QUIET_NANOS = 200_000_000L;
    /** For so long a module must have been off, and nothing else on its bus have had a current, before its own sensor is disbelieved. */
    private static final long DISBELIEVED_NANOS = 3_000_000_000L;

    private final RingLayout layout;
    private final RingFeedback feedback;
    private final Map<String, ContactorState> contactors;
    private final double[] busV;
    private final boolean[] measured;
    private final boolean[] edgeOpen;
    private final boolean[] gunOpen;
    private final boolean[][] mayBeBus;
    private final Map<String, Long> pathlessSince;
    private final Map<String, Long> quietSince;
    private final double[] drawnW;
    private final long[] drawnKnownNanos;

    RingState(RingLayout layout, RingFeedback feedback, Map<String, ContactorState> contactors, RingState before, double[] lastV,
            long[] darkSince) {
        this.layout = layout;
        this.feedback = feedback;
        this.contactors = contactors;
        this.busV = new double[layout.size()];
        this.measured = new boolean[layout.size()];
        this.edgeOpen = new boolean[layout.size()];
        this.gunOpen = new boolean[layout.size()];
        this.mayBeBus = new boolean[layout.size()][];
        for (int i = 0; i < layout.size(); i++) {
            edgeOpen[i] = isOpen(i);
            gunOpen[i] = layout.slot(i).connectorId() == 0 || open(layout.slot(i).gunContactor());
        }
        BusVoltages.fill(this, lastV, darkSince, busV, measured);
        this.pathlessSince = pathlessSince(before);
        this.quietSince = quietSince(before);
        this.drawnW = new double[layout.size()];
        this.drawnKnownNanos = new long[layout.size()];
        DrawnPower.fill(this, before, drawnW, drawnKnownNanos);
    }

    /** Contactors of modules that say that they are off, and that no current can come from or go to, whatever their sensors show. */
    private Map<String, Long> pathlessSince(RingState before) {
        Map<String, Long> since = new HashMap<>();
        for (int i = 0; i < layout.size(); i++) {
            for (ModuleSettings module : layout.slot(i).modules()) {
                ModuleState known = module(module.id());
                if (!open(module.contactor()) && known != null && !known.on() && othersBoundA(i, module, Double.POSITIVE_INFINITY) < 1) {
                    Long old = before == null ? null : before.pathlessSince.get(module.contactor());
                    since.put(module.contactor(), old == null ? feedback.nowNanos() : old);
                }
            }
        }
        return since;
    }

    private Map<String, Long> quietSince(RingState before) {
        Map<String, Long> since = new HashMap<>();
        for (String contactor : contactors.keySet()) {
            if (boundA(contactor) < 1) {
                Long old = before == null ? null : before.quietSince.get(contactor);
                since.put(contactor, old == null ? feedback.nowNanos() : old);
            }
        }
        return since;
    }

    /** Process time of the snapshot, ns. */
    public long nowNanos() {
        return feedback.nowNanos();
    }

    /** All contactors by name, with what the {@link ContactorBook} knows of them. */
    public Map<String, ContactorState> contactors() {
        return contactors;
    }

    RingLayout layout() {
        return layout;
    }

    RingFeedback feedback() {
        return feedback;
    }

    /** The gun of this slot; null when there is none or nothing is known of it. */
    GunState gunAt(int slot) {
        return feedback.guns().get(layout.slot(slot).connectorId());
    }

    /** A module; null when nothing is known of it. */
    ModuleState module(String moduleId) {
        return feedback.modules().get(moduleId);
    }

    /** Feedback of a contactor. */
    Position position(String contactor) {
        ContactorState state = contactors.get(contactor);
        return state == null ? Position.UNKNOWN : state.position();
    }

    boolean open(String contactor) {
        return position(contactor) == Position.OPEN && !welded(contactor);
    }

    boolean closed(String contactor) {
        return position(contactor) == Position.CLOSED;
    }

    boolean welded(String contactor) {
        ContactorState state = contactors.get(contactor);
        return state != null && state.welded();
    }

    boolean stuckOpen(String contactor) {
        ContactorState state = contactors.get(contactor);
        return state != null && state.stuckOpen();
    }

    /** Nothing joins the two slots of this edge. Hardware without a ring need not report contactors that nobody can move. */
    boolean edgeOpen(int edge) {
        return edgeOpen[layout.at(edge)];
    }

    private boolean isOpen(int edge) {
        String contactor = layout.contactor(edge);
        return !layout.exists(edge) || !feedback.capabilities().ringActuation() && !contactors.containsKey(contactor)
                || open(contactor);
    }

    boolean edgeClosed(int edge) {
        return layout.exists(edge) && closed(layout.contactor(edge));
    }

    /** The edge cannot be cut. */
    boolean edgeWelded(int edge) {
        return layout.exists(edge) && welded(layout.contactor(edge));
    }

    /** The gun contactor of this slot is open, or the slot has no gun. */
    boolean gunOpen(int slot) {
        return gunOpen[layout.at(slot)];
    }

    /** All module contactors of this slot are open. */
    boolean modulesOpen(int slot) {
        return layout.slot(slot).modules().stream().allMatch(module -> open(module.contactor()));
    }

    /** Voltage of the bus of this slot, V; where it is not measured an upper bound, NaN = not known. */
    double busV(int slot) {
        return busV[layout.at(slot)];
    }

    /** The voltage is measured, not concluded. */
    boolean measured(int slot) {
        return measured[layout.at(slot)];
    }

    /** Known to be below 60 V. */
    boolean dead(int slot) {
        return busV(slot) < DEAD_V;
    }

    /** Power that the gun of this slot draws, W; where it is not known what it drew a moment before, see {@link DrawnPower}. */
    double drawnW(int slot) {
        return drawnW[layout.at(slot)];
    }

    /** When {@link #drawnW} was known last, process time; {@link Long#MIN_VALUE} = never. */
    long drawnKnownNanos(int slot) {
        return drawnKnownNanos[layout.at(slot)];
    }

    /** Slots on the same bus as this one, over the edges that this condition calls joined. */
    boolean[] bus(int slot, IntPredicate joined) {
        boolean[] found = new boolean[layout.size()];
        Deque<Integer> left = new ArrayDeque<>();
        left.add(layout.at(slot));
        found[layout.at(slot)] = true;
        while (!left.isEmpty()) {
            int here = left.remove();
            int next = layout.at(here + 1);
            int before = layout.at(here - 1);
            if (!found[next] && joined.test(here)) {
                found[next] = true;
                left.add(next);
            }
            if (!found[before] && joined.test(before)) {
                found[before] = true;
                left.add(before);
            }
        }
        return found;
    }

    /** Slots that may be on the same bus: joined by whatever is not known to be open. Not to be changed. */
    boolean[] mayBeBus(int slot) {
        int at = layout.at(slot);
        if (mayBeBus[at] == null) {
            boolean[] bus = bus(at, edge -> !edgeOpen(edge));
            for (int i = 0; i < bus.length; i++) {
                mayBeBus[i] = bus[i] ? bus : mayBeBus[i];
            }
        }
        return mayBeBus[at];
    }

    /** The current through this contactor has been below 1 A for 200 ms, by measurement. */
    boolean quiet(String contactor) {
        Long since = quietSince.get(contactor);
        return since != null && feedback.nowNanos() - since >= QUIET_NANOS;
    }

    /**
     * The most that can flow through this contactor, A; infinite where that is not known. Its own sensor counts where it has one that
     * works. Else it is concluded from both sides: what flows through is at most what the sources and guns of either side carry together,
     * and, as power modules give current but never take any, with a single gun at most what the one side gives and the other takes. That
     * also counts where a module that has been off for a while still shows a current: its sensor is wrong.
     */
    double boundA(String contactor) {
        Long pathless = pathlessSince.get(contactor);
        if (open(contactor) || pathless != null && feedback.nowNanos() - pathless >= DISBELIEVED_NANOS) {
            return 0;
        }
        int at = layout.slotOf(contactor);
        if (at < 0) {
            return Double.POSITIVE_INFINITY;
        }
        SlotSettings slot = layout.slot(at);
        if (slot.busContactor().equals(contactor)) {
            return layout.exists(at) ? edgeBoundA(at) : Double.POSITIVE_INFINITY;
        }
        if (slot.gunContactor().equals(contactor)) {
            boolean[] bus = mayBeBus(at);
            double ownA = gunA(at);
            return ownA < Double.POSITIVE_INFINITY ? ownA : bound(0, ownA, modulesA(bus, ""), gunsA(bus, at), gunsOn(bus) <= 1);
        }
        ModuleSettings module = slot.modules().stream().filter(one -> one.contactor().equals(contactor)).findFirst().orElseThrow();
        double ownA = moduleA(module);
        return ownA < Double.POSITIVE_INFINITY ? ownA : othersBoundA(at, module, ownA);
    }

    /** What can flow through the contactor of this module by what the others on its bus give and take, A. */
    private double othersBoundA(int slot, ModuleSettings module, double ownA) {
        boolean[] bus = mayBeBus(slot);
        return bound(ownA, 0, modulesA(bus, module.id()), gunsA(bus, -1), gunsOn(bus) <= 1);
    }

    private double edgeBoundA(int edge) {
        boolean[] one = bus(edge, other -> other != edge && !edgeOpen(other));
        if (one[layout.at(edge + 1)]) {
            // Closed all around: the current comes from both sides.
            return Math.min(modulesA(one, ""), gunsA(one, -1));
        }
        boolean[] other = bus(edge + 1, another -> another != edge && !edgeOpen(another));
        return bound(modulesA(one, ""), gunsA(one, -1), modulesA(other, ""), gunsA(other, -1), gunsOn(one) + gunsOn(other) <= 1);
    }

    private static double bound(double modulesOneA, double gunsOneA, double modulesOtherA, double gunsOtherA, boolean oneGun) {
        double either = Math.min(modulesOneA + gunsOneA, modulesOtherA + gunsOtherA);
        return oneGun ? Math.min(either, Math.max(Math.min(modulesOneA, gunsOtherA), Math.min(modulesOtherA, gunsOneA))) : either;
    }

    /** No gun contactor that may be closed is on the bus of this slot. */
    boolean gunless(int slot) {
        return gunsOn(mayBeBus(slot)) == 0;
    }

    private int gunsOn(boolean[] bus) {
        int count = 0;
        for (int i = 0; i < bus.length; i++) {
            count += bus[i] && !gunOpen(i) ? 1 : 0;
        }
        return count;
    }

    private double modulesA(boolean[] bus, String except) {
        double sum = 0;
        for (int i = 0; i < bus.length; i++) {
            if (bus[i]) {
                for (ModuleSettings module : layout.slot(i).modules()) {
                    sum += module.id().equals(except) ? 0 : moduleA(module);
                }
            }
        }
        return sum;
    }

    private double moduleA(ModuleSettings module) {
        ModuleState state = module(module.id());
        return open(module.contactor()) ? 0 : known(state == null ? Double.NaN : state.currentA());
    }

    private double gunsA(boolean[] bus, int except) {
        double sum = 0;
        for (int i = 0; i < bus.length; i++) {
            sum += bus[i] && i != except ? gunA(i) : 0;
        }
        return sum;
    }

    private double gunA(int slot) {
        GunState gun = gunAt(slot);
        return gunOpen(slot) ? 0 : known(gun == null ? Double.NaN : gun.presentCurrentA());
    }

    private static double known(double currentA) {
        return Double.isNaN(currentA) ? Double.POSITIVE_INFINITY : Math.abs(currentA);
    }
}
