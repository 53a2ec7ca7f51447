package dcocpp.hwsim.internal.physics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;

/**
 * The simulated cabinet with the cars in front of it. Moves in fixed steps and knows no clock: the same commands at the same steps give
 * the same result. Belongs to one thread.
 */
public final class Cabinet {

    /** Length of a step of {@link #step}. */
    public static final long STEP_MS = 20;
    /** Length of a step in nanoseconds. */
    public static final long STEP_NANOS = STEP_MS * 1_000_000;

    private static final long ZERO_OFFER_NANOS = 500_000_000L;
    private static final long FORCE_OFF_NANOS = 1_000_000_000L;

    private final Ring ring;
    private final Map<Integer, Gun> guns = new TreeMap<>();
    private final Map<Integer, Slot> slots = new HashMap<>();
    private final Judge judge = new Judge();
    private final Watchdog watchdog;
    private final Switchgear switchgear;
    private final Identities identities = new Identities();
    private long nowNanos;
    private boolean shutDown;
    /** Something has happened that no step has seen yet. */
    private boolean disturbed = true;

    /**
     * Builds a cabinet, everything off, nobody plugged in.
     *
     * @param topology what it consists of
     * @param registerMilliWh what the meter of a connector starts at
     * @param watchdogFactor how many times longer than the contract says a command is valid, ≥ 1
     * @param nowNanos process time
     * @throws HardwareException when the topology is no ring of slots
     */
    public Cabinet(Topology topology, ToLongFunction<Integer> registerMilliWh, double watchdogFactor, long nowNanos)
            throws HardwareException {
        this(topology, registerMilliWh, watchdogFactor, Travel.usual(), nowNanos);
    }

    /**
     * Builds a cabinet, everything off, nobody plugged in.
     *
     * @param topology what it consists of
     * @param registerMilliWh what the meter of a connector starts at
     * @param watchdogFactor how many times longer than the contract says a command is valid, ≥ 1
     * @param travel how long its contactors take
     * @param nowNanos process time
     * @throws HardwareException when the topology is no ring of slots
     */
    public Cabinet(Topology topology, ToLongFunction<Integer> registerMilliWh, double watchdogFactor, Travel travel, long nowNanos)
            throws HardwareException {
        this.nowNanos = nowNanos;
        this.watchdog = new Watchdog(Math.round(ZERO_OFFER_NANOS * watchdogFactor), Math.round(FORCE_OFF_NANOS * watchdogFactor));
        List<Slot> all = new ArrayList<>();
        for (SlotSettings settings : Layout.clockwise(topology)) {
            Gun gun = topology.connector(settings.connectorId()).map(connector -> new Gun(connector, settings.gunContactor(),
                    registerMilliWh.applyAsLong(connector.id()), travel, nowNanos)).orElse(null);
            boolean joined = !settings.openEnd() && settings.clockwiseSlotId() != settings.id();
            Slot slot = new Slot(settings, joined, gun, travel, nowNanos);
            all.add(slot);
            if (gun != null) {
                guns.put(gun.connectorId(), gun);
                slots.put(gun.connectorId(), slot);
            }
        }
        this.ring = new Ring(all);
        this.switchgear = new Switchgear(ring, judge);
    }

    /** How old a command may be. */
    private record Watchdog(long zeroOfferNanos, long forceOffNanos) {
    }

    /** Takes the complete wanted state. */
    public void command(HardwareCommand wanted) {
        switchgear.command(wanted);
    }

    /** Forces everything off from the next step on. */
    public void shutDown() {
        shutDown = true;
    }

    /** Moves the world by one step. */
    public void step() {
        move(STEP_MS);
    }

    /**
     * Moves the world by this long under the command in force: in a single step as long as no contact travels, no set point ramps, no
     * conversation goes on and no time runs out, else in steps of {@link #STEP_MS}. Every switching is judged as with {@link #step};
     * energies differ by less than a thousandth, since a car's wish follows its battery once per step.
     *
     * @param millis a multiple of {@link #STEP_MS}
     */
    public void advance(long millis) {
        if (millis < 0 || millis % STEP_MS != 0) {
            throw new IllegalArgumentException(millis + " ms is no multiple of " + STEP_MS + " ms");
        }
        long left = millis;
        while (left > 0) {
            long length = left > STEP_MS && quiet(left) ? left : STEP_MS;
            move(length);
            left -= length;
        }
    }

    private boolean quiet(long millis) {
        return !disturbed && !shutDown && switchgear.ageNanos(nowNanos) + millis * 1_000_000 <= watchdog.zeroOfferNanos()
                && judge.settled(nowNanos) && switchgear.quiet(nowNanos, millis);
    }

    private void move(long millis) {
        disturbed = false;
        nowNanos += millis * 1_000_000;
        double seconds = millis / 1000.0;
        long age = switchgear.ageNanos(nowNanos);
        boolean mayOffer = age <= watchdog.zeroOfferNanos();
        boolean allOff = shutDown || age > watchdog.forceOffNanos();
        for (Slot slot : ring.slots()) {
            if (slot.gun() != null) {
                stepGun(slot, mayOffer, allOff);
            }
        }
        switchgear.step(nowNanos, allOff, seconds);
        ring.settle(millis);
        long milliW = 0;
        for (Slot slot : ring.slots()) {
            if (slot.gun() != null) {
                slot.gun().measure(nowNanos, slot.busV(), seconds);
                judge.cable(nowNanos, slot.gun());
            }
            milliW += Math.round(slot.busV() * slot.milliA());
        }
        judge.islands(nowNanos, ring.islands());
        judge.grid(nowNanos, milliW / 1000.0);
    }

    private void stepGun(Slot slot, boolean mayOffer, boolean allOff) {
        Gun gun = slot.gun();
        boolean busWeld = slot.busContactor() != null && slot.busContactor().weldSeen(nowNanos);
        boolean moduleWeld = false;
        for (PowerModule module : slot.modules()) {
            moduleWeld |= module.contactor().weldSeen(nowNanos);
        }
        Hlc.Stage before = gun.stage();
        gun.step(nowNanos, switchgear.wanted(gun), mayOffer, allOff, busWeld, moduleWeld);
        if (gun.stage() != before && gun.car() != null && !gun.faults().linkLost()) {
            identities.stageEntered(nowNanos, gun);
        }
    }

    /**
     * Limits what all modules together may take from the grid, from now on. Where it falls, the former limit holds for another while.
     *
     * @param limitW the most all modules may give together, W; infinite = no limit
     * @param settleMs how long the charger has to come down to it, ms
     */
    public void gridLimit(double limitW, long settleMs) {
        judge.gridLimit(nowNanos, limitW, settleMs * 1_000_000);
    }

    /** A contactor breaks, GC, MC or MN, and stays so until it is repaired. */
    public void contactorFault(String contactorId, ContactorFault kind) {
        disturbed = true;
        contactor(contactorId).fail(kind);
    }

    /** A contactor is replaced by a sound one, in the position it is told to have. */
    public void repairContactor(String contactorId) {
        disturbed = true;
        contactor(contactorId).repair(nowNanos);
    }

    private Contactor contactor(String contactorId) {
        return ring.contactor(contactorId).orElseThrow(() -> new SimulationException(SimulationException.Kind.UNKNOWN,
                "there is no contactor " + contactorId, "use a name of the topology"));
    }

    /** A car comes to a gun. */
    public void plug(int connectorId, PlugIn plugIn) {
        Gun gun = gun(connectorId);
        if (gun.car() != null) {
            throw new SimulationException(SimulationException.Kind.CONFLICT,
                    "connector " + connectorId + " already has a car: " + gun.car().model().name(), "unplug it first");
        }
        disturbed = true;
        gun.plug(new Car(plugIn));
    }

    /** The car is torn off its gun, whatever flows. */
    public void unplug(int connectorId) {
        requireCar(gun(connectorId));
        disturbed = true;
        gun(connectorId).unplug();
    }

    /** The car asks for no current, or for current again. Its pilot stays as it is. */
    public void pause(int connectorId, boolean paused) {
        Gun gun = gun(connectorId);
        requireCar(gun);
        if (gun.car().paused() == paused) {
            throw new SimulationException(SimulationException.Kind.CONFLICT,
                    "the car at connector " + connectorId + (paused ? " already pauses" : " does not pause"),
                    paused ? "resume it" : "pause it first");
        }
        disturbed = true;
        gun.car().pause(paused);
    }

    /**
     * The car loses its communication and begins it anew: its contactor opens once no current flows, its pilot is B for some seconds, then
     * it asks for energy again. It stays plugged in.
     */
    public void renegotiate(int connectorId) {
        Gun gun = gun(connectorId);
        requireCar(gun);
        if (!gun.renegotiate(nowNanos)) {
            throw new SimulationException(SimulationException.Kind.CONFLICT,
                    "the car at connector " + connectorId + " has not got beyond authorization", "let it charge first");
        }
        disturbed = true;
    }

    /** The driver ends the charge, in the car. It wants nothing more until it is plugged in anew. */
    public void end(int connectorId) {
        Gun gun = gun(connectorId);
        requireCar(gun);
        if (gun.car().full()) {
            throw new SimulationException(SimulationException.Kind.CONFLICT, "the car at connector " + connectorId + " wants nothing more already",
                    "unplug it");
        }
        disturbed = true;
        gun.car().end();
    }

    private static void requireCar(Gun gun) {
        if (gun.car() == null) {
            throw new SimulationException(SimulationException.Kind.CONFLICT, "connector " + gun.connectorId() + " has no car",
                    "plug one in first");
        }
    }

    /**
     * Something breaks at a gun, its slot or its modules.
     *
     * @param value a temperature in °C or a resistance in kΩ where the cause is one, else ignored; NaN = one that trips
     * @param moduleId the module it concerns; empty = the first of the slot
     */
    public void fault(int connectorId, FaultCause cause, double value, String moduleId) {
        Gun gun = gun(connectorId);
        disturbed = true;
        Faulty.inject(slotOf(gun), cause, value, moduleId);
    }

    /** What can break. */
    public static List<FaultCause> injectableCauses() {
        return FaultBoard.injectableCauses();
    }

    /** What was broken is mended: one cause, or all. What the PLC has latched stays until the controller clears it. */
    public void clear(int connectorId, Optional<FaultCause> cause) {
        Gun gun = gun(connectorId);
        disturbed = true;
        cause.ifPresentOrElse(gun.faults()::remove, gun.faults()::removeAll);
        Faulty.apply(slotOf(gun));
    }

    /** A card is held to the reader of a gun, or with 0 to that of the cabinet. */
    public void swipe(int connectorId, String idTag) {
        if (connectorId != 0 && gun(connectorId).faults().linkLost()) {
            throw new SimulationException(SimulationException.Kind.CONFLICT,
                    "the PLC of connector " + connectorId + " is not heard, so its reader is dead", "clear the link's fault first");
        }
        identities.card(nowNanos, connectorId, idTag);
    }

    /** The identities read since the last call. */
    public List<TokenRead> takeTokens() {
        return identities.take();
    }

    private Gun gun(int connectorId) {
        Gun gun = guns.get(connectorId);
        if (gun == null) {
            throw new SimulationException(SimulationException.Kind.UNKNOWN, "there is no connector " + connectorId,
                    "the connectors are " + guns.keySet());
        }
        return gun;
    }

    private Slot slotOf(Gun gun) {
        return slots.get(gun.connectorId());
    }

    /** Process time of the last step. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Lets the world stand still for this long: the steps are left out. */
    public void skip(long nanos) {
        nowNanos += nanos;
    }

    /** What the controller sees. */
    public HardwareSnapshot snapshot() {
        List<ModuleState> modules = new ArrayList<>();
        List<ContactorState> contactors = new ArrayList<>();
        for (Slot slot : ring.slots()) {
            boolean heard = slot.gun() == null || !slot.gun().faults().linkLost();
            if (slot.gun() != null) {
                contactors.add(slot.gun().contactor().state(nowNanos, heard));
            }
            if (slot.busContactor() != null) {
                contactors.add(slot.busContactor().state(nowNanos, true));
            }
            for (PowerModule module : slot.modules()) {
                modules.add(module.state());
                contactors.add(module.contactor().state(nowNanos, heard));
            }
        }
        return new HardwareSnapshot(nowNanos, HardwareSnapshot.Condition.READY, "", guns.values().stream().map(Gun::state).toList(),
                modules, contactors);
    }

    /** What is really so, for people and tests. */
    public List<GunTruth> truth() {
        return guns.values().stream().map(gun -> GunTruth.of(gun, slotOf(gun))).toList();
    }

    /** What the meter of the whole cabinet shows. */
    public GridTruth grid() {
        return GridTruth.of(ring.imported(), ring.slots().stream().flatMap(slot -> slot.modules().stream()).toList());
    }

    /** What a safe controller would not have done, oldest first; at most the last thousand. */
    public List<Violation> violations() {
        return judge.violations();
    }

    /** How many violations there have been. */
    public long violationCount() {
        return judge.count();
    }

    /** How many contactors have opened with 1 A or more through them because somebody or something forced them. */
    public long forcedUnderLoad() {
        return judge.forcedUnderLoad();
    }

    /** Lets the cars and meters of another cabinet go on at this one. */
    public void takeOver(Cabinet other) {
        other.guns.forEach((connectorId, gun) -> {
            Gun here = guns.get(connectorId);
            if (here != null && gun.car() != null) {
                here.plug(gun.unplug());
            }
        });
    }

    /** What the meter of a connector shows; empty when there is no such connector. */
    public Optional<Long> registerMilliWh(int connectorId) {
        return Optional.ofNullable(guns.get(connectorId)).map(gun -> gun.meter().milliWh());
    }
}
