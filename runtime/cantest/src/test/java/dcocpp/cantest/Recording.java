package dcocpp.cantest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import dcocpp.canlog.LoggedFrame;
import dcocpp.canlog.TimingReport;
import dcocpp.plcsim.Dbc;

/** A stretch of what has passed on the bus, read by the DBC and not by the driver's codec. Immutable. */
final class Recording {

    private static final int BITS_PER_SECOND = 125_000;
    /** Twelve PLCs, even when no car is there, send something every few milliseconds. */
    private static final long STANDSTILL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Dbc CONTRACT = Dbc.contract();
    private static final Dbc.Message RELAY_CONTROL = CONTRACT.message("RelayControl");
    private static final Dbc.Message RELAY_STATUS = CONTRACT.message("RelayStatus");
    private static final Dbc.Message SAFETY_STATUS = CONTRACT.message("SafetySwitchStatus");

    private final List<LoggedFrame> frames;

    Recording(List<LoggedFrame> frames) {
        this.frames = frames;
    }

    List<LoggedFrame> frames() {
        return frames;
    }

    private static byte[] data(LoggedFrame frame) {
        byte[] data = new byte[frame.length()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (frame.payload() >>> 8 * i);
        }
        return data;
    }

    private static boolean is(Dbc.Message message, int plcId, LoggedFrame frame) {
        return frame.rawId() == (LoggedFrame.EXTENDED | message.id(plcId)) && frame.length() == LoggedFrame.MAX_LENGTH
                && message.intact(data(frame));
    }

    /** A relay is told to be closed. */
    private static boolean on(LoggedFrame control) {
        Map<String, Double> signals = RELAY_CONTROL.decode(data(control));
        boolean on = false;
        for (int relay = 1; relay <= 3; relay++) {
            on |= signals.get("RLY" + relay + "_CMD") != 0 && signals.get("RLY" + relay + "_ENABLE") != 0;
        }
        return on && signals.get("FORCE_ALL_OFF") == 0;
    }

    /** When this PLC was first told to have everything open, ns since 1970. */
    OptionalLong firstOff(int plcId) {
        return frames.stream().filter(frame -> is(RELAY_CONTROL, plcId, frame) && !on(frame)).mapToLong(LoggedFrame::epochNanos)
                .findFirst();
    }

    /** The first frame that tells this PLC to close a relay although it was told to open all before. */
    Optional<LoggedFrame> onAfterOff(int plcId) {
        boolean off = false;
        for (LoggedFrame frame : frames) {
            if (is(RELAY_CONTROL, plcId, frame)) {
                boolean on = on(frame);
                if (off && on) {
                    return Optional.of(frame);
                }
                off |= !on;
            }
        }
        return Optional.empty();
    }

    /**
     * A pause of RelayControl.
     *
     * @param nanos how long it was
     * @param standstillNanos for how long of it nobody on the bus has sent anything: not this host, and none of many PLCs, which are another
     *     process. Then the machine stood still, and not the host
     */
    record Pause(long nanos, long standstillNanos) {
    }

    /** Each pause from a RelayControl with a relay on to the next one, and from the last one to the end. */
    List<Pause> pausesOn(int plcId) {
        List<Pause> pauses = new ArrayList<>();
        LoggedFrame last = null;
        LoggedFrame before = null;
        long standstill = 0;
        for (LoggedFrame frame : frames) {
            standstill += before == null ? 0 : standstill(frame.epochNanos() - before.epochNanos());
            before = frame;
            if (is(RELAY_CONTROL, plcId, frame)) {
                if (last != null) {
                    pauses.add(new Pause(frame.epochNanos() - last.epochNanos(), standstill));
                }
                last = on(frame) ? frame : null;
                standstill = 0;
            }
        }
        if (last != null) {
            pauses.add(new Pause(before.epochNanos() - last.epochNanos(), standstill));
        }
        return pauses;
    }

    private static long standstill(long gapNanos) {
        return gapNanos > STANDSTILL_NANOS ? gapNanos : 0;
    }

    /** The longest time in which nobody has sent anything, ns; 0 = there was never more than what is usual. */
    long longestStandstillNanos() {
        long longest = 0;
        for (int i = 1; i < frames.size(); i++) {
            longest = Math.max(longest, standstill(frames.get(i).epochNanos() - frames.get(i - 1).epochNanos()));
        }
        return longest;
    }

    /** From each frame in which this PLC begins to tell an emergency stop to the next one that tells it FORCE_ALL_OFF, ns. */
    List<Long> reactionsNanos(int plcId) {
        List<Long> reactions = new ArrayList<>();
        boolean pressed = false;
        long waitingSince = 0;
        for (LoggedFrame frame : frames) {
            if (is(RELAY_STATUS, plcId, frame) || is(SAFETY_STATUS, plcId, frame)) {
                Map<String, Double> signals = (is(RELAY_STATUS, plcId, frame) ? RELAY_STATUS : SAFETY_STATUS).decode(data(frame));
                boolean now = signals.get("ESTOP_INPUT") != 0 || signals.get("ESTOP_LATCHED") != 0;
                waitingSince = now && !pressed ? frame.epochNanos() : waitingSince;
                pressed = now;
            } else if (waitingSince != 0 && is(RELAY_CONTROL, plcId, frame)
                    && RELAY_CONTROL.decode(data(frame)).get("FORCE_ALL_OFF") != 0) {
                reactions.add(frame.epochNanos() - waitingSince);
                waitingSince = 0;
            }
        }
        return reactions;
    }

    /** What the contract does not allow: an unknown identifier, another length than eight, a wrong checksum, a reserved bit. */
    List<String> againstTheContract() {
        List<String> wrong = new ArrayList<>();
        for (LoggedFrame frame : frames) {
            Optional<Dbc.Message> message = frame.extended() ? CONTRACT.of(frame.id()) : Optional.empty();
            byte[] data = data(frame);
            if (message.isEmpty()) {
                wrong.add("unknown identifier: " + frame);
            } else if (data.length != LoggedFrame.MAX_LENGTH) {
                wrong.add(message.get().name() + " without eight bytes: " + frame);
            } else if (message.get().checksummed() && !message.get().intact(data)) {
                wrong.add(message.get().name() + " with a wrong checksum: " + frame);
            } else if (message.get().usesReserved(data)) {
                wrong.add(message.get().name() + " with a reserved bit: " + frame);
            }
        }
        return wrong;
    }

    /** Share of a bus of 125 kbit/s that these frames would take, by their real bits. */
    double load() {
        return frames.size() < 2 ? 0 : timing().load(frames.get(0).epochNanos(), frames.get(frames.size() - 1).epochNanos());
    }

    /** The same, in the fullest second. */
    double highestLoadOfASecond() {
        return timing().highestLoadOfASecond();
    }

    private TimingReport timing() {
        return new TimingReport(frames, BITS_PER_SECOND);
    }
}
