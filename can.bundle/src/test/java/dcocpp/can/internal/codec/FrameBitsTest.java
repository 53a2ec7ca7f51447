package dcocpp.can.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

import dcocpp.can.internal.bus.Bus;

/** Beside an implementation that builds the bits of a frame as text, by the words of the specification. */
class FrameBitsTest {

    private static String binary(long value, int digits) {
        StringBuilder text = new StringBuilder(Long.toBinaryString(value));
        while (text.length() < digits) {
            text.insert(0, '0');
        }
        return text.toString();
    }

    private static String content(int rawId, int length, long payload) {
        String remote = (rawId & Bus.REMOTE) != 0 ? "1" : "0";
        String extended = binary(rawId & Bus.EXTENDED_MASK, 29);
        String id = (rawId & Bus.EXTENDED) != 0
                ? extended.substring(0, 11) + "1" + "1" + extended.substring(11) + remote + "0" + "0"
                : binary(rawId & 0x7FF, 11) + remote + "0" + "0";
        StringBuilder text = new StringBuilder("0" + id + binary(length, 4));
        for (int i = 0; i < length && remote.equals("0"); i++) {
            text.append(binary(payload >>> 8 * i & 0xFF, 8));
        }
        return text.toString();
    }

    /** The remainder of a division of polynomials, done as by hand. */
    private static String remainder(String bits) {
        char[] dividend = (bits + "0".repeat(15)).toCharArray();
        String divisor = "1100010110011001";
        for (int i = 0; i + 16 <= dividend.length; i++) {
            if (dividend[i] == '1') {
                for (int j = 0; j < 16; j++) {
                    dividend[i + j] = dividend[i + j] == divisor.charAt(j) ? '0' : '1';
                }
            }
        }
        return new String(dividend, dividend.length - 15, 15);
    }

    private static String stuffed(String bits) {
        StringBuilder sent = new StringBuilder();
        for (char bit : bits.toCharArray()) {
            sent.append(bit);
            int end = sent.length();
            if (end >= 5 && sent.substring(end - 5).equals(String.valueOf(bit).repeat(5))) {
                sent.append(bit == '0' ? '1' : '0');
            }
        }
        return sent.toString();
    }

    private static int expected(int rawId, int length, long payload) {
        String content = content(rawId, length, payload);
        // CRC delimiter, acknowledge slot and delimiter, end of frame, intermission
        return (stuffed(content + remainder(content)) + "1" + "0" + "1" + "1111111" + "111").length();
    }

    @Test
    void randomFramesAgreeWithTheTextOfTheirBits() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            boolean extended = random.nextBoolean();
            int rawId = random.nextInt() & (extended ? Bus.EXTENDED_MASK : 0x7FF);
            rawId |= (extended ? Bus.EXTENDED : 0) | (random.nextInt(20) == 0 ? Bus.REMOTE : 0);
            int length = random.nextInt(9);
            // Long runs are what stuffing is about.
            long payload = random.nextInt(3) == 0 ? random.nextLong() & random.nextLong() & random.nextLong() : random.nextLong();
            payload = length == 8 ? payload : payload & (1L << 8 * length) - 1;
            assertEquals(expected(rawId, length, payload), FrameBits.stuffed(rawId, length, payload),
                    Integer.toHexString(rawId) + " " + length + " " + Frames.hex(payload));
        }
    }

    @Test
    void theDivisionHasThePublishedCheckValueOfThisChecksum() {
        StringBuilder bits = new StringBuilder();
        for (char digit : "123456789".toCharArray()) {
            bits.append(binary(digit, 8));
        }
        assertEquals(0x059E, Integer.parseInt(remainder(bits.toString()), 2));
    }

    @Test
    void whatTheKernelSaysAboutTheBusWasNeverOnIt() {
        assertEquals(0, FrameBits.stuffed(Bus.ERROR | 0x40, 8, 0));
    }

    @Test
    void fullFrameOf29BitsHas131BitsAndAtMost160() {
        // Alternating bits need no stuffing in the data.
        int fewest = Integer.MAX_VALUE;
        int most = 0;
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            long payload = i == 0 ? 0 : i == 1 ? -1 : i % 2 == 0 ? 0xAAAA_AAAA_AAAA_AAAAL ^ 1L << random.nextInt(64) : random.nextLong();
            int bits = FrameBits.stuffed(Bus.EXTENDED | random.nextInt(0x2000_0000), 8, payload);
            fewest = Math.min(fewest, bits);
            most = Math.max(most, bits);
        }
        assertEquals(131, fewest);
        assertTrue(most <= 160, most + " bits");
    }
}
