package dcocpp.can.internal.driver;

import dcocpp.api.hardware.FaultCause;
import dcocpp.can.internal.codec.DbcValues.FaultReason;
import dcocpp.can.internal.codec.PlcLayout.GcmcStatus;
import dcocpp.can.internal.codec.PlcLayout.RelayStatus;
import dcocpp.can.internal.codec.PlcLayout.SafetySwitchStatus;
import dcocpp.can.internal.codec.Signal;

/**
 * The safety chain as the PLC's status frames tell it: safe only when every fresh source says so, an emergency stop or an earth fault as
 * soon as one does. Those two, and a weld, stay until an operator clears them while the inputs are healthy.
 */
final class PlcSafety {

    static final int OPEN = 1;
    static final int ESTOP = 1 << 1;
    static final int EARTH = 1 << 2;
    static final int COMM = 1 << 3;
    static final int REASON = 1 << 4;
    static final int REMOTE_OFF = 1 << 5;
    static final int RELAY_FAULT_1 = 1 << 6;
    static final int RELAY_FAULT_2 = 1 << 7;
    static final int RELAY_FAULT_3 = 1 << 8;
    static final int BUS_OFF = 1 << 9;
    static final int CRC = 1 << 10;
    private static final int BITS = 11;

    private final DebouncedBits relayStatus = new DebouncedBits(BITS);
    private final DebouncedBits switchStatus = new DebouncedBits(BITS);
    private final DebouncedBits gcmcStatus = new DebouncedBits(BITS);
    private int errorCode;
    private int lastReason;
    private int switches;
    private boolean estopLatched;
    private boolean earthLatched;
    private boolean weldLatched;
    private boolean clearing;
    private long clearUntilNanos;

    void relayStatus(long payload, long debounceNanos, long nowNanos) {
        int reason = Signal.number(RelayStatus.FAULT_REASON, payload);
        int bits = reasonBits(reason);
        bits |= Signal.isSet(RelayStatus.SAFETY_ACTIVE, payload) || !Signal.isSet(RelayStatus.SAFETY_OK, payload) ? OPEN : 0;
        bits |= Signal.isSet(RelayStatus.ESTOP_LATCHED, payload) || Signal.isSet(RelayStatus.ESTOP_INPUT, payload) ? ESTOP : 0;
        bits |= Signal.isSet(RelayStatus.EARTH_FAULT, payload) ? EARTH : 0;
        bits |= Signal.isSet(RelayStatus.COMM_FAULT, payload) ? COMM : 0;
        bits |= Signal.isSet(RelayStatus.RLY1_FAULT, payload) ? RELAY_FAULT_1 : 0;
        bits |= Signal.isSet(RelayStatus.RLY2_FAULT, payload) ? RELAY_FAULT_2 : 0;
        bits |= Signal.isSet(RelayStatus.RLY3_FAULT, payload) ? RELAY_FAULT_3 : 0;
        lastReason = reason != 0 ? reason : lastReason;
        switches = (int) (payload >>> 16 & 0xFF);
        relayStatus.frame(bits, debounceNanos, nowNanos);
        latch();
    }

    void switchStatus(long payload, long debounceNanos, long nowNanos) {
        int bits = Signal.isSet(SafetySwitchStatus.SAFETY_OK, payload) ? 0 : OPEN;
        bits |= Signal.isSet(SafetySwitchStatus.ESTOP_LATCHED, payload) || Signal.isSet(SafetySwitchStatus.ESTOP_INPUT, payload)
                ? ESTOP : 0;
        bits |= Signal.isSet(SafetySwitchStatus.EARTH_FAULT, payload) ? EARTH : 0;
        switches = (int) (payload & 0xFF);
        switchStatus.frame(bits, debounceNanos, nowNanos);
        latch();
    }

    void gcmcStatus(long payload, long debounceNanos, long nowNanos) {
        int reason = Signal.number(GcmcStatus.GCMC_FAULT_REASON, payload);
        int bits = reasonBits(reason);
        bits |= Signal.isSet(GcmcStatus.GCMC_SAFETY_ACTIVE, payload) ? OPEN : 0;
        bits |= Signal.isSet(GcmcStatus.GCMC_COMM_FAULT, payload) ? COMM : 0;
        lastReason = reason != 0 ? reason : lastReason;
        gcmcStatus.frame(bits, debounceNanos, nowNanos);
        latch();
    }

    private static int reasonBits(int reason) {
        return switch (reason) {
            case FaultReason.OK -> 0;
            case FaultReason.REMOTE_FORCE_OFF -> REMOTE_OFF;
            case FaultReason.ESTOP_LATCHED, FaultReason.ESTOP_INPUT -> REASON | ESTOP;
            case FaultReason.EARTH_FAULT -> REASON | EARTH;
            case FaultReason.RELAYCTRL_TIMEOUT -> REASON | COMM;
            case FaultReason.CAN_BUS_OFF -> REASON | COMM | BUS_OFF;
            case FaultReason.CRC_FAIL -> REASON | COMM | CRC;
            default -> REASON;
        };
    }

    void errorCode(int code) {
        errorCode = code;
    }

    private void latch() {
        int all = relayStatus.effective() | switchStatus.effective() | gcmcStatus.effective();
        estopLatched |= (all & ESTOP) != 0;
        earthLatched |= (all & EARTH) != 0;
        weldLatched |= (all & RELAY_FAULT_1) != 0;
        // While one source still says unsafe, why is what the other one has told.
        if ((all & (REASON | REMOTE_OFF | OPEN)) == 0 && !estopLatched && !earthLatched) {
            lastReason = 0;
        }
    }

    /** The feedback says closed though it was told to open. */
    void weldSeen() {
        weldLatched = true;
    }

    /** Everything that was heard is old: what was latched stays, the rest is unknown. */
    void forget() {
        relayStatus.reset();
        switchStatus.reset();
        gcmcStatus.reset();
        errorCode = 0;
    }

    /** An operator asks to clear; the inputs have a moment to become healthy, since the PLC holds latches of its own. */
    void requestClear(long nowNanos) {
        clearing = true;
        // A PLC whose error lasts says so again; one that is over may never be taken back.
        errorCode = 0;
        clearUntilNanos = nowNanos + Limits.CLEAR_WINDOW;
    }

    /** Clears the latches whose inputs are healthy while a request to do so is young. */
    void tick(boolean feedbackHealthy, boolean linkUp, long nowNanos) {
        if (!clearing) {
            return;
        }
        int all = bits(true);
        if (linkUp) {
            estopLatched &= (all & ESTOP) != 0;
            earthLatched &= (all & EARTH) != 0;
            weldLatched &= (all & RELAY_FAULT_1) != 0 || !feedbackHealthy;
        }
        clearing = nowNanos - clearUntilNanos < 0;
    }

    private int bits(boolean gcmcFresh) {
        return relayStatus.effective() | switchStatus.effective() | (gcmcFresh ? gcmcStatus.effective() : 0);
    }

    /** The bits of all sources, with what is latched. */
    int faults(boolean gcmcFresh) {
        return bits(gcmcFresh) | (estopLatched ? ESTOP : 0) | (earthLatched ? EARTH : 0);
    }

    boolean safe(boolean gcmcFresh, boolean ownForceOff) {
        int forbidding = OPEN | ESTOP | EARTH | COMM | REASON | BUS_OFF | CRC | (ownForceOff ? 0 : REMOTE_OFF);
        return (faults(gcmcFresh) & forbidding) == 0 && !weldLatched && errorCode == 0;
    }

    boolean latched() {
        return estopLatched || earthLatched || weldLatched;
    }

    boolean clearing() {
        return clearing;
    }

    boolean estop() {
        return estopLatched;
    }

    boolean weld() {
        return weldLatched;
    }

    int errorCode() {
        return errorCode;
    }

    /** The fault reason in force, or the one that latched what is still latched. */
    int lastReason() {
        return lastReason;
    }

    int switches() {
        return switches;
    }

    /** What keeps the PLC from being safe where no fault of its own name does. */
    FaultCause unsafeCause() {
        return switch (lastReason) {
            case FaultReason.SAFETY_SW1 -> FaultCause.SAFETY_SWITCH_1;
            case FaultReason.SAFETY_SW2 -> FaultCause.SAFETY_SWITCH_2;
            case FaultReason.SAFETY_SW3 -> FaultCause.SAFETY_SWITCH_3;
            case FaultReason.SAFETY_SW4 -> FaultCause.SAFETY_SWITCH_4;
            default -> FaultCause.SAFETY_LOOP;
        };
    }

    /** A switch input 1…4, by its place in the switch byte. */
    boolean switchClosed(int number) {
        int bit = number == 4 ? 6 : number - 1;
        return (switches >> bit & 1) != 0;
    }
}
