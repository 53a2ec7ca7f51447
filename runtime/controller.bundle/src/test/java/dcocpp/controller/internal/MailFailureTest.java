package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorStatus;

/** A piece of mail that throws costs itself only. */
class MailFailureTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void aTokenThatThrowsIsDroppedAndTheNextOneAndTheTickAreNot() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.groups.put("A", "G");
            charger.charge(1, "A");
            charger.charge(2, "B");
            charger.run(Duration.ofSeconds(11));
            // Of the group of a card the back office is asked at once.
            charger.failure = new StackOverflowError("a bug of the protocol bundle");
            long before = charger.hardware.last.number();
            charger.swipe("C");
            charger.swipe("B");
            charger.time.runDue();
            assertTrue(charger.hardware.last.number() > before, "a command went out in that very tick");
            charger.run(Duration.ofSeconds(5));
            assertEquals(StopReason.LOCAL, charger.journalled(TransactionStopped.class).get(0).reason());
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
        }
    }

    @Test
    void aCommandThatThrowsFailsAndTheNextOneAndTheTickDoNot() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.failure = new StackOverflowError("a bug of the protocol bundle");
            long before = charger.hardware.last.number();
            var first = charger.desk.submit(new ChargerCommand.BackOfficeConnection("1", charger.deadline(SECOND), true))
                    .toCompletableFuture();
            var second = charger.desk.submit(new ChargerCommand.BackOfficeConnection("2", charger.deadline(SECOND), false))
                    .toCompletableFuture();
            charger.time.runDue();
            assertEquals(CommandResult.Outcome.FAILED, first.join().outcome());
            assertEquals(CommandResult.DONE, second.join());
            assertTrue(charger.hardware.last.number() > before);
        }
    }

    @Test
    void aTimeLimitOfTheProtocolBundleThatIsNonsenseFaultsOnlyTheConnectorThatNeedsIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.answers = false;
            charger.mail.plugInTimeout(null);
            charger.swipe("B");
            charger.run(SECOND);
            assertEquals(ConnectorStatus.FAULTED, charger.status(2));
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            charger.mail.plugInTimeout(Duration.ofSeconds(60));
            charger.run(SECOND);
            assertEquals(ConnectorStatus.PREPARING, charger.status(2));
        }
    }
}
