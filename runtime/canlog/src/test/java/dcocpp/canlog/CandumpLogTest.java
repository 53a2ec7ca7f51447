package dcocpp.canlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandumpLogTest {

    @Test
    void lineOfTheContractReadsAndWritesBack() {
        String line = "(1436509052.249713) vcan0 00000162#062A1400100E0023";
        LoggedFrame frame = CandumpLog.parse(line);
        assertEquals(new LoggedFrame(1_436_509_052_249_713_000L, "vcan0", 0x8000_0162, 8, 0x23_00_0E_10_00_14_2A_06L), frame);
        assertEquals(0x162, frame.id());
        assertTrue(frame.extended());
        assertEquals(line, CandumpLog.format(frame));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(0000000001.000000) can0 7FF#", "(0000000001.000000) can0 123#R", "(0000000001.000000) can0 123#R8",
        "(0000000001.500000) can1 1FFFFFFF#00", "(0000000001.000000) can0 20000040#0000000000000000",
        "(1700000000.000001) slcan0 00090002#0104020F7D000000"})
    void everyKindOfFrameWritesBack(String line) {
        assertEquals(line, CandumpLog.format(CandumpLog.parse(line)));
    }

    @Test
    void leadingZerosMayBeLeftOut() {
        assertEquals(0x8000_0162, CandumpLog.parse("(1.0) can0 0162#00").rawId());
        assertEquals(0x8009_0002, CandumpLog.parse("(1.0) can0 90002#00").rawId());
        assertEquals(0x162, CandumpLog.parse("(1.0) can0 162#00").rawId());
        assertEquals(0x8000_0840, CandumpLog.parse("(1.0) can0 840#00").rawId());
        assertEquals(0x12, CandumpLog.parse("(1.0) can0 12#00").rawId());
    }

    @Test
    void otherSpacingSeparatorsAndDirectionsAreRead() {
        LoggedFrame frame = CandumpLog.parse("  (1.25)  can0   00000162#06.2a.14 R ");
        assertEquals(3, frame.length());
        assertEquals(0x142A06, frame.payload());
        assertEquals(1_250_000_000L, frame.epochNanos());
    }

    @Test
    void errorFramesAreKnownAsSuch() {
        LoggedFrame frame = CandumpLog.parse("(1.0) can0 20000040#0000000000000000");
        assertTrue(frame.error());
        assertFalse(frame.extended());
        assertEquals(0, frame.bits());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "can0 162#00", "(x.y) can0 162#00", "(1.0) can0 162", "(1.0) can0 #00", "(1.0) can0 162#0",
        "(1.0) can0 162#000102030405060708", "(1.0) can0 162#GG", "(1.0) can0 40000000#00", "(1.0) can0 FFFFFFFF#00",
        "(1.0) can0 123456789#00", "(1.0) can0 00000162##300", "(1.0) a-name-that-is-too-long 162#00", "(1.0) can0 162#R9",
        "(99999999999.0) can0 162#00", "(1.0) can0 162#00 garbage", "(-1.0) can0 162#00"})
    void garbageIsRefused(String line) {
        assertThrows(IllegalArgumentException.class, () -> CandumpLog.parse(line));
    }
}
