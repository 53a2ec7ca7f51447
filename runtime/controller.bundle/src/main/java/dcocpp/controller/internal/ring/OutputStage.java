package dcocpp.controller.internal.ring;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.planner.GunInput;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.controller.internal.power.GunView;

/**
 * Switches one gun on and off in the order that keeps contactors whole: its slots apart from the rest of the ring and joined with each
 * other, modules on, bus at the vehicle's voltage, gun contactor, current; and back. Each step waits for feedback, never for its own
 * command, and has a time limit. Belongs to the control thread.
 */
public final class OutputStage {

    private static final Logger LOG = LoggerFactory.getLogger(OutputStage.class);
    private static final long MS = 1_000_000;
    private static final long FEEDBACK_NANOS = 500 * MS;
    /** Two tries and the pause between them. */
    private static final long CLOSING_NANOS = 3 * FEEDBACK_NANOS + 200 * MS;
    /** For so long a current may keep the gun contactor from opening. */
    private static final long RAMP_DOWN_NANOS = 2_000 * MS;
    private static final double PRECHARGE_CURRENT_A = 2;
    private static final double RAMP_UP_A_PER_S = 200;

    /** Where the output is. */
    public enum Step {
        /** Gun contactor open, modules off. */
        OFF,
        /** Waits until the run's bus is apart from its neighbours, without voltage, joined within and has a module that shall feed it. */
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

    /**
     * What the ring can give this gun in a tick.
     *
     * @param missing what the run still lacks before it may be switched on, as the fault that it is when it lasts; empty = nothing
     * @param modules modules that feed, or can feed, its bus
     * @param coming another module is on its way onto its bus
     * @param powerW what they can give, W, derated
     * @param currentA what they can give, A
     * @param busV voltage of its bus, V; NaN = not known
     * @param measured that voltage is measured
     * @param off all its modules are off and no transfer runs
     * @param heldUp its bus kept its voltage without a source
     */
    record Feed(Optional<Fault> missing, List<String> modules, boolean coming, double powerW, double currentA, double busV,
            boolean measured, boolean off, boolean heldUp) {

        private static final Feed NONE = new Feed(Optional.empty(), List.of(), false, 0, 0, Double.NaN, false, true, false);
    }

    private final ConnectorSettings connector;
    private final String gunContactor;
    private Feed feed = Feed.NONE;
    private Step step = Step.OFF;
    private long stepNanos;
    private final Steadiness steadiness = new Steadiness();
    private final StartAttempts attempts = new StartAttempts();
    private boolean emergency;
    private boolean openAnyway;
    /** Since when the gun contactor has been open although it is on, process time; {@link Long#MAX_VALUE} = it is not. */
    private long openSince = Long.MAX_VALUE;
    private boolean mayClose;
    private double setpointA;
    private long tickNanos = Long.MIN_VALUE;
    private double voltageV;
    private Fault fault;

    OutputStage(ConnectorSettings connector, String gunContactor) {
        this.connector = connector;
        this.gunContactor = gunContactor;
    }

    public Step step() {
        return step;
    }

    /** Switches on, as far as the steps allow. No effect unless it is off. */
    public void start(long now) {
        if (step == Step.OFF) {
            fault = null;
            emergency = false;
            attempts.begin();
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
        setpointA = 0;
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
        attempts.forget();
    }

    /** Gun contactor open and modules off. */
    public boolean off() {
        return step == Step.OFF && feed.off();
    }

    /** The modules may be on the bus. */
    boolean feeding() {
        return step == Step.PRECHARGE || step == Step.CLOSING || step == Step.ON || step == Step.RAMP_DOWN;
    }

    /** Its bus is being brought to the vehicle's voltage, or its gun contactor is about to close. */
    boolean starting() {
        return step == Step.PRECHARGE || step == Step.CLOSING;
    }

    /** How long it has been in its step. */
    long inStepNanos(long now) {
        return now - stepNanos;
    }

    /** One tick before anything is decided: what the ring has become. */
    void see(Feed newFeed, long now) {
        if (starting() && !feed.modules().isEmpty() && newFeed.modules().isEmpty()) {
            attempts.loseSource();
        }
        if (step == Step.CLOSING && newFeed.modules().isEmpty()) {
            // Its contactor shall not close onto a bus that nothing holds at the vehicle's voltage.
            giveUp(FaultCause.GC_CLOSE_TIMEOUT, "what fed its bus has gone", now);
        }
        feed = newFeed;
    }

    /** What this start waits for is another gun's, or nobody's: when that lasts it is given up without a fault, and may be begun anew. */
    void waitForOthers(long now) {
        attempts.waitForOthers(now);
        if (attempts.waitedLong(stepNanos, now)) {
            stop(now);
        }
    }

    /** A start that fails. Where it had lost its source it begins anew a few times: another module may feed it then. */
    private void giveUp(FaultCause cause, String detail, long now) {
        if (attempts.mayBeginAnew()) {
            LOG.warn("Connector {}: its start has lost its source and is given up without a fault ({}: {})", connector.id(), cause, detail);
            stop(now);
        } else {
            fail(cause, detail, now);
        }
    }

    /**
     * One tick.
     *
     * @param gunState the gun; null = nothing is known of it
     * @param gun its limits and voltage
     * @param allowedA most current now, A
     * @param contactorMayClose its contactor may be told to close now
     */
    void tick(RingState state, GunState gunState, GunInput gun, double allowedA, boolean contactorMayClose, RingLimits limits) {
        long now = state.nowNanos();
        boolean gunClosed = state.closed(gunContactor);
        mayClose = contactorMayClose || gunClosed;
        voltageV = busTarget(gunState, gun);
        switch (step) {
            case ISOLATING -> isolating(now);
            case PRECHARGE -> precharge(state, gunState, limits);
            case CLOSING -> closing(now, gunClosed);
            case ON -> on(state, gunState, limits.openCurrentA());
            case RAMP_DOWN -> rampDown(state, gunState, limits.openCurrentA());
            case OPENING -> opening(state, gunState, limits.openCurrentA());
            case OFF -> { }
        }
        double mostA = connector.maxCurrentA() > 0 ? Math.min(allowedA, connector.maxCurrentA()) : allowedA;
        setpointA = switch (step) {
            case PRECHARGE, CLOSING -> Math.min(PRECHARGE_CURRENT_A, Math.min(mostA, feed.currentA()));
            // Nothing shall flow where it opens, or meet what closes again.
            case ON -> openSince != Long.MAX_VALUE ? 0
                    : Math.min(Math.min(mostA, feed.currentA()), setpointA + RAMP_UP_A_PER_S * sinceTick(now));
            default -> 0;
        };
        tickNanos = now;
    }

    private double sinceTick(long now) {
        return tickNanos == Long.MIN_VALUE ? 0 : (now - tickNanos) / 1e9;
    }

    /** The hardware was told to give no current meanwhile: it begins at zero again. */
    void restartRamp() {
        setpointA = 0;
        tickNanos = Long.MIN_VALUE;
    }

    /** A vehicle that is there sets the voltage of the precharge; afterwards it is what the vehicle asks for. */
    private double busTarget(GunState gunState, GunInput gun) {
        if (gunState == null) {
            return gun.voltageV();
        }
        boolean live = gunState.presentVoltageV() >= RingState.DEAD_V;
        if (live && starting()) {
            return gunState.presentVoltageV();
        }
        double targetV = gunState.targetVoltageV() > 0 ? gunState.targetVoltageV() : gun.voltageV();
        return connector.maxVoltageV() > 0 ? Math.min(targetV, connector.maxVoltageV()) : targetV;
    }

    private void isolating(long now) {
        if (feed.missing().isEmpty()) {
            go(Step.PRECHARGE, now);
        } else if (attempts.waitedLongForItself(stepNanos, now)) {
            Fault missing = feed.missing().get();
            fail(missing.cause(), missing.detail(), now);
        }
    }

    private void precharge(RingState state, GunState gunState, RingLimits limits) {
        boolean ready = gunState != null && gunState.hlc().powerReady();
        double vehicleV = gunState == null ? Double.NaN : gunState.presentVoltageV();
        // Where the PLC leads, a module comes onto a dead bus or not at all: the vehicle's voltage waits for all that are on their way.
        boolean matched = !feed.modules().isEmpty() && (state.feedback().capabilities().regulated()
                ? feed.measured() && Math.abs(feed.busV() - vehicleV) <= limits.toleranceV() : !feed.coming());
        if (steadiness.reached(ready && matched, state.nowNanos())) {
            go(Step.CLOSING, state.nowNanos());
        } else if (!(ready && matched) && state.nowNanos() - stepNanos > limits.prechargeTimeoutNanos()) {
            giveUp(FaultCause.PRECHARGE_TIMEOUT, String.format(Locale.ROOT, "bus %.0f V, vehicle %.0f V", feed.busV(), vehicleV),
                    state.nowNanos());
        }
    }

    private void closing(long now, boolean gunClosed) {
        if (gunClosed) {
            attempts.forget();
            go(Step.ON, now);
        } else if (now - stepNanos > CLOSING_NANOS) {
            fail(FaultCause.GC_CLOSE_TIMEOUT, gunContactor + " does not close", now);
        }
    }

    private void on(RingState state, GunState gunState, double openCurrentA) {
        long now = state.nowNanos();
        boolean open = state.position(gunContactor) == Position.OPEN;
        openSince = open ? Math.min(openSince, now) : Long.MAX_VALUE;
        if (steadiness.reached(open && flowsA(state, gunState) < openCurrentA, now)) {
            // The PLC opened it on its own: it has its reasons, and the session asks for a new start.
            go(Step.OPENING, now);
        } else if (open && now - openSince >= FEEDBACK_NANOS) {
            // Its auxiliary contact is wrong, or an arc burns.
            go(Step.RAMP_DOWN, now);
        }
    }

    /** The most that may flow through the gun contactor, A: what is measured counts, also where the contactor says that it is open. */
    private double flowsA(RingState state, GunState gunState) {
        double boundA = state.boundA(gunContactor);
        double measuredA = gunState == null ? Double.NaN : Math.abs(gunState.presentCurrentA());
        return measuredA > boundA ? measuredA : boundA;
    }

    private void rampDown(RingState state, GunState gunState, double openCurrentA) {
        double currentA = flowsA(state, gunState);
        if (steadiness.reached(currentA < openCurrentA, state.nowNanos())) {
            go(Step.OPENING, state.nowNanos());
        } else if (state.nowNanos() - stepNanos > RAMP_DOWN_NANOS) {
            go(Step.OPENING, state.nowNanos());
            openAnyway(currentA);
        }
    }

    private void openAnyway(double currentA) {
        fault = new Fault(FaultCause.GC_OPEN_TIMEOUT, Double.isInfinite(currentA) ? "the current is not known"
                : String.format(Locale.ROOT, "still %.1f A", currentA));
        openAnyway = true;
    }

    private void opening(RingState state, GunState gunState, double openCurrentA) {
        long inStep = state.nowNanos() - stepNanos;
        double currentA = flowsA(state, gunState);
        Position position = state.position(gunContactor);
        if (!opensAnyway() && position != Position.OPEN && !(currentA < openCurrentA) && inStep > RAMP_DOWN_NANOS) {
            openAnyway(currentA);
        }
        // Without feedback nobody knows: after its time it counts as off where nothing flows, and the lost link is the fault.
        boolean gone = position == Position.UNKNOWN && inStep > 2 * FEEDBACK_NANOS && (opensAnyway() || currentA < openCurrentA);
        boolean open = position == Position.OPEN || gone;
        if (feed.heldUp() && position == Position.OPEN && !welded()) {
            fault = new Fault(FaultCause.GC_WELD, String.format(Locale.ROOT, "%s reports open and the bus stays at %.0f V", gunContactor,
                    feed.busV()));
        }
        if (!state.feedback().present() || open && feed.off()) {
            emergency = false;
            openAnyway = false;
            go(Step.OFF, state.nowNanos());
        }
    }

    /** Its contactor stays closed though it says that it is open, by the voltage of the bus. */
    boolean welded() {
        return fault != null && fault.cause() == FaultCause.GC_WELD;
    }

    /** The ring cannot go on feeding this gun: it is switched off in a controlled way. */
    void fail(FaultCause cause, String detail, long now) {
        fault = new Fault(cause, detail);
        if (step == Step.ON) {
            stop(now);
        } else {
            go(Step.OPENING, now);
        }
    }

    private void go(Step next, long now) {
        step = next;
        stepNanos = now;
        steadiness.restart();
        openSince = Long.MAX_VALUE;
    }

    /** The gun contactor shall be closed. */
    public boolean closeGunContactor() {
        return step == Step.CLOSING && mayClose || step == Step.ON || step == Step.RAMP_DOWN;
    }

    /** Where the gun contactor is, by feedback. */
    public boolean gunContactorIs(GunView view, Position position) {
        return view.is(gunContactor, position);
    }

    /** Everything off at once. */
    public boolean forceOff() {
        return emergency;
    }

    /** The gun contactor may open whatever flows: an emergency, or a current that does not come down in time. */
    boolean opensAnyway() {
        return emergency || openAnyway;
    }

    /** Current that the modules are told to give, A. */
    public double setpointA() {
        return setpointA;
    }

    /** Voltage that the modules are told to give, V. */
    double voltageV() {
        return voltageV;
    }

    /** Modules that feed the gun now. */
    public List<String> joinedModules() {
        return feed.modules();
    }

    /** What the modules on the bus can give together, W. */
    public double joinedPowerW() {
        return feed.powerW();
    }
}
