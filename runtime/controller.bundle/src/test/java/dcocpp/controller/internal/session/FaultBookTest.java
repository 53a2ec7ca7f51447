package dcocpp.controller.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;

class FaultBookTest {

    private static final Fault DOES_NOT_CLOSE = new Fault(FaultCause.GC_CLOSE_TIMEOUT, "GC_1 does not close");
    private static final Fault WELDED = new Fault(FaultCause.GC_WELD, "GC_1 does not open");

    private final FaultBook book = new FaultBook();

    @Test
    void whatLastsUntilUnplugGoesWithTheVehicleAlsoWhenItWasActiveAMomentBefore() {
        book.update(List.of(DOES_NOT_CLOSE));
        book.unplugged();
        book.update(List.of());
        assertEquals(List.of(), book.all());
    }

    @Test
    void whatIsStillThereAfterTheVehicleStays() {
        book.update(List.of(DOES_NOT_CLOSE));
        book.unplugged();
        book.update(List.of(DOES_NOT_CLOSE));
        assertEquals(List.of(DOES_NOT_CLOSE), book.all());
    }

    @Test
    void latchedFaultStaysWhenTheVehicleGoes() {
        book.update(List.of(WELDED));
        book.unplugged();
        book.update(List.of());
        assertEquals(List.of(WELDED), book.all());
    }
}
