package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.codec.FrameBits;

class BusLoadTest {

    private static final long SECOND = 1_000_000_000L;

    private final BusLoad load = new BusLoad();

    @Test
    void aSecondHasTheRealBitsOfItsFrames() {
        assertTrue(Double.isNaN(load.load()), "nothing is measured yet");
        load.tick(0);
        long bits = 0;
        for (int i = 0; i < 400; i++) {
            // Zeros need a stuff bit for every four of them, alternating bits none.
            long payload = i % 2 == 0 ? 0 : 0x5555_5555_5555_5555L;
            load.frame(Bus.EXTENDED | 0x160, 8, payload);
            bits += FrameBits.stuffed(Bus.EXTENDED | 0x160, 8, payload);
        }
        assertFalse(load.tick(SECOND - 1));
        assertTrue(load.tick(SECOND));
        assertEquals(bits / 125_000.0, load.load(), 1e-9);
        assertEquals(400, load.framesPerSecond());
        load.tick(2 * SECOND);
        assertEquals(0, load.load());
    }

    @Test
    void aSecondThatTookLongerIsMeasuredByItsLength() {
        load.tick(0);
        for (int i = 0; i < 500; i++) {
            load.frame(Bus.EXTENDED | 0x160, 8, -1);
        }
        load.tick(2 * SECOND);
        assertEquals(250, load.framesPerSecond());
        assertEquals(250 * FrameBits.stuffed(Bus.EXTENDED | 0x160, 8, -1) / 125_000.0, load.load(), 1e-9);
    }
}
