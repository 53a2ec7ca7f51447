package dcocpp.can.internal.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import tel.schich.javacan.CanFilter;

class JavacanBusTest {

    @Test
    void filterIsExactOverFlagAndAllBits() {
        CanFilter filter = JavacanBus.filters(new int[] {0x160 | 3})[0];
        assertEquals(0x8000_0163, filter.getId());
        assertEquals(0x9FFF_FFFF, filter.getMask());
    }

    @Test
    void missingBusIsRefusedWithTheReason() {
        BusUnavailableException refused = assertThrows(BusUnavailableException.class,
                () -> JavacanBus.open("dcocpp-none", new int[] {0x160}));
        String reason = refused.getMessage();
        assertTrue(reason.contains("no SocketCAN") || reason.contains("no CAN interface dcocpp-none"), reason);
    }
}
