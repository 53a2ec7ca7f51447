package dcocpp.can.internal.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tel.schich.javacan.CanFilter;

class JavacanBusTest {

    @Test
    void filterIsExactOverFlagsAndAllBits() {
        CanFilter filter = JavacanBus.filters(new int[] {0x160 | 3})[0];
        assertEquals(0x8000_0163, filter.getId());
        assertEquals(0xDFFF_FFFF, filter.getMask());
    }

    @ParameterizedTest
    @CsvSource({"80000163, true", "C0000163, false", "00000163, false", "80000162, false", "80010163, false"})
    void onlyDataFramesWithA29BitIdentifierOfOursPass(String rawId, boolean passes) {
        CanFilter filter = JavacanBus.filters(new int[] {0x160 | 3})[0];
        // As the kernel does it.
        int received = Integer.parseUnsignedInt(rawId, 16);
        assertEquals(passes, (received & filter.getMask()) == (filter.getId() & filter.getMask()));
    }

    @Test
    void missingBusIsRefusedWithTheReason() {
        BusUnavailableException refused = assertThrows(BusUnavailableException.class,
                () -> JavacanBus.open("dcocpp-none", new int[] {0x160}));
        String reason = refused.getMessage();
        assertTrue(reason.contains("no SocketCAN") || reason.contains("no CAN interface dcocpp-none"), reason);
    }
}
