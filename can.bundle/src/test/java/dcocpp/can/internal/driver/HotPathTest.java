package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;

import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.codec.Crc8;
import dcocpp.can.internal.codec.Frames;

class HotPathTest {

    private static final int ROUNDS = 20_000;

    @Test
    void aReceivedFrameAllocatesNothing() {
        PlcBench bench = PlcBench.charging();
        int[] ids = {0x160, 0x190, 0x210, 0x430, 0x100, 0x170, 0x170, 0x410, 0x402, 0x161};
        long[] payloads = {Frames.payload("07 00 14 00 10 0E 00 00"), Frames.payload("14 00 07 00 00 00 00 8F"),
                Frames.payload("68 10 DC 05 1D 10 DB 03"), Frames.payload("7A 17 43 05 C0 17 3E 17"),
                Frames.payload("09 2C 00 00 00 00 00 00"), Frames.payload("00 01 1D 10 8E 26 E7 0F"),
                Frames.payload("01 01 40 E2 01 00 89 13"), Frames.payload("00 DE 21 69 42 05 09 01"),
                Frames.payload("80 51 01 00 00 00 00 00"), Frames.payload("06 2A 14 00 10 0E 00 24")};
        payloads[0] = Crc8.seal(payloads[0]);
        feed(bench, ids, payloads);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        feed(bench, ids, payloads);
        double perFrame = (threads.getCurrentThreadAllocatedBytes() - before) / (double) (ROUNDS * ids.length);
        assertTrue(perFrame < 0.1, perFrame + " bytes per frame");
    }

    private static void feed(PlcBench bench, int[] ids, long[] payloads) {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < ids.length; i++) {
                bench.driver.frame(Bus.EXTENDED | ids[i], 8, payloads[i]);
            }
        }
    }
}
