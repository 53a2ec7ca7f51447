package dcocpp.controller.internal.power;

import dcocpp.api.hardware.ContactorState;
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
    private static final double DEAD_V = 60;

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
        /** Contactor told to open. */
        OPENING,
        /** The contactor did not do what it was told; left alone until the gun is off. */
        FAILED
    }

    private final ModuleSettings settings;
    private Step step = Step.OFF;
    private long stepNanos;
    private final Steadiness steadiness = new Steadiness();
    private boolean liveBus;

    ModuleSequencer(ModuleSettings settings) {
        this.settings = settings;
    }

    ModuleSettings settings() {
        return settings;
    }

    Step step() {
        return step;
    }

    /** It feeds, or can feed, its bus. */
    boolean joined() {
        return step == Step.JOINED;
    }

    /** Contactor open and module off, as far as it can be known. */
    boolean off() {
        return step == Step.OFF || step == Step.FAILED;
    }

    /**
     * One step.
     *
     * @param wanted it shall be on the bus
     * @param busV voltage of the bus, V
     * @param toleranceV largest difference across a closing contactor, V
     */
    void tick(long now, boolean wanted, ModuleState state, ContactorState contactor, double busV, double toleranceV,
            double openCurrentA) {
        boolean closed = contactor != null && contactor.position() == Position.CLOSED;
        boolean open = contactor == null || contactor.position() == Position.OPEN;
        boolean usable = state != null && state.healthy();
        double currentA = state == null || Double.isNaN(state.currentA()) ? 0 : state.currentA();
        switch (step) {
            case OFF -> {
                if (wanted && usable && open) {
                    liveBus = busV >= DEAD_V;
                    go(liveBus ? Step.MATCHING : Step.CLOSING, now);
                }
            }
            case MATCHING -> {
                boolean match = usable && Math.abs(state.voltageV() - busV) <= toleranceV;
                if (!wanted || !usable) {
                    go(Step.OFF, now);
                } else if (steadiness.reached(match, now)) {
                    go(Step.CLOSING, now);
                }
            }
            case CLOSING -> {
                if (closed) {
                    go(wanted ? Step.JOINED : Step.UNLOADING, now);
                } else if (now - stepNanos > FEEDBACK_NANOS) {
                    go(Step.FAILED, now);
                }
            }
            case JOINED -> {
                if (!wanted || !usable || open) {
                    go(Step.UNLOADING, now);
                }
            }
            case UNLOADING -> {
                if (steadiness.reached(Math.abs(currentA) < openCurrentA, now)) {
                    go(Step.OPENING, now);
                } else if (wanted && usable && closed) {
                    go(Step.JOINED, now);
                }
            }
            case OPENING -> {
                if (open) {
                    go(Step.OFF, now);
                } else if (now - stepNanos > FEEDBACK_NANOS) {
                    go(Step.FAILED, now);
                }
            }
            case FAILED -> {
                if (!wanted && open) {
                    go(Step.OFF, now);
                }
            }
        }
    }

    private void go(Step next, long now) {
        step = next;
        stepNanos = now;
        steadiness.restart();
    }

    /** What the module shall do now. */
    ModuleCommand command(double voltageV, double busV, double currentA) {
        return switch (step) {
            case OFF -> new ModuleCommand(settings.id(), false, false, 0, 0);
            case MATCHING -> new ModuleCommand(settings.id(), false, true, busV, 0);
            // On a dead bus the module stays off until its contactor is closed.
            case CLOSING -> new ModuleCommand(settings.id(), true, liveBus, liveBus ? busV : 0, 0);
            case JOINED -> new ModuleCommand(settings.id(), true, true, voltageV, currentA);
            case UNLOADING -> new ModuleCommand(settings.id(), true, true, voltageV, 0);
            case OPENING, FAILED -> new ModuleCommand(settings.id(), false, false, 0, 0);
        };
    }
}
