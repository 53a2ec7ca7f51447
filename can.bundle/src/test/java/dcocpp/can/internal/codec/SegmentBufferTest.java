package dcocpp.can.internal.codec;

import static dcocpp.can.internal.codec.Frames.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

class SegmentBufferTest {

    private final SegmentBuffer buffer = new SegmentBuffer();

    private boolean identity(String frame) {
        return buffer.identity(payload(frame), 0);
    }

    @Test
    void macAddressComesInTwoSegments() {
        assertFalse(identity("06 02 00 00 1A 2B 3C 4D"));
        assertTrue(identity("06 02 01 5E 00 00 00 00"));
        assertEquals("001A2B3C4D5E", buffer.hex());
        assertFalse(buffer.pending());
    }

    @Test
    void evccidOfTheExample() {
        assertFalse(identity("06 02 00 F0 7F 0C 00 6E"));
        assertTrue(identity("06 02 01 3B 00 00 00 00"));
        assertEquals("F07F0C006E3B", buffer.hex());
    }

    @Test
    void contractsThatDifferInTheirLastCharactersStayDifferent() {
        identity("0F 03 00 44 45 38 41 41");
        identity("0F 03 01 31 41 32 42 33");
        assertTrue(identity("0F 03 02 43 34 44 35 39"));
        assertEquals("DE8AA1A2B3C4D59", buffer.text());
        identity("0F 03 00 44 45 38 41 41");
        identity("0F 03 01 31 41 32 42 33");
        assertTrue(identity("0F 03 02 43 34 44 35 38"));
        assertEquals("DE8AA1A2B3C4D58", buffer.text());
    }

    @Test
    void textWithControlCharactersIsNoContract() {
        assertTrue(identity("02 00 00 44 07 00 00 00"));
        assertEquals("", buffer.text());
    }

    @Test
    void cardWithSevenBytes() {
        assertFalse(buffer.rfid(payload("07 07 20 04 A2 B3 C4 D5"), 0));
        assertTrue(buffer.rfid(payload("07 07 21 E6 80 00 00 00"), 0));
        assertEquals("04A2B3C4D5E680", buffer.hex());
    }

    @Test
    void segmentsOfTwoCardsAreNeverMixed() {
        assertFalse(buffer.rfid(payload("07 07 20 04 A2 B3 C4 D5"), 0));
        assertFalse(buffer.rfid(payload("07 08 21 E6 80 00 00 00"), 0));
        assertFalse(buffer.rfid(payload("17 08 20 04 A2 B3 C4 D5"), 0), "another event type is no card");
    }

    @Test
    void incompleteIdentityDiesAfterFiveSeconds() {
        assertFalse(buffer.identity(payload("06 02 00 00 1A 2B 3C 4D"), 0));
        assertFalse(buffer.identity(payload("06 02 01 5E 00 00 00 00"), 5_000_000_001L));
        assertFalse(buffer.identity(payload("06 02 00 00 1A 2B 3C 4D"), 5_000_000_002L));
        assertTrue(buffer.identity(payload("06 02 01 5E 00 00 00 00"), 5_000_000_003L));
    }

    @Test
    void segmentZeroAndAnotherLengthBeginAnew() {
        assertFalse(identity("06 02 00 00 1A 2B 3C 4D"));
        assertFalse(identity("08 02 01 5E 00 00 00 00"));
        assertFalse(identity("06 02 00 11 1A 2B 3C 4D"));
        assertTrue(identity("06 02 01 5E 00 00 00 00"));
        assertEquals("111A2B3C4D5E", buffer.hex());
    }

    @Test
    void impossibleLengthsAreRefused() {
        assertFalse(identity("00 01 00 11 22 33 44 55"), "no length");
        assertFalse(identity("06 01 00 11 22 33 44 55"), "six bytes do not fit one segment");
        assertFalse(identity("41 FF 00 11 22 33 44 55"), "65 bytes");
        assertFalse(identity("05 01 01 11 22 33 44 55"), "index beyond the count");
        assertFalse(identity("05 FF FE 11 22 33 44 55"), "more segments than an identity has");
        assertFalse(buffer.pending());
        assertTrue(identity("05 00 00 11 22 33 44 55"), "a count of 0 is read as 1");
    }

    @Test
    void randomSegmentsNeverThrow() {
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            long frame = random.nextLong();
            if ((i & 1) == 0 ? buffer.identity(frame, i * 1_000_000L) : buffer.rfid(frame, i * 1_000_000L)) {
                assertTrue(buffer.hex().length() <= 128);
                buffer.text();
            }
        }
    }
}
