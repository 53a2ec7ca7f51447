package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.planner.internal.RingPlanner;

/** The only planner fails: what was planned long ago takes no slot any more. */
class FrozenPlanTest extends PhysicalChargerTest {

    private RuntimeException failure;

    @Override
    @BeforeEach
    void start() {
        RingPlanner planner = new RingPlanner();
        charger = ChargerFixture.on(folder, 6, 400, time -> hardware = new PhysicalHardware(time), input -> {
            if (failure != null) {
                throw failure;
            }
            return planner.plan(input);
        });
    }

    @Test
    void transactionGoesOnWithItsOwnSlotAloneUntilPlansAreFreshAgain() {
        present(1, 150);
        charger.until("three slots", () -> charger.connector(1).slotIds().size() == 3 && powerKW(1) > 140);
        failure = new IllegalStateException("bug");
        charger.run(Duration.ofSeconds(15));
        assertEquals(PlanSnapshot.State.FROZEN, charger.snapshot().plan().state());
        assertEquals(3, charger.connector(1).slotIds().size(), "what is joined stays");
        assertTrue(powerKW(1) > 140);

        hardware.cabinet().unplug(1);
        charger.run(SECOND.multipliedBy(4));
        hardware.plug(1, 150);
        charger.until("it charges again", () -> powerKW(1) > 55);
        charger.run(SECOND.multipliedBy(10));
        assertEquals(List.of(1), charger.connector(1).slotIds());
        assertEquals(1, charger.journalled(TransactionStarted.class).size());

        failure = null;
        charger.until("a fresh plan", () -> charger.snapshot().plan().state() == PlanSnapshot.State.FRESH);
        charger.until("all that it asks for", () -> powerKW(1) > 140);
    }
}
