package dcocpp.can.internal.driver;

import java.io.IOException;

import dcocpp.can.internal.bus.Bus;

/** Sends what is due for all PLCs: by priority, paced, no PLC always first. */
final class Transmitter {

    /** Kept in the bucket for frames of relays. */
    private static final int RELAY_RESERVE = 4;
    private static final long[] RETRIES = {Limits.millis(5), Limits.millis(10), Limits.millis(15)};

    private final TokenBucket bucket = new TokenBucket();
    private final BusLoad load;
    private final DriverEvents events;
    private PlcTransmit[] lines = {};
    private Bus bus;
    private int first;
    private int failures;
    private long blockedUntilNanos;
    private IOException broken;

    Transmitter(BusLoad load, DriverEvents events) {
        this.load = load;
        this.events = events;
    }

    void lines(PlcTransmit[] all) {
        lines = all;
    }

    void open(Bus opened, long nowNanos) {
        bus = opened;
        broken = null;
        failures = 0;
        blockedUntilNanos = nowNanos;
    }

    void shut() {
        bus = null;
    }

    void transmit(long nowNanos) {
        if (bus == null || broken != null || nowNanos - blockedUntilNanos < 0) {
            return;
        }
        first = first + 1 < lines.length ? first + 1 : 0;
        for (int priority = 0; priority < PlcTransmit.PRIORITIES; priority++) {
            for (int i = 0; i < lines.length; i++) {
                PlcTransmit line = lines[first + i < lines.length ? first + i : first + i - lines.length];
                while (line.due(priority, nowNanos)) {
                    if (!line.unpaced(priority) && !bucket.allows(priority <= PlcTransmit.RING ? 0 : RELAY_RESERVE, nowNanos)) {
                        break;
                    }
                    if (!send(line, priority, nowNanos)) {
                        return;
                    }
                }
            }
        }
    }

    private boolean send(PlcTransmit line, int priority, long nowNanos) {
        long payload = line.payload(priority, nowNanos);
        int id = line.id(priority);
        try {
            if (bus.send(id, payload)) {
                failures = 0;
                bucket.take(nowNanos);
                load.frame(Bus.EXTENDED | id, 8, payload);
                line.sent(priority, payload, nowNanos);
                return true;
            }
        } catch (IOException e) {
            broken = e;
            return false;
        }
        // The interface's queue is full: nobody acknowledges on the bus, or it is too slow.
        blockedUntilNanos = nowNanos + RETRIES[Math.min(failures, RETRIES.length - 1)];
        failures++;
        if (failures == RETRIES.length) {
            events.warn("CAN frames cannot be sent: the interface's queue stays full");
        }
        return false;
    }

    /** Until then nothing is sent, since the interface's queue was full. */
    long blockedUntilNanos() {
        return blockedUntilNanos;
    }

    /** Tells that sending has found the bus gone; once. */
    void throwIfBroken() throws IOException {
        IOException failure = broken;
        broken = null;
        if (failure != null) {
            throw failure;
        }
    }
}
