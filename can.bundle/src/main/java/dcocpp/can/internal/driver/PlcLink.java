package dcocpp.can.internal.driver;

import dcocpp.can.internal.codec.Message;

/** Whether a PLC is heard, frame by frame. */
final class PlcLink {

    private final Stamp any = new Stamp();
    private final Stamp relayStatus = new Stamp();
    private final Stamp safetyStatus = new Stamp();
    private final Stamp gcmcStatus = new Stamp();
    private final long[] badCrcNanos = new long[Limits.BAD_CRC_COUNT];
    private final boolean gcmcNeeded;
    private long startNanos;
    private long badCrcTotal;
    private long badLengthTotal;
    private boolean wrongLength;

    /** @param gcmcNeeded without GCMC_Status nothing is known of a contactor that this PLC switches */
    PlcLink(boolean gcmcNeeded, long nowNanos) {
        this.gcmcNeeded = gcmcNeeded;
        startNanos = nowNanos;
    }

    /** Begins anew, as after the bus was opened again. */
    void restart(long nowNanos) {
        startNanos = nowNanos;
        any.forget();
        relayStatus.forget();
        safetyStatus.forget();
        gcmcStatus.forget();
        wrongLength = false;
    }

    void good(Message message, long nowNanos) {
        any.mark(nowNanos);
        if (message.checksummed()) {
            wrongLength = false;
        }
        switch (message) {
            case RELAY_STATUS -> relayStatus.mark(nowNanos);
            case SAFETY_SWITCH_STATUS -> safetyStatus.mark(nowNanos);
            case GCMC_STATUS -> gcmcStatus.mark(nowNanos);
            default -> {
            }
        }
    }

    void badCrc(long nowNanos) {
        badCrcNanos[(int) (badCrcTotal % badCrcNanos.length)] = nowNanos;
        badCrcTotal++;
    }

    void badLength() {
        wrongLength = true;
        badLengthTotal++;
    }

    /** So many wrong checksums so fast that the line cannot be trusted. */
    boolean crcFault(long nowNanos) {
        if (badCrcTotal < badCrcNanos.length) {
            return false;
        }
        long oldest = badCrcNanos[(int) (badCrcTotal % badCrcNanos.length)];
        return nowNanos - oldest <= Limits.BAD_CRC_WINDOW;
    }

    boolean lengthFault() {
        return wrongLength;
    }

    boolean up(long nowNanos) {
        boolean alive = relayStatus.within(Limits.LINK, nowNanos) || safetyStatus.within(Limits.LINK, nowNanos)
                || gcmcStatus.within(Limits.LINK, nowNanos);
        return alive && relayStatus.within(Limits.EACH_STATUS, nowNanos) && safetyStatus.within(Limits.EACH_STATUS, nowNanos)
                && (!gcmcNeeded || gcmcFresh(nowNanos)) && !wrongLength && !crcFault(nowNanos);
    }

    /** Not heard although it should be: heard before, or given time enough since the start. */
    boolean lost(long nowNanos) {
        return !up(nowNanos) && (relayStatus.isSet() && safetyStatus.isSet() || nowNanos - startNanos > Limits.FIRST_FRAME);
    }

    String needed() {
        return gcmcNeeded ? "RelayStatus, SafetySwitchStatus or GCMC_Status" : "RelayStatus or SafetySwitchStatus";
    }

    boolean gcmcFresh(long nowNanos) {
        return gcmcStatus.within(Limits.EACH_STATUS, nowNanos);
    }

    /** Any frame at all, also one without checksum. */
    boolean heard() {
        return any.isSet();
    }

    long heardNanos() {
        return any.isSet() ? any.at() : startNanos;
    }

    /** Frames that were dropped for their checksum or their length. */
    long badFrames() {
        return badCrcTotal + badLengthTotal;
    }
}
