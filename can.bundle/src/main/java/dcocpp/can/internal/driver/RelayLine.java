package dcocpp.can.internal.driver;

import dcocpp.can.internal.codec.HostFrames;

/**
 * The relay command of one PLC: what shall be closed, the sequence numbers of the frames that say so, the acknowledge, and when the next
 * frame is due. A command keeps the number and the time of the first frame that carried it, so that refreshing it never restarts the
 * wait for its acknowledge.
 */
final class RelayLine {

    private static final int FORCED = 1 << 3;
    private static final int NOTHING_SENT = -1;
    /** Of two numbers the one that is less than half a round behind the other is the later one. */
    private static final int HALF_A_ROUND = 128;
    private static final long[] RESENDS = {Limits.ACK_FIRST_RESEND, Limits.ACK_SECOND_RESEND, Limits.ACK_THIRD_RESEND};

    private final Stamp lastFrame = new Stamp();
    private final int addressed;
    private final long firstFrameNanos;
    private int wanted;
    private boolean forced;
    private int clearFrames;
    private boolean repeat;

    private int sequence;
    private int sentKey = NOTHING_SENT;
    private int firstSequence;
    private int framesOfCommand;
    private long firstNanos;
    private long unackedNanos;
    private int lastApplied;
    private boolean acked;
    private boolean everAcked;
    private boolean opening;
    private boolean escalated;

    RelayLine(int addressed, long firstFrameNanos) {
        this.addressed = addressed;
        this.firstFrameNanos = firstFrameNanos;
    }

    /** Sets what shall be closed; bits outside the addressed relays are dropped. */
    void want(int relays, boolean forceOff) {
        wanted = relays & addressed;
        forced = forceOff;
        if (wanted != 0) {
            escalated = false;
        }
    }

    void clearFaults() {
        clearFrames = Limits.CLEAR_FRAMES;
    }

    /** The next frame is due now, also when it says nothing new. */
    void repeat() {
        repeat = true;
    }

    private int key() {
        return forced || escalated ? FORCED : wanted;
    }

    /**
     * The PLC is heard anew: numbering goes on behind what it applied last, so that an old echo is not taken for an acknowledge, and never
     * back to a number that has left meanwhile.
     */
    void resume(int applied) {
        int behind = applied + 1 & 0xFF;
        boolean ahead = lastFrame.isSet() && (sequence - behind & 0xFF) < HALF_A_ROUND;
        sequence = ahead ? sequence : behind;
        lastApplied = applied;
        sentKey = NOTHING_SENT;
        acked = false;
        everAcked = false;
        escalated = false;
    }

    boolean changed() {
        return key() != sentKey;
    }

    /** The next frame switches something off: nothing may delay it. */
    boolean urgent() {
        int key = key();
        return key != sentKey && (key == FORCED || sentKey == NOTHING_SENT || sentKey != FORCED && (sentKey & ~key) != 0);
    }

    /** The line is off and stays off: a frame of the first priority. */
    boolean off() {
        int key = key();
        return key == FORCED || key == 0;
    }

    long dueNanos(long nowNanos) {
        if (!lastFrame.isSet()) {
            return firstFrameNanos;
        }
        if (repeat) {
            return nowNanos;
        }
        if (changed()) {
            return urgent() ? nowNanos : lastFrame.at() + Limits.RELAY_SPACING;
        }
        long due = lastFrame.at() + (off() ? Limits.RELAY_OFF_PERIOD : Limits.RELAY_ON_PERIOD);
        if (!acked) {
            for (long resend : RESENDS) {
                if (lastFrame.at() - firstNanos < resend) {
                    return Math.min(due, firstNanos + resend);
                }
            }
        }
        return due;
    }

    /** Whether a frame is due; an unacknowledged opening becomes a forced one with its first resend. */
    boolean due(long nowNanos) {
        if (opening && !acked && !changed() && nowNanos - firstNanos >= Limits.ACK_FIRST_RESEND) {
            escalated = true;
        }
        return nowNanos - dueNanos(nowNanos) >= 0;
    }

    long frame() {
        boolean clear = clearFrames > 0;
        return key() == FORCED ? HostFrames.forceAllOff(clear, sequence) : HostFrames.relayControl(wanted, addressed, clear, sequence);
    }

    long mirror() {
        int key = key();
        return HostFrames.gcmcCommand(key == FORCED ? 0 : wanted, key == FORCED, clearFrames > 0, sequence);
    }

    /** The frame of {@link #frame} has left. */
    void sent(long nowNanos) {
        int key = key();
        if (key != sentKey) {
            boolean closedBefore = sentKey != NOTHING_SENT && sentKey != FORCED && sentKey != 0;
            boolean sameWish = key == FORCED && escalated && opening;
            opening = key == 0 && closedBefore || sameWish;
            if (acked || sentKey == NOTHING_SENT) {
                unackedNanos = nowNanos;
            }
            if (!sameWish) {
                firstNanos = nowNanos;
            }
            sentKey = key;
            firstSequence = sequence;
            framesOfCommand = 0;
            acked = false;
        }
        framesOfCommand++;
        sequence = sequence + 1 & 0xFF;
        clearFrames = Math.max(0, clearFrames - 1);
        lastFrame.mark(nowNanos);
        repeat = false;
    }

    /** The PLC says which number it has applied last: any number since the first of this command acknowledges it. */
    void echo(int applied) {
        if (sentKey == NOTHING_SENT) {
            return;
        }
        int ahead = applied - firstSequence & 0xFF;
        if (!acked && ahead < Math.min(framesOfCommand, HALF_A_ROUND)) {
            acked = true;
            everAcked = true;
            escalated = false;
        } else if (!acked && applied != lastApplied) {
            // The PLC follows, only not yet this far: the wait counts for this command alone.
            unackedNanos = firstNanos;
        }
        lastApplied = applied;
    }

    boolean acked() {
        return acked;
    }

    /** The PLC has followed a command since it was heard. */
    boolean everAcked() {
        return everAcked;
    }

    boolean ackFault(long nowNanos) {
        return sentKey != NOTHING_SENT && !acked && nowNanos - unackedNanos >= Limits.ACK_FAULT;
    }

    /** Relays that the last frame told to be closed. */
    int commanded() {
        return sentKey == NOTHING_SENT || sentKey == FORCED ? 0 : sentKey;
    }

    boolean forcing() {
        return sentKey == FORCED;
    }

    int addressed() {
        return addressed;
    }
}
