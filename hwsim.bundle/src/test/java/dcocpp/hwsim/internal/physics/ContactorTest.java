package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;

class ContactorTest {

    private static final long MS = 1_000_000;

    private final Contactor contactor = new Contactor("GC_1", Travel.usual(), 0);
    private long now;

    private void run(long millis, boolean close) {
        for (long t = 0; t < millis; t += 20) {
            now += 20 * MS;
            contactor.step(now, close);
        }
    }

    private long millisUntil(boolean closed) {
        long start = now;
        while (contactor.closed() != closed && now - start < 1000 * MS) {
            run(20, closed);
        }
        return (now - start) / MS;
    }

    @Test
    void closesFiftyToHundredMillisecondsAfterTheCommandAndOpensFaster() {
        run(200, false);
        long closing = millisUntil(true);
        assertTrue(closing >= 50 && closing <= 100, closing + " ms");
        long opening = millisUntil(false);
        assertTrue(opening > 0 && opening <= 60, opening + " ms");
    }

    @Test
    void withdrawnCommandDoesNotMoveIt() {
        run(40, true);
        run(1000, false);
        assertFalse(contactor.closed());
        assertEquals(0, contactor.state(now, true).operations());
    }

    @Test
    void feedbackTellsSinceWhenAndHowOften() {
        run(100, true);
        assertEquals(1, contactor.state(now, true).operations());
        assertEquals(now - 20 * MS, contactor.state(now, true).sinceNanos(), 20 * MS);
        assertEquals(Position.UNKNOWN, contactor.state(now, false).position());
    }

    @Test
    void weldedContactStaysClosedAndIsKnownAfterHalfASecond() {
        run(100, true);
        contactor.weld(true);
        run(440, false);
        assertTrue(contactor.closed());
        assertFalse(contactor.state(now, true).welded());
        run(100, false);
        assertTrue(contactor.state(now, true).welded());

        contactor.weld(false);
        run(20, false);
        assertFalse(contactor.closed());
        assertFalse(contactor.state(now, true).welded());
    }

    @Test
    void jammedContactStaysOpenAndIsKnownAfterHalfASecond() {
        contactor.jam(true);
        run(540, true);
        assertFalse(contactor.closed());
        assertTrue(contactor.state(now, true).stuckOpen());
    }
}
