package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.session.ControlPace;

class ControlPaceTest {

    @Test
    void eachTickIsCountedAndOnTheFakeClockNoneTakesTime(@TempDir Path folder) {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            ControlPace before = charger.snapshot().pace();
            charger.run(ChargerFixture.TICK.multipliedBy(25));
            assertEquals(new ControlPace(before.ticks() + 25, 0, 0), charger.snapshot().pace());
        }
    }

    @Test
    void theLongestTickStaysAndThoseAboveThePeriodAreCounted() {
        ControlPace pace = ControlPace.NONE.with(40, 100).with(100, 100).with(101, 100).with(7, 100);
        assertEquals(new ControlPace(4, 101, 1), pace);
    }
}
