package dcocpp.can.internal.driver;

import java.util.Arrays;

/**
 * Fault bits of one status frame. A bit that is set counts in the frame that carries it; a bit that is clear again counts only when it
 * has stayed clear for the debounce time and in two frames in a row. Each bit has its own timer, restarted only by that bit: a status
 * that repeats fast, or another bit that flickers, holds up neither a fault nor its end.
 */
final class DebouncedBits {

    private static final int CLEAR_FRAMES = 2;

    private final long[] clearSinceNanos;
    private final int[] clearFrames;
    private int effective;
    private int raw;

    DebouncedBits(int bits) {
        clearSinceNanos = new long[bits];
        clearFrames = new int[bits];
    }

    void frame(int bits, long debounceNanos, long nowNanos) {
        raw = bits;
        for (int i = 0; i < clearFrames.length; i++) {
            int bit = 1 << i;
            if ((bits & bit) != 0) {
                effective |= bit;
                clearFrames[i] = 0;
            } else if ((effective & bit) != 0) {
                if (clearFrames[i]++ == 0) {
                    clearSinceNanos[i] = nowNanos;
                }
                if (clearFrames[i] >= CLEAR_FRAMES && nowNanos - clearSinceNanos[i] >= debounceNanos) {
                    effective &= ~bit;
                }
            }
        }
    }

    void reset() {
        effective = 0;
        raw = 0;
        Arrays.fill(clearFrames, 0);
    }

    int effective() {
        return effective;
    }

    int raw() {
        return raw;
    }
}
