package dcocpp.canlog;

import java.util.List;
import java.util.function.IntPredicate;

/** What a recording shows of time: gaps between frames and the load of the bus. The frames are in the order in which they came. */
public final class TimingReport {

    private static final double NANOS = 1e9;

    private final List<LoggedFrame> frames;
    private final int bitrate;

    /**
     * @param bitrate bits per second on the bus
     */
    public TimingReport(List<LoggedFrame> frames, int bitrate) {
        this.frames = List.copyOf(frames);
        this.bitrate = bitrate;
    }

    /**
     * The longest time without one of these frames between two moments, the ends counted too: a frame that never came was missing all
     * the time.
     *
     * @param rawId which frames, by the identifier with its flags
     * @param fromNanos ns since 1970
     */
    public long longestGapNanos(IntPredicate rawId, long fromNanos, long toNanos) {
        long longest = 0;
        long last = fromNanos;
        for (LoggedFrame frame : frames) {
            if (rawId.test(frame.rawId()) && frame.epochNanos() >= fromNanos && frame.epochNanos() <= toNanos) {
                longest = Math.max(longest, frame.epochNanos() - last);
                last = frame.epochNanos();
            }
        }
        return Math.max(longest, toNanos - last);
    }

    /** Share of the bus that the frames of this time took, 0…1 and above where a recording has more than fits. */
    public double load(long fromNanos, long toNanos) {
        long bits = 0;
        for (LoggedFrame frame : frames) {
            if (frame.epochNanos() >= fromNanos && frame.epochNanos() < toNanos) {
                bits += frame.bits();
            }
        }
        return bits * NANOS / bitrate / (toNanos - fromNanos);
    }

    /** The highest load of any whole second from the first frame on; 0 when the recording is shorter. */
    public double highestLoadOfASecond() {
        double highest = 0;
        if (!frames.isEmpty()) {
            long second = (long) NANOS;
            long end = frames.get(frames.size() - 1).epochNanos();
            int first = 0;
            for (long from = frames.get(0).epochNanos(); from + second <= end; from += second) {
                long bits = 0;
                for (; first < frames.size() && frames.get(first).epochNanos() < from + second; first++) {
                    bits += frames.get(first).bits();
                }
                highest = Math.max(highest, bits / (double) bitrate);
            }
        }
        return highest;
    }
}
