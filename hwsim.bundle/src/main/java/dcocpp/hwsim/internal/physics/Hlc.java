package dcocpp.hwsim.internal.physics;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.HlcState;

/**
 * The conversation between a car and the PLC of its gun, from plug-in to the end, in the order of ISO 15118 and the times of the car.
 * The stage numbers are those of today's PLC firmware: 4 waits for authorization, 9 waits for power delivery.
 */
final class Hlc {

    /** Where the conversation is. */
    enum Stage {
        IDLE(0),
        SLAC(1),
        SESSION_SETUP(2),
        SERVICES(3),
        AUTHORIZATION(4),
        PARAMETERS(5),
        CABLE_CHECK(6),
        PRECHARGE(8),
        POWER_DELIVERY(9),
        CHARGING(10),
        STOPPING(11),
        COMPLETE(12);

        private final int number;

        Stage(int number) {
            this.number = number;
        }

        boolean within(Stage first, Stage last) {
            return compareTo(first) >= 0 && compareTo(last) <= 0;
        }
    }

    private static final long FLOWING_MILLI_A = 1000;

    private Stage stage = Stage.IDLE;
    private long sinceNanos;
    private boolean authorized;

    /**
     * One step.
     *
     * @param car the car at the gun, null = none
     * @param granted the session may charge
     * @param locked the connector is locked as far as it must be
     * @param safe the safety chain of the gun is closed
     * @param milliA current through the gun
     */
    void step(long nowNanos, Car car, boolean granted, boolean locked, boolean safe, long milliA) {
        authorized = granted;
        if (car == null) {
            enter(nowNanos, Stage.IDLE);
            return;
        }
        if (stage.within(Stage.PARAMETERS, Stage.CHARGING) && !(granted && safe)) {
            enter(nowNanos, Stage.STOPPING);
        }
        boolean over = nowNanos - sinceNanos >= car.stages().nanos(stage);
        switch (stage) {
            case IDLE -> enter(nowNanos, Stage.SLAC);
            case SLAC, SESSION_SETUP, SERVICES, PARAMETERS, CABLE_CHECK, PRECHARGE -> {
                if (over) {
                    enter(nowNanos, Stage.values()[stage.ordinal() + 1]);
                }
            }
            case AUTHORIZATION -> {
                if (car.full()) {
                    enter(nowNanos, Stage.COMPLETE);
                } else if (granted && locked && safe) {
                    enter(nowNanos, Stage.PARAMETERS);
                }
            }
            case POWER_DELIVERY, CHARGING -> {
                if (car.full()) {
                    enter(nowNanos, Stage.COMPLETE);
                } else if (milliA >= FLOWING_MILLI_A) {
                    enter(nowNanos, Stage.CHARGING);
                }
            }
            case STOPPING -> {
                if (over && !car.contactorClosed()) {
                    enter(nowNanos, Stage.AUTHORIZATION);
                }
            }
            case COMPLETE -> {
                // Nothing more until the car is unplugged.
            }
        }
        boolean hold = car.contactorClosed() && milliA >= FLOWING_MILLI_A && safe;
        car.closeContactor(stage.within(Stage.POWER_DELIVERY, Stage.CHARGING) || hold);
    }

    /** The car drops the conversation and begins it anew, its pilot in B until then; false when it has not got beyond authorization. */
    boolean renegotiate(long nowNanos) {
        boolean possible = stage.within(Stage.PARAMETERS, Stage.CHARGING);
        if (possible) {
            enter(nowNanos, Stage.STOPPING);
        }
        return possible;
    }

    /** The conversation waits for somebody, or charges. */
    boolean quiet(Car car, boolean locked, boolean safe) {
        return switch (stage) {
            case IDLE -> car == null;
            case AUTHORIZATION -> car != null && !car.full() && !(authorized && locked && safe);
            case POWER_DELIVERY, CHARGING -> car != null && !car.full() && authorized && safe;
            case COMPLETE -> car != null && !car.contactorClosed();
            default -> false;
        };
    }

    private void enter(long nowNanos, Stage next) {
        if (next != stage) {
            stage = next;
            sinceNanos = nowNanos;
        }
    }

    Stage stage() {
        return stage;
    }

    /** The car asks for current. */
    boolean delivering() {
        return stage.within(Stage.POWER_DELIVERY, Stage.CHARGING) && authorized;
    }

    /** The car has told its limits and its state of charge. */
    boolean parametersKnown() {
        return stage.compareTo(Stage.PARAMETERS) > 0;
    }

    /** The car asks for a voltage. */
    boolean targetKnown() {
        return stage.within(Stage.PRECHARGE, Stage.CHARGING);
    }

    CpState pilot(Car car) {
        if (car == null) {
            return CpState.A;
        }
        boolean ready = stage.within(Stage.CABLE_CHECK, Stage.CHARGING) || car.contactorClosed();
        return ready ? CpState.C : CpState.B;
    }

    HlcState state() {
        boolean cableCheckOk = stage.within(Stage.PRECHARGE, Stage.CHARGING);
        boolean precharge = stage == Stage.PRECHARGE;
        boolean complete = stage == Stage.COMPLETE;
        boolean powerReady = authorized && !complete && cableCheckOk && !precharge
                && stage.within(Stage.POWER_DELIVERY, Stage.CHARGING);
        return new HlcState(stage.number, cableCheckOk, precharge, powerReady, complete);
    }
}
