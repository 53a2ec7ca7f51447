package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorStatus;

/** The whole charger when a part does not do what it is told and nobody says so. */
class SilentFailureTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    // Hardware.

    @Test
    void hardwareThatTakesNoCommandIsAFaultAfterASecondAndWorksAgainByItself() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.hardware.refusal = "no route to the bus";
            charger.run(Duration.ofMillis(800));
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            charger.run(Duration.ofMillis(500));
            for (int id = 1; id <= 2; id++) {
                assertEquals(ConnectorStatus.FAULTED, charger.status(id));
                assertEquals(FaultCause.PLC_UNAVAILABLE, charger.connector(id).faults().get(0).cause());
                assertEquals("takes no command: no route to the bus", charger.connector(id).info());
            }
            charger.run(Duration.ofSeconds(12));
            assertEquals(StopReason.POWER_LOSS, charger.journalled(TransactionStopped.class).get(0).reason());
            charger.hardware.refusal = "";
            charger.run(Duration.ofSeconds(5));
            assertEquals(List.of(), charger.connector(1).faults(), "no contactor is blamed");
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(2));
            charger.charge(2, "B");
        }
    }

    @Test
    void aCommandThatIsNotTakenForAMomentCostsNobodyHisSession() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.refusal = "busy";
            charger.run(Duration.ofMillis(300));
            charger.hardware.refusal = "";
            charger.run(Duration.ofSeconds(2));
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            assertTrue(charger.hardware.gun(1).currentA > 50);
        }
    }

    // Modules.

    @Test
    void aModuleThatNeverReachesItsBusIsReplacedInThePlan() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.hardware.weak.add("M1_1");
            charger.charge(1, "A");
            assertEquals(2, charger.snapshot().plan().plan().islands().get(0).moduleIds().size());
            charger.run(Duration.ofSeconds(9));
            assertEquals(List.of("M1_0"), charger.snapshot().plan().plan().islands().get(0).moduleIds());
            assertEquals("M1_1 does not reach the voltage of its bus", charger.connector(1).faults().get(0).detail());
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            charger.hardware.weak.clear();
            assertEquals(CommandResult.DONE, charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(SECOND), 1)));
            charger.run(Duration.ofSeconds(3));
            assertEquals(2, charger.connector(1).moduleIds().size());
            assertEquals(List.of(), charger.connector(1).faults());
        }
    }

    // The lock.

    /** A session that ends while nobody sees where the gun contactor is. */
    private static void endUnseen(ChargerFixture charger, double inletV) {
        charger.charge(1, "A");
        charger.hardware.gun(1).contactorUnseen = true;
        charger.hardware.gun(1).inletV = inletV;
        charger.run(Duration.ofSeconds(11));
        charger.swipe("A");
        charger.run(Duration.ofSeconds(10));
        assertEquals(1, charger.journalled(TransactionStopped.class).size());
    }

    private static boolean toldToLock(ChargerFixture charger) {
        return charger.hardware.last.guns().get(0).lock();
    }

    @Test
    void thePlugStaysLockedWhileItMayBeLive() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            endUnseen(charger, Double.NaN);
            assertTrue(toldToLock(charger), "nothing is known of its pins");
            charger.hardware.gun(1).inletV = 350;
            charger.run(SECOND);
            assertTrue(toldToLock(charger));
            charger.hardware.gun(1).inletV = 59;
            charger.run(SECOND);
            assertFalse(toldToLock(charger));
            charger.hardware.gun(1).inletV = 350;
            charger.run(SECOND);
            assertFalse(toldToLock(charger), "only what is locked stays locked");
        }
    }

    @Test
    void aPlugWhoseContactorIsSeenToBeOpenIsUnlocked() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            endUnseen(charger, Double.NaN);
            assertTrue(toldToLock(charger));
            charger.hardware.gun(1).contactorUnseen = false;
            charger.run(SECOND);
            assertFalse(toldToLock(charger));
        }
    }

    @Test
    void anOperatorUnlocksAPlugOfWhichNothingIsKnown() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            endUnseen(charger, Double.NaN);
            assertEquals(CommandResult.DONE, charger.command(new ChargerCommand.Unlock("u", charger.deadline(SECOND.multipliedBy(5)), 1)));
            charger.run(SECOND);
            assertFalse(toldToLock(charger));
        }
    }
}
