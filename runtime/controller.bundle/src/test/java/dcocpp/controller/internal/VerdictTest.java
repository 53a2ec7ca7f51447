package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ConnectorStatus;

/** What becomes of a transaction when the back office says what it thinks of its token. */
class VerdictTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(11);

    @TempDir
    Path folder;

    private static List<TransactionStopped> stops(ChargerFixture charger) {
        charger.run(Duration.ofSeconds(5));
        return charger.journalled(TransactionStopped.class);
    }

    @Test
    void aTransactionThatTheBackOfficeDoesNotAcceptEnds() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.mail.judged(new TransactionVerdict(charger.connector(1).session().transactionId(), Verdict.INVALID, "", true));
            assertEquals(StopReason.DEAUTHORIZED, stops(charger).get(0).reason());
        }
    }

    @Test
    void theSameTagMayChargeTwiceUntilTheBackOfficeSaysConcurrent() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "CARD");
            charger.run(LATER);
            charger.plug(2);
            charger.run(SECOND);
            charger.events.tokenRead(new TokenRead(TokenRead.Source.RFID, "CARD", 2, charger.time.nanoTime()));
            charger.until("both charge", () -> charger.status(2) == ConnectorStatus.CHARGING);
            charger.mail.judged(new TransactionVerdict(charger.connector(2).session().transactionId(), Verdict.CONCURRENT, "", true));
            TransactionStopped stop = stops(charger).get(0);
            assertEquals(2, stop.connectorId());
            assertEquals(StopReason.DEAUTHORIZED, stop.reason());
            assertEquals(ConnectorStatus.FINISHING, charger.status(2));
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
        }
    }

    @Test
    void aTransactionOfARefusedTagIsSuspendedOnceItsAllowanceIsUsedUp() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "CARD");
            charger.run(Duration.ofMinutes(2));
            long before = charger.connector(1).session().energyMilliWh();
            charger.mail.judged(new TransactionVerdict(charger.connector(1).session().transactionId(), Verdict.INVALID, "", false, 500));
            charger.run(SECOND);
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            charger.run(Duration.ofMinutes(3));
            assertEquals(ConnectorStatus.SUSPENDED_EVSE, charger.status(1));
            assertEquals("token refused", charger.connector(1).info());
            assertEquals(500_000, charger.connector(1).session().energyMilliWh() - before, 10_000);
            assertEquals(0, charger.hardware.totalW(), 1);
            assertEquals(0, charger.journalled(TransactionStopped.class).size());
            charger.swipe("CARD");
            assertEquals(StopReason.LOCAL, stops(charger).get(0).reason());
        }
    }

    @Test
    void aVerdictThatIsSaidTwiceAllowsNoMoreThanOnce() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "CARD");
            long before = charger.connector(1).session().energyMilliWh();
            TransactionVerdict refused = new TransactionVerdict(charger.connector(1).session().transactionId(), Verdict.INVALID, "", false,
                    500);
            charger.mail.judged(refused);
            charger.run(Duration.ofSeconds(30));
            charger.mail.judged(refused);
            charger.run(Duration.ofMinutes(3));
            assertEquals(500_000, charger.connector(1).session().energyMilliWh() - before, 10_000);
        }
    }
}
