package dcocpp.controller.internal.ring;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.topology.ModuleSettings;

/**
 * Brings one power module onto its bus and off again without ever switching its contactor under load or across a voltage difference.
 * A dead bus: contactor first, then the module. A live bus: the module first, and the contactor once both sides match.
 */
final class ModuleSequencer {

    private static final long MS = 1_000_000;
    private static final long FEEDBACK_NANOS = 500 * MS;
    /** A module that still gives current after this is switched off before its contactor opens. */
    private static final long UNLOAD_NANOS = 2_000 * MS;
    /** One that still shows a current after this, or one that cannot be, is reported. */
    private static final long STUCK_NANOS = 5_000 * MS;
    private static final long DISCHARGE_NANOS = 3_000 * MS;
    /** One that did not do what its bus needs is left alone for so long. */
    private static final long REST_NANOS = 300_000 * MS;

    /** Where the module is. */
    enum Step {
        /** Contactor open, module off. */
        OFF,
        /** Module runs at the voltage of the bus, contactor still open. */
        MATCHING,
        /** Contactor told to close. */
        CLOSING,
        /** On the bus; may give current. */
        JOINED,
        /** On the bus; current goes to zero. */
        UNLOADING,
        /** Off, and still on the bus so that its voltage is seen to fall. */
        DISCHARGING,
        /** Contactor told to open. */
        OPENING,
        /** The contactor did not do what it was told; left alone until the gun is off. */
        FAILED
    }

    /** What is wanted of it. */
    enum Want {
        /** On the bus. */
        JOIN,
        /** Off a bus that others go on feeding. */
        LEAVE,
        /** Off a bus that ends with it. */
        END,
        /** Off at once, whatever it gives. */
        KILL
    }

    private final ModuleSettings settings;
    private Step step = Step.OFF;
    private long stepNanos;
    private final Steadiness steadiness = new Steadiness();
    private boolean liveBus;
    private boolean closed;
    private boolean close;
    private boolean off;
    private boolean heldUp;
    private double busV;
    /** Since when, while it discharges, no gun may be on its bus, process time; {@link Long#MAX_VALUE} = one may. */
    private long gunlessSince = Long.MAX_VALUE;
    private long restingSince = Long.MIN_VALUE;
    private String complaint = "";

    ModuleSequencer(ModuleSettings settings) {
        this.settings = settings;
    }

    ModuleSettings settings() {
        return settings;
    }

    Step step() {
        return step;
    }

    /** It feeds, or can feed, its bus: by feedback. */
    boolean joined() {
        return step == Step.JOINED && closed;
    }

    /** It is on its way onto the bus, on it, or on its way off. */
    boolean begun() {
        return step != Step.OFF && step != Step.FAILED;
    }

    /** Contactor open and module off, as far as it can be known. */
    boolean off() {
        return step == Step.OFF || step == Step.FAILED;
    }

    /** It did not come onto its bus in its time, or its current did not go, and it is left alone for a while. */
    boolean rests(long now) {
        return restingSince != Long.MIN_VALUE && now - restingSince < REST_NANOS;
    }

    /** It did not reach the voltage of its bus: leaves it alone for a while. */
    void rest(long now) {
        rest(now, "does not reach the voltage of its bus");
    }

    private void rest(long now, String why) {
        restingSince = now;
        complaint = why;
    }

    /** Why it is left alone, for people. */
    String complaint() {
        return complaint;
    }

    /** Lets it be tried again at once. */
    void tryAgain() {
        restingSince = Long.MIN_VALUE;
    }

    /** A bug: module off, contactor open. */
    void fail(long now) {
        if (step != Step.FAILED) {
            go(Step.FAILED, now);
        }
    }

    /** The bus has kept its voltage, as seen in this tick, although its source is off and every gun on it says that it is open. */
    boolean undischarged() {
        return heldUp;
    }

    /**
     * One step.
     *
     * @param slot its slot in this state
     * @param usable nothing forbids its use
     * @param mayClose its contactor may be told to close
     */
    void tick(RingState state, int slot, Want want, boolean usable, boolean mayClose, RingLimits limits) {
        long now = state.nowNanos();
        ModuleState module = state.module(settings.id());
        Position position = state.position(settings.contactor());
        boolean fit = usable && module != null && module.healthy() && !state.stuckOpen(settings.contactor()) && !rests(now);
        boolean join = want == Want.JOIN && fit;
        boolean regulated = state.feedback().capabilities().regulated();
        boolean live = state.measured(slot) && !state.dead(slot);
        boolean quiet = state.quiet(settings.contactor());
        closed = position == Position.CLOSED;
        heldUp = false;
        busV = Double.isNaN(state.busV(slot)) ? 0 : state.busV(slot);
        off = want == Want.KILL || step == Step.UNLOADING && now - stepNanos > UNLOAD_NANOS;
        switch (step) {
            case OFF -> {
                if (join && mayClose && position == Position.OPEN) {
                    begin(state, slot, module, now);
                }
            }
            case MATCHING -> {
                if (!join || !live) {
                    go(Step.OFF, now);
                } else if (steadiness.reached(mayClose && Math.abs(module.voltageV() - busV) <= limits.toleranceV(), now)) {
                    go(Step.CLOSING, now);
                } else if (now - stepNanos > limits.prechargeTimeoutNanos()) {
                    rest(now);
                    go(Step.OFF, now);
                }
            }
            case CLOSING -> {
                if (closed) {
                    go(join ? Step.JOINED : Step.UNLOADING, now);
                } else if (state.stuckOpen(settings.contactor())) {
                    go(Step.FAILED, now);
                } else if (!join || regulated && (liveBus ? !live : !state.dead(slot))) {
                    // The bus is not any more what it was to be matched with.
                    go(Step.OPENING, now);
                }
            }
            case JOINED -> {
                if (position == Position.OPEN) {
                    go(Step.OFF, now);
                } else if (!join) {
                    go(Step.UNLOADING, now);
                }
            }
            case UNLOADING -> {
                if ((quiet || now - stepNanos > STUCK_NANOS) && module != null && Math.abs(module.currentA()) >= 1) {
                    rest(now, "shows a current though it shall be off");
                }
                if (position == Position.OPEN) {
                    go(Step.OFF, now);
                } else if (quiet) {
                    go(want == Want.LEAVE ? Step.OPENING : Step.DISCHARGING, now);
                } else if (join && closed) {
                    go(Step.JOINED, now);
                }
            }
            case DISCHARGING -> {
                if (position == Position.OPEN) {
                    go(Step.OFF, now);
                } else if (state.dead(slot) || want != Want.END && want != Want.KILL) {
                    go(Step.OPENING, now);
                } else {
                    discharging(state, slot, now);
                }
            }
            case OPENING -> {
                if (position == Position.OPEN) {
                    go(Step.OFF, now);
                } else if (now - stepNanos > FEEDBACK_NANOS) {
                    go(Step.FAILED, now);
                }
            }
            case FAILED -> {
                if (want != Want.JOIN && state.open(settings.contactor())) {
                    go(Step.OFF, now);
                }
            }
        }
        close = mayClose || closed;
    }

    /** A gun that opens late leaves the bus its full time from then on; with one that does not open nothing is concluded. */
    private void discharging(RingState state, int slot, long now) {
        gunlessSince = state.gunless(slot) ? Math.min(gunlessSince, now) : Long.MAX_VALUE;
        boolean gunless = gunlessSince != Long.MAX_VALUE;
        if (now - (gunless ? gunlessSince : stepNanos) > DISCHARGE_NANOS) {
            heldUp = gunless && state.measured(slot);
            go(Step.OPENING, now);
        }
    }

    /** A dead bus only with a dead module: what is charged must not meet what is empty. What is not measured does not begin. */
    private void begin(RingState state, int slot, ModuleState module, long now) {
        boolean regulated = state.feedback().capabilities().regulated();
        if (state.dead(slot) && (module.voltageV() < RingState.DEAD_V || !regulated)) {
            liveBus = false;
            go(Step.CLOSING, now);
        } else if (busV >= RingState.DEAD_V && state.measured(slot)) {
            liveBus = true;
            go(Step.MATCHING, now);
        }
    }

    private void go(Step next, long now) {
        step = next;
        stepNanos = now;
        steadiness.restart();
        gunlessSince = Long.MAX_VALUE;
    }

    /** What the module shall do now. */
    ModuleCommand command(double voltageV, double currentA) {
        ModuleCommand ordinary = switch (step) {
            case OFF -> new ModuleCommand(settings.id(), false, false, 0, 0);
            case MATCHING -> new ModuleCommand(settings.id(), false, true, busV, 0);
            // On a dead bus the module stays off until its contactor is closed.
            case CLOSING -> new ModuleCommand(settings.id(), close, liveBus, liveBus ? busV : 0, 0);
            case JOINED -> new ModuleCommand(settings.id(), true, true, voltageV, currentA);
            case UNLOADING -> new ModuleCommand(settings.id(), true, true, voltageV, 0);
            case DISCHARGING -> new ModuleCommand(settings.id(), true, false, 0, 0);
            case OPENING, FAILED -> new ModuleCommand(settings.id(), false, false, 0, 0);
        };
        return off && ordinary.on() ? new ModuleCommand(settings.id(), ordinary.closeContactor(), false, 0, 0) : ordinary;
    }
}
