package dcocpp.can.internal.driver;

import dcocpp.can.internal.codec.HostFrames;
import dcocpp.can.internal.codec.HostLayout.GcmcCommand;
import dcocpp.can.internal.codec.PlcLayout.GcmcStatus;
import dcocpp.can.internal.codec.Signal;

/**
 * GCMC_Status against the GCMC_Command that it answers: a PLC that shows other commands than it was sent, or still an older number,
 * follows somebody else or nobody. Only what this host commands is compared.
 */
final class GcmcEcho {

    private static final int MOST_FRAMES = 128;

    /** The requests of GCMC_Command and the commands of GCMC_Status stand in the same bits. */
    private final long compared;
    private final Stamp changed = new Stamp();
    private final Stamp differing = new Stamp();
    private long sent;
    private int firstSequence;
    private int frames;
    private long shown;

    /** @param relays what this host commands, as in {@link HostFrames} */
    GcmcEcho(int relays) {
        compared = Signal.set(GcmcCommand.GC_REQ, 0, (relays & HostFrames.RELAY_GUN) != 0)
                | Signal.set(GcmcCommand.MC_REQ, 0, (relays & HostFrames.BUS_CONTACTOR) != 0)
                | Signal.set(GcmcCommand.MN0_REQ, 0, (relays & HostFrames.RELAY_MODULE_0) != 0)
                | Signal.set(GcmcCommand.MN1_REQ, 0, (relays & HostFrames.RELAY_MODULE_1) != 0);
    }

    /** A GCMC_Command has left. One that says something new never ends a difference: it would hide a PLC that follows nobody. */
    void sent(long payload, long nowNanos) {
        long wanted = payload & compared;
        if (frames == 0 || wanted != sent) {
            sent = wanted;
            firstSequence = Signal.number(GcmcCommand.GCMC_SEQ, payload);
            frames = 0;
            changed.mark(nowNanos);
        }
        frames = Math.min(frames + 1, MOST_FRAMES);
    }

    /** A GCMC_Status has come. */
    void status(long payload, long nowNanos) {
        if (frames == 0) {
            return;
        }
        shown = payload & compared;
        boolean applied = (Signal.number(GcmcStatus.SEQ_APPLIED, payload) - firstSequence & 0xFF) < frames;
        if (applied && shown == sent) {
            differing.forget();
        } else if (!differing.isSet() && !changed.within(Limits.GCMC_PATIENCE, nowNanos)) {
            differing.mark(nowNanos);
        }
    }

    /** What was heard is old, or the PLC opens by itself: nothing to compare. */
    void forget() {
        frames = 0;
        differing.forget();
    }

    /** The PLC has shown something else for too long. */
    boolean fault(long nowNanos) {
        return differing.isSet() && !differing.within(Limits.ACK_FAULT - 1, nowNanos);
    }

    String text() {
        return "GCMC_Status does not follow GCMC_Command: 0x" + Long.toHexString(sent) + " sent, 0x" + Long.toHexString(shown) + " shown";
    }
}
