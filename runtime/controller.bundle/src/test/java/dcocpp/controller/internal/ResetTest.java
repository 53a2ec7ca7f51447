package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.SessionPhase;

/** A reset waits for transactions and for the back office, and for nobody for ever. */
class ResetTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void aSoftResetEndsTransactionsAndAHardOneEndsTheProcess() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            assertEquals(CommandResult.DONE,
                    charger.command(new ChargerCommand.Reset("1", charger.deadline(Duration.ofSeconds(30)), false)));
            assertEquals(StopReason.SOFT_RESET, charger.journalled(TransactionStopped.class).get(0).reason());
            assertFalse(charger.exited);
            assertEquals(List.of("reset"), charger.told, "whether it is connected is not the reset's business");
            assertEquals(CommandResult.DONE,
                    charger.command(new ChargerCommand.Reset("2", charger.deadline(Duration.ofSeconds(30)), true)));
            assertTrue(charger.exited);
        }
    }

    @Test
    void aResetWaitsUntilTheBackOfficeHasHeardOfTheTransactions() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "CARD");
            charger.queued = 2;
            var result = charger.desk.submit(new ChargerCommand.Reset("r", charger.deadline(Duration.ofSeconds(60)), true))
                    .toCompletableFuture();
            charger.run(Duration.ofSeconds(40));
            assertEquals(StopReason.HARD_RESET, charger.journalled(TransactionStopped.class).get(0).reason());
            assertFalse(charger.exited);
            charger.queued = 0;
            charger.run(SECOND);
            assertTrue(charger.exited);
            assertEquals(CommandResult.DONE, result.join());
        }
    }

    @Test
    void anAnswerThatComesDuringAResetStartsNothing() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.groups.put("MINE", "GROUP");
            charger.charge(1, "MINE");
            charger.answers = false;
            charger.asked.clear();
            charger.swipe("OTHER");
            charger.run(SECOND);
            charger.queued = 2;
            charger.desk.submit(new ChargerCommand.Reset("r", charger.deadline(Duration.ofSeconds(60)), true));
            charger.run(SECOND);
            charger.mail.authorized(new AuthorizationAnswer(charger.asked.get(0).requestId(), Verdict.ACCEPTED, ""));
            charger.run(SECOND);
            assertNull(charger.connector(2).session());
            assertEquals(SessionPhase.ENDED, charger.connector(1).session().phase());
        }
    }

    @Test
    void aResetIsMadeAtItsDeadlineThoughTheBackOfficeDoesNotAnswer() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.queued = 2;
            var result = charger.desk.submit(new ChargerCommand.Reset("r", charger.deadline(Duration.ofSeconds(60)), true))
                    .toCompletableFuture();
            charger.run(Duration.ofSeconds(59));
            assertFalse(charger.exited);
            charger.run(Duration.ofSeconds(2));
            assertTrue(charger.exited);
            assertEquals(CommandResult.DONE, result.join());
        }
    }
}
