package dcocpp.plcsim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dcocpp.plcsim.Finding.Kind;

/** Looks at the host as its PLC sees it: form, checksum, sequence and cadence of its frames, and when it switches. One thread. */
final class HostWatch {

    /** The PLC's watchdog on RelayControl. */
    static final long WATCHDOG_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LIMITS_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final long PRESENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    /** How long after the word of the PLC the host may still command something on: twice the longest period of its status. */
    private static final long REACTION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int KEPT = 1000;

    private final int plcId;
    private final Deque<Finding> findings = new ArrayDeque<>();
    private long count;
    private long frames;
    private int sequence = -1;
    private long controlNanos;
    private boolean controlOn;
    private boolean controlSeen;
    private long longestGapNanos;
    private long longestGapOnNanos;
    private long limitsNanos;
    private long presentNanos;
    private boolean served;
    private boolean unsafe;
    private long unsafeNanos;
    private long reactionNanos = -1;
    private long physics;
    private Map<String, Double> ringCommand = Map.of();

    HostWatch(int plcId) {
        this.plcId = plcId;
    }

    /** Begins anew: what was due before a reboot or the silence of the PLC says nothing. */
    void restart(long nowNanos) {
        sequence = -1;
        controlSeen = false;
        controlOn = false;
        served = false;
        unsafe = false;
        ringCommand = Map.of();
        limitsNanos = nowNanos;
        presentNanos = nowNanos;
    }

    /** The signals of a frame of the host; empty when the PLC has to drop it. */
    Optional<Map<String, Double>> take(Dbc.Message message, byte[] data, long nowNanos) {
        frames++;
        if (data.length != 8) {
            found(nowNanos, Kind.LENGTH, message.name() + " has " + data.length + " bytes");
            return Optional.empty();
        }
        if (message.checksummed() && !message.intact(data)) {
            found(nowNanos, Kind.CHECKSUM, message.name() + " ends with " + Integer.toHexString(data[7] & 0xFF) + " instead of "
                    + Integer.toHexString(Dbc.checksum(data)));
            return Optional.empty();
        }
        if (message.usesReserved(data)) {
            found(nowNanos, Kind.RESERVED_BITS, message.name());
        }
        return Optional.of(message.decode(data));
    }

    /** A good RelayControl. */
    void control(int number, boolean on, boolean forced, boolean handshaken, long nowNanos) {
        if (controlSeen) {
            long gap = nowNanos - controlNanos;
            longestGapNanos = Math.max(longestGapNanos, gap);
            if (controlOn) {
                longestGapOnNanos = Math.max(longestGapOnNanos, gap);
            }
            if (gap > WATCHDOG_NANOS) {
                found(nowNanos, controlOn ? Kind.WATCHDOG : Kind.PAUSE,
                        "no RelayControl for " + TimeUnit.NANOSECONDS.toMillis(gap) + " ms");
            }
        }
        if (sequence >= 0 && number != (sequence + 1 & 0xFF) && !forced) {
            found(nowNanos, Kind.SEQUENCE, number + " after " + sequence);
        }
        if (on && !handshaken) {
            found(nowNanos, Kind.BEFORE_HANDSHAKE, "sequence " + number);
        }
        if (unsafe && !on && reactionNanos < 0) {
            reactionNanos = nowNanos - unsafeNanos;
        }
        if (unsafe && on && nowNanos - unsafeNanos > REACTION_NANOS) {
            found(nowNanos, Kind.WHILE_UNSAFE, TimeUnit.NANOSECONDS.toMillis(nowNanos - unsafeNanos) + " ms after the PLC said so");
        }
        sequence = number;
        controlNanos = nowNanos;
        controlOn = on;
        controlSeen = true;
    }

    /** A good GCMC_Command, which carries the number of the RelayControl before it. */
    void repeated(Map<String, Double> signals, long nowNanos) {
        ringCommand = signals;
        int number = signals.get("GCMC_SEQ").intValue();
        if (number != sequence) {
            found(nowNanos, Kind.SEQUENCE, "GCMC_Command " + number + " after RelayControl " + sequence);
        }
    }

    /** The signals of the last GCMC_Command since the start; empty = none has come. */
    Map<String, Double> ringCommand() {
        return ringCommand;
    }

    void limits(long nowNanos) {
        limitsNanos = nowNanos;
    }

    void present(long nowNanos) {
        presentNanos = nowNanos;
    }

    /** The host knows this PLC: from now on its frames are due. */
    void served(long nowNanos) {
        if (!served) {
            served = true;
            limitsNanos = nowNanos;
            presentNanos = nowNanos;
        }
    }

    /** The PLC has told the host whether it is safe. */
    void told(boolean safe, long nowNanos) {
        if (!safe && !unsafe) {
            unsafeNanos = nowNanos;
            reactionNanos = controlOn ? -1 : 0;
        }
        unsafe = !safe;
    }

    /** Looks for what is overdue. */
    void step(long nowNanos) {
        if (served && nowNanos - limitsNanos > LIMITS_NANOS) {
            limitsNanos = nowNanos;
            found(nowNanos, Kind.OVERDUE, "no EVSE_DC_MaxLimits for 1500 ms");
        }
        if (served && nowNanos - presentNanos > PRESENT_NANOS) {
            presentNanos = nowNanos;
            found(nowNanos, Kind.OVERDUE, "no EVSE_DC_Present for 1500 ms");
        }
    }

    /** Takes over what the physics have seen. */
    void physics(long seen, String latest, long nowNanos) {
        if (seen > physics) {
            physics = seen;
            found(nowNanos, Kind.PHYSICS, latest);
        }
    }

    /** Whether the PLC has missed RelayControl; a PLC that never had one waits. */
    boolean timedOut(long nowNanos) {
        return controlSeen && nowNanos - controlNanos > WATCHDOG_NANOS;
    }

    private void found(long nowNanos, Kind kind, String detail) {
        count++;
        findings.add(new Finding(count, nowNanos, plcId, kind, detail));
        if (findings.size() > KEPT) {
            findings.removeFirst();
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    long count() {
        return count;
    }

    long frames() {
        return frames;
    }

    int sequence() {
        return sequence;
    }

    long longestGapNanos() {
        return longestGapNanos;
    }

    long longestGapOnNanos() {
        return longestGapOnNanos;
    }

    long reactionNanos() {
        return reactionNanos;
    }
}
