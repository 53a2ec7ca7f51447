package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.can.internal.bus.Bus;
import dcocpp.can.internal.codec.Crc8;
import dcocpp.can.internal.codec.CrcMode;
import dcocpp.can.internal.codec.Message;

/** Frames that nobody meant to send. */
class FrameFuzzTest {

    private static final List<Message> CHECKSUMMED = List.of(Message.RELAY_STATUS, Message.SAFETY_SWITCH_STATUS, Message.GCMC_STATUS,
            Message.CONFIG_ACK);

    private static DriverSettings settings(CrcMode mode) {
        return DriverSettings.of(true, mode == CrcMode.STRICT ? "strict" : "legacy", "1", 9, false, true, false, true, 50);
    }

    private static PlcBench charging(CrcMode mode) {
        PlcBench bench = new PlcBench(1, settings(mode));
        bench.run(1000);
        bench.charge(1);
        bench.run(1000);
        return bench;
    }

    private static int rawId(Random random) {
        Message[] messages = Message.values();
        return switch (random.nextInt(4)) {
            // Any 32 bits: error frames, remote frames and 11-bit identifiers among them.
            case 0 -> random.nextInt();
            case 1 -> Bus.EXTENDED | random.nextInt(0x500);
            default -> Bus.EXTENDED | messages[random.nextInt(messages.length)].id(random.nextInt(16));
        };
    }

    private static long payload(Random random, int length) {
        long payload = switch (random.nextInt(4)) {
            case 0 -> random.nextLong() & random.nextLong();
            case 1 -> Crc8.seal(random.nextLong());
            default -> random.nextLong();
        };
        return length == 8 ? payload : payload & (1L << 8 * length) - 1;
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void noFrameMakesTheDriverThrow(@ForAll long seed, @ForAll CrcMode mode) {
        Random random = new Random(seed);
        PlcBench bench = new PlcBench(2, settings(mode));
        // Their own checks do not hold while somebody else speaks in their name.
        bench.plcs.forEach(plc -> plc.acknowledges = false);
        for (int i = 0; i < 200; i++) {
            int length = random.nextInt(9);
            bench.driver.frame(rawId(random), length, payload(random, length));
            if (bench.driver.busOff()) {
                bench.driver.busOpened(bench);
            }
            if (random.nextInt(4) == 0) {
                bench.run(random.nextInt(20));
            }
        }
    }

    /** All that is known of the PLCs; that frames were dropped is counted, and should be. */
    private static HardwareSnapshot known(PlcBench bench) {
        HardwareSnapshot all = bench.driver.snapshot();
        return new HardwareSnapshot(all.takenNanos(), all.condition(), all.detail(), all.guns(), all.modules(), all.contactors());
    }

    /** Two chargers live the same life; one also hears frames with a wrong checksum, fewer than are a fault. */
    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void noSignalChangesBehindAWrongChecksum(@ForAll long seed, @ForAll CrcMode mode) {
        Random random = new Random(seed);
        PlcBench disturbed = charging(mode);
        PlcBench quiet = charging(mode);
        assertEquals(known(quiet), known(disturbed));
        for (int i = 0; i < 20; i++) {
            long payload = random.nextLong();
            int right = Crc8.of(payload);
            int wrong = Crc8.stored(payload);
            if (wrong == right || mode == CrcMode.LEGACY && wrong == 0) {
                payload ^= 1L << 63;
            }
            assertFalse(mode.accepts(payload));
            int before = disturbed.framesSent;
            disturbed.driver.frame(Bus.EXTENDED | CHECKSUMMED.get(random.nextInt(CHECKSUMMED.size())).id(0), 8, payload);
            assertEquals(before, disturbed.framesSent, "no command follows from a frame with a wrong checksum");
            disturbed.run(600);
            quiet.run(600);
            assertEquals(known(quiet), known(disturbed), Long.toHexString(payload));
        }
        assertEquals(quiet.log, disturbed.log);
    }

    /** That the comparison of two lives would see a signal at all. */
    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void aRightChecksumIsBelieved(@ForAll CrcMode mode) {
        PlcBench disturbed = charging(mode);
        PlcBench quiet = charging(mode);
        disturbed.driver.frame(Bus.EXTENDED | Message.RELAY_STATUS.id(0), 8, Crc8.seal(0x0C84_2C48L));
        disturbed.run(100);
        quiet.run(100);
        assertNotEquals(known(quiet), known(disturbed));
    }
}
