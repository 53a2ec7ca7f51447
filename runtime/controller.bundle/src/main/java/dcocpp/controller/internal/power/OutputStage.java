package dcocpp.controller.internal.power;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.api.topology.SlotSettings;

/**
 * Switches one gun on and off in the order that keeps contactors whole: bus apart, modules on, bus at the vehicle's voltage, gun
 * contactor, current; and back. Each step waits for feedback, never for its own command, and has a time limit. Belongs to the control
 * thread.
 *
 * <p>A gun feeds from its home slot only; slots of neighbours are not joined.
 */
public final class OutputStage {

    private static final long MS = 1_000_000;
    private static final long FEEDBACK_NANOS = 500 * MS;
    private static final long ISOLATION_NANOS = 2_000 * MS;
    private static final long RAMP_DOWN_NANOS = 2_000 * MS;
    /** Below, the vehicle's side counts as dead and what is measured as noise. */
    private static final double LIVE_V = 60;
    private static final double PRECHARGE_CURRENT_A = 2;
    private static final double RAMP_UP_A_PER_S = 200;

    /** Where the output is. */
    public enum Step {
        /** Gun contactor open, modules off. */
        OFF,
        /** Waits until the slot's bus is apart from its neighbours. */
        ISOLATING,
        /** Modules bring the bus to the vehicle's voltage. */
        PRECHARGE,
        /** Gun contactor told to close. */
        CLOSING,
        /** Gun contactor closed. */
        ON,
        /** Current goes to zero. */
        RAMP_DOWN,
        /** Gun contactor told to open. */
        OPENING
    }

    private final ConnectorSettings connector;
    private final SlotSettings slot;
    private final String counterClockwiseBusContactor;
    private final Map<String, ModuleSequencer> modules = new LinkedHashMap<>();
    private Step step = Step.OFF;
    private long stepNanos;
    private final Steadiness steadiness = new Steadiness();
    private boolean emergency;
    private double setpointA;
    private long tickNanos;
    private double busV;
    private double voltageV;
    private Fault fault;

    /**
     * @param counterClockwiseBusContactor the bus contactor between the counter-clockwise neighbour and this slot; empty = none
     */
    public OutputStage(ConnectorSettings connector, SlotSettings slot, String counterClockwiseBusContactor) {
        this.connector = connector;
        this.slot = slot;
        this.counterClockwiseBusContactor = counterClockwiseBusContactor;
        slot.modules().forEach(module -> modules.put(module.id(), new ModuleSequencer(module)));
    }

    public Step step() {
        return step;
    }

    /** Switches on, as far as the steps allow. No effect unless it is off. */
    public void start(long now) {
        if (step == Step.OFF) {
            fault = null;
            emergency = false;
            go(Step.ISOLATING, now);
        }
    }

    /** Takes the current down and switches off. */
    public void stop(long now) {
        switch (step) {
            case ON -> go(Step.RAMP_DOWN, now);
            case ISOLATING, PRECHARGE, CLOSING -> go(Step.OPENING, now);
            default -> { }
        }
    }

    /** Switches off at once, whatever flows. */
    public void emergencyOff(long now) {
        if (step != Step.OFF) {
            emergency = true;
            if (step != Step.OPENING) {
                go(Step.OPENING, now);
            }
        }
    }

    /** What went wrong since the last start; null when nothing did. */
    public Fault fault() {
        return fault;
    }

    /** Something went wrong that only the session can see. */
    public void failed(FaultCause cause, String detail) {
        fault = new Fault(cause, detail);
    }

    /** Forgets what went wrong. */
    public void clearFault() {
        fault = null;
    }

    /** Gun contactor open and modules off. */
    public boolean off() {
        return step == Step.OFF && modules.values().stream().allMatch(ModuleSequencer::off);
    }

    /**
     * One tick.
     *
     * @param wantedModules modules that the plan gives this gun
     * @param allowedA most current now, A
     * @param targetVoltageV voltage the vehicle asks for, V
     */
    public void tick(GunView view, Collection<String> wantedModules, double allowedA, double targetVoltageV, double toleranceV,
            double openCurrentA, long prechargeTimeoutNanos) {
        long now = view.now();
        boolean feeding = step == Step.PRECHARGE || step == Step.CLOSING || step == Step.ON || step == Step.RAMP_DOWN;
        boolean gunClosed = view.is(slot.gunContactor(), Position.CLOSED);
        voltageV = targetVoltageV;
        busV = busVoltage(view, gunClosed);
        Set<String> wanted = feeding ? Set.copyOf(wantedModules) : Set.of();
        for (ModuleSequencer module : modules.values()) {
            module.tick(now, wanted.contains(module.settings().id()), view.modules().get(module.settings().id()),
                    view.contactors().get(module.settings().contactor()), busV, toleranceV, openCurrentA);
        }
        if ((feeding || step == Step.OPENING && gunClosed) && !apart(view) && fault == null) {
            fault = new Fault(FaultCause.MC_WELD, "a bus contactor beside slot " + slot.id() + " is not open");
            emergencyOff(now);
        }
        switch (step) {
            case ISOLATING -> isolating(view);
            case PRECHARGE -> precharge(view, toleranceV, prechargeTimeoutNanos);
            case CLOSING -> closing(view, gunClosed);
            case ON -> {
                if (view.is(slot.gunContactor(), Position.OPEN)) {
                    // The PLC opened it on its own: it has its reasons, and the session asks for a new start.
                    go(Step.OPENING, now);
                }
            }
            case RAMP_DOWN -> rampDown(view, openCurrentA);
            case OPENING -> opening(view, gunClosed);
            case OFF -> { }
        }
        setpointA = switch (step) {
            case PRECHARGE, CLOSING -> Math.min(PRECHARGE_CURRENT_A, allowedOrCable(allowedA));
            case ON -> Math.min(allowedOrCable(allowedA), setpointA + RAMP_UP_A_PER_S * (now - tickNanos) / 1e9);
            default -> 0;
        };
        tickNanos = now;
    }

    private double allowedOrCable(double allowedA) {
        return connector.maxCurrentA() > 0 ? Math.min(allowedA, connector.maxCurrentA()) : allowedA;
    }

    private double busVoltage(GunView view, boolean gunClosed) {
        double bus = gunClosed ? view.presentVoltageV() : 0;
        for (ModuleSequencer module : modules.values()) {
            var state = view.modules().get(module.settings().id());
            if (state != null && view.is(module.settings().contactor(), Position.CLOSED) && !Double.isNaN(state.voltageV())) {
                bus = Math.max(bus, state.voltageV());
            }
        }
        return bus;
    }

    private void isolating(GunView view) {
        if (apart(view) && view.is(slot.gunContactor(), Position.OPEN)) {
            go(Step.PRECHARGE, view.now());
        } else if (view.now() - stepNanos > ISOLATION_NANOS) {
            fail(FaultCause.MC_OPEN_TIMEOUT, "bus contactor beside slot " + slot.id() + " not open", view.now());
        }
    }

    /** This slot's bus is joined to no other, by feedback. */
    private boolean apart(GunView view) {
        return open(view, slot.busContactor()) && open(view, counterClockwiseBusContactor);
    }

    /** A contactor that the ring does not have cannot join anything; one without feedback may be closed. */
    private static boolean open(GunView view, String contactorId) {
        return contactorId.isEmpty() || view.is(contactorId, Position.OPEN)
                || !view.capabilities().ringActuation() && !view.contactors().containsKey(contactorId);
    }

    private void precharge(GunView view, double toleranceV, long timeoutNanos) {
        boolean ready = view.gun().hlc().powerReady();
        boolean matched = !view.capabilities().regulated()
                || modules.values().stream().anyMatch(ModuleSequencer::joined)
                        && Math.abs(busV - vehicleVoltage(view)) <= toleranceV;
        if (steadiness.reached(ready && matched, view.now())) {
            go(Step.CLOSING, view.now());
        } else if (!(ready && matched) && view.now() - stepNanos > timeoutNanos) {
            fail(FaultCause.PRECHARGE_TIMEOUT, String.format("bus %.0f V, vehicle %.0f V", busV, vehicleVoltage(view)), view.now());
        }
    }

    private double vehicleVoltage(GunView view) {
        return view.presentVoltageV() > LIVE_V ? view.presentVoltageV() : voltageV;
    }

    private void closing(GunView view, boolean gunClosed) {
        if (gunClosed) {
            go(Step.ON, view.now());
        } else if (view.now() - stepNanos > 2 * FEEDBACK_NANOS) {
            fail(FaultCause.GC_CLOSE_TIMEOUT, slot.gunContactor() + " does not close", view.now());
        }
    }

    private void rampDown(GunView view, double openCurrentA) {
        boolean low = Math.abs(view.presentCurrentA()) < openCurrentA;
        if (steadiness.reached(low, view.now())) {
            go(Step.OPENING, view.now());
        } else if (!low && view.now() - stepNanos > RAMP_DOWN_NANOS) {
            fail(FaultCause.GC_OPEN_TIMEOUT, String.format("still %.1f A", view.presentCurrentA()), view.now());
        }
    }

    private void opening(GunView view, boolean gunClosed) {
        boolean modulesOff = modules.values().stream().allMatch(ModuleSequencer::off);
        boolean late = view.now() - stepNanos > 2 * FEEDBACK_NANOS;
        // Without feedback nobody knows: after its time it counts as off, and the lost link is the fault.
        boolean open = view.is(slot.gunContactor(), Position.OPEN) || !gunClosed && late;
        if (!view.hardwarePresent() || open && modulesOff) {
            emergency = false;
            go(Step.OFF, view.now());
        } else if (gunClosed && late && (fault == null || fault.cause() != FaultCause.GC_WELD)) {
            fault = new Fault(FaultCause.GC_WELD, slot.gunContactor() + " stays closed");
        }
    }

    private void fail(FaultCause cause, String detail, long now) {
        fault = new Fault(cause, detail);
        go(Step.OPENING, now);
    }

    private void go(Step next, long now) {
        step = next;
        stepNanos = now;
        steadiness.restart();
    }

    /** The gun contactor shall be closed. */
    public boolean closeGunContactor() {
        return step == Step.CLOSING || step == Step.ON || step == Step.RAMP_DOWN;
    }

    /** The gun contactor is closed, by feedback. */
    public boolean gunContactorClosed(GunView view) {
        return view.is(slot.gunContactor(), Position.CLOSED);
    }

    /** Everything off at once. */
    public boolean forceOff() {
        return emergency;
    }

    /** Current that the modules are told to give, A. */
    public double setpointA() {
        return setpointA;
    }

    /** What the modules of the slot shall do. */
    public List<ModuleCommand> commands() {
        double joinedW = modules.values().stream().filter(ModuleSequencer::joined)
                .mapToDouble(module -> module.settings().ratedPowerW()).sum();
        List<ModuleCommand> commands = new ArrayList<>();
        for (ModuleSequencer module : modules.values()) {
            double shareA = emergency || joinedW == 0 ? 0 : setpointA * module.settings().ratedPowerW() / joinedW;
            commands.add(emergency ? off(module) : module.command(voltageV, busV, shareA));
        }
        return commands;
    }

    /** In an emergency the module stops at once; its contactor stays until the current is gone. */
    private static ModuleCommand off(ModuleSequencer module) {
        ModuleCommand ordinary = module.command(0, 0, 0);
        return new ModuleCommand(ordinary.moduleId(), ordinary.closeContactor(), false, 0, 0);
    }

    /** Modules that feed the gun now. */
    public List<String> joinedModules() {
        return modules.values().stream().filter(ModuleSequencer::joined).map(module -> module.settings().id()).toList();
    }

    /** What the modules on the bus can give together, W. */
    public double joinedPowerW() {
        return modules.values().stream().filter(ModuleSequencer::joined).mapToDouble(module -> module.settings().ratedPowerW()).sum();
    }
}
