package dcocpp.plcsim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** What is wrong with the frames that a PLC sends. One thread. */
final class LinkFaults {

    /** What a host supervises closely. */
    private static final Set<String> STATUS = Set.of("RelayStatus", "SafetySwitchStatus");

    private final PlcRack.FrameSink bus;
    private final Deque<Late> late = new ArrayDeque<>();
    private final Set<String> missing = new HashSet<>();
    private long loseNext;
    private long wrongNext;
    private boolean silent;
    private int dropEvery;
    private long delayNanos;
    private boolean wrongChecksum;
    private boolean wrongLength;
    private long counter;

    private record Late(long dueNanos, int id, byte[] data) {
    }

    LinkFaults(PlcRack.FrameSink bus) {
        this.bus = bus;
    }

    void silent(boolean condition) {
        silent = condition;
    }

    boolean silent() {
        return silent;
    }

    /** Loses every n-th frame; 0 = none, 1 = all. */
    void drop(int every) {
        dropEvery = every;
    }

    /** Loses the next so many frames of status, and no more. */
    void loseNext(long frames) {
        loseNext = frames;
    }

    /** Never sends this message. */
    void miss(String message) {
        missing.add(message);
    }

    void delay(long nanos) {
        delayNanos = nanos;
    }

    void wrongChecksum(boolean condition) {
        wrongChecksum = condition;
    }

    /** Only the next so many frames of status carry a wrong checksum. */
    void wrongNext(long frames) {
        wrongNext = frames;
    }

    void wrongLength(boolean condition) {
        wrongLength = condition;
    }

    void clear() {
        silent = false;
        dropEvery = 0;
        loseNext = 0;
        wrongNext = 0;
        missing.clear();
        delayNanos = 0;
        wrongChecksum = false;
        wrongLength = false;
    }

    /** How many frames there were to send. */
    long sent() {
        return counter;
    }

    void send(Dbc.Message message, int plcId, byte[] content, long nowNanos) {
        counter++;
        if (silent || missing.contains(message.name()) || dropEvery > 0 && counter % dropEvery == 0) {
            return;
        }
        boolean status = STATUS.contains(message.name());
        if (status && loseNext > 0) {
            loseNext--;
            return;
        }
        boolean wrong = status && wrongNext > 0;
        wrongNext -= wrong ? 1 : 0;
        byte[] data = content;
        if (message.checksummed() && (wrongChecksum || wrong)) {
            data = content.clone();
            data[7] ^= 0x55;
        }
        if (message.checksummed() && wrongLength) {
            data = Arrays.copyOf(data, 7);
        }
        if (delayNanos > 0 || !late.isEmpty()) {
            late.add(new Late(nowNanos + delayNanos, message.id(plcId), data));
        } else {
            bus.frame(message.id(plcId), data);
        }
    }

    void step(long nowNanos) {
        while (!late.isEmpty() && nowNanos - late.peek().dueNanos >= 0) {
            Late frame = late.remove();
            bus.frame(frame.id, frame.data);
        }
    }
}
