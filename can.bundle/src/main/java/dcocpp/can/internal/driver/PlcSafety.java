package dcocpp.can.internal.driver;

import dcocpp.can.internal.codec.PlcLayout.GcmcStatus;
import dcocpp.can.internal.codec.PlcLayout.RelayStatus;
import dcocpp.can.internal.codec.PlcLayout.SafetySwitchStatus;

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

    private static final int REASON_ESTOP_LATCHED = 4;
    private static final int REASON_NO_RELAY_CONTROL = 5;
    private static final int REASON_BUS_OFF = 6;
    private static final int REASON_REMOTE_OFF = 7;
    private static final int REASON_CRC = 8;
    private static final int REASON_EARTH = 10;
    private static final int REASON_ESTOP_INPUT = 12;

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
        int reason = RelayStatus.FAULT_REASON.number(payload);
        int bits = reasonBits(reason);
        bits |= RelayStatus.SAFETY_ACTIVE.isSet(payload) || !RelayStatus.SAFETY_OK.isSet(payload) ? OPEN : 0;
        bits |= RelayStatus.ESTOP_LATCHED.isSet(payload) || RelayStatus.ESTOP_INPUT.isSet(payload) ? ESTOP : 0;
        bits |= RelayStatus.EARTH_FAULT.isSet(payload) ? EARTH : 0;
        bits |= RelayStatus.COMM_FAULT.isSet(payload) ? COMM : 0;
        bits |= RelayStatus.RLY1_FAULT.isSet(payload) ? RELAY_FAULT_1 : 0;
        bits |= RelayStatus.RLY2_FAULT.isSet(payload) ? RELAY_FAULT_2 : 0;
        bits |= RelayStatus.RLY3_FAULT.isSet(payload) ? RELAY_FAULT_3 : 0;
        lastReason = reason != 0 ? reason : lastReason;
        switches = (int) (payload >>> 16 & 0xFF);
        relayStatus.frame(bits, debounceNanos, nowNanos);
        latch();
    }

    void switchStatus(long payload, long debounceNanos, long nowNanos) {
        int bits = SafetySwitchStatus.SAFETY_OK.isSet(payload) ? 0 : OPEN;
        bits |= SafetySwitchStatus.ESTOP_LATCHED.isSet(payload) || SafetySwitchStatus.ESTOP_INPUT.isSet(payload) ? ESTOP : 0;
        bits |= SafetySwitchStatus.EARTH_FAULT.isSet(payload) ? EARTH : 0;
        switches = (int) (payload & 0xFF);
        switchStatus.frame(bits, debounceNanos, nowNanos);
        latch();
    }

    void gcmcStatus(long payload, long debounceNanos, long nowNanos) {
        int reason = GcmcStatus.GCMC_FAULT_REASON.number(payload);
        int bits = reasonBits(reason);
        bits |= GcmcStatus.GCMC_SAFETY_ACTIVE.isSet(payload) ? OPEN : 0;
        bits |= GcmcStatus.GCMC_COMM_FAULT.isSet(payload) ? COMM : 0;
        lastReason = reason != 0 ? reason : lastReason;
        gcmcStatus.frame(bits, debounceNanos, nowNanos);
        latch();
    }

    private static int reasonBits(int reason) {
        return switch (reason) {
            case 0 -> 0;
            case REASON_REMOTE_OFF -> REMOTE_OFF;
            case REASON_ESTOP_LATCHED, REASON_ESTOP_INPUT -> REASON | ESTOP;
            case REASON_EARTH -> REASON | EARTH;
            case REASON_NO_RELAY_CONTROL -> REASON | COMM;
            case REASON_BUS_OFF -> REASON | COMM | BUS_OFF;
            case REASON_CRC -> REASON | COMM | CRC;
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
        if ((all & (REASON | REMOTE_OFF)) == 0 && !estopLatched && !earthLatched) {
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

    /** A switch input 1…4, by its place in the switch byte. */
    boolean switchClosed(int number) {
        int bit = number == 4 ? 6 : number - 1;
        return (switches >> bit & 1) != 0;
    }
}
