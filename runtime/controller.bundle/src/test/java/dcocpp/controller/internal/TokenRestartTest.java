package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.SessionPhase;
import dcocpp.controller.internal.journal.ControllerMemory;
import dcocpp.controller.internal.journal.JournalStore;
import dcocpp.testkit.FakeTimeSource;

/** Tokens that have started nothing yet when the charger goes down. */
class TokenRestartTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private static List<String> asked(ChargerFixture charger) {
        return charger.asked.stream().map(request -> request.token().idTag()).toList();
    }

    private void kept(String content) {
        try (JournalStore store = new JournalStore(folder.resolve("journal.db"))) {
            new ControllerMemory(store).keep("tokens.pending", content);
        }
    }

    private String kept() {
        try (JournalStore store = new JournalStore(folder.resolve("journal.db"))) {
            return new ControllerMemory(store).value("tokens.pending").orElseThrow();
        }
    }

    private static long ago(Duration duration) {
        return new FakeTimeSource().now().minus(duration).toEpochMilli();
    }

    @Test
    void oneThatWaitsForAnAnswerIsAskedAboutAgainAfterAKill() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.answers = false;
            charger.plug(2);
            charger.run(SECOND);
            charger.swipe("CARD");
            charger.run(SECOND);
        }
        try (ChargerFixture again = ChargerFixture.ready(folder, 2)) {
            assertEquals(List.of("CARD"), asked(again));
            assertEquals(SessionPhase.WAITING_FOR_VEHICLE, again.connector(2).session().phase());
            again.plug(2);
            again.until("charging", () -> again.status(2) == ConnectorStatus.CHARGING);
            assertEquals(new Token("CARD", Token.Source.RFID), again.journalled(TransactionStarted.class).get(0).token());
        }
    }

    @Test
    void aRemoteStartThatNobodyHadToBeAskedAboutIsAskedAboutAfterARestart() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.command(new ChargerCommand.RemoteStart("r", charger.deadline(SECOND), 1, new Token("REMOTE", Token.Source.REMOTE_START),
                    true));
            charger.run(SECOND);
            assertEquals(List.of(), charger.asked);
            charger.charger.beginStop(new CountDownLatch(1));
            charger.run(SECOND);
        }
        try (ChargerFixture again = new ChargerFixture(folder, 1)) {
            again.verdicts.put("REMOTE", Verdict.BLOCKED);
            again.charger.backOfficeCame(again.backOffice);
            again.planner("dcocpp.planner", "1.0.0", again.planner);
            again.charger.hardwareCame(again.hardware, "sim");
            again.run(SECOND);
            assertEquals(List.of("REMOTE"), asked(again));
            again.plug(1);
            again.run(Duration.ofSeconds(20));
            assertFalse(again.hardware.gun(1).closed);
        }
    }

    @Test
    void oneThatHasStartedATransactionStartsNoOther() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "CARD");
            charger.run(SECOND);
        }
        try (ChargerFixture again = ChargerFixture.ready(folder, 1)) {
            again.plug(1);
            again.run(Duration.ofSeconds(20));
            assertEquals(List.of(), asked(again));
            assertEquals(1, again.journalled(TransactionStarted.class).size());
        }
    }

    @Test
    void withoutAVehicleItsTimeIsThatOfAPlugAndGoesOnWhileTheChargerIsAway() {
        kept("1 RFID " + ago(Duration.ofSeconds(50)) + " YOUNG\n2 RFID " + ago(Duration.ofSeconds(70)) + " OLD\n");
        try (ChargerFixture again = ChargerFixture.ready(folder, 2)) {
            assertEquals(List.of("YOUNG"), asked(again));
            assertNull(again.connector(2).session());
        }
    }

    @Test
    void withAVehicleItWaitsAsLongAsAnyOther() {
        kept("1 AUTOCHARGE " + ago(Duration.ofMinutes(20)) + " VID:001A2B3C4D5E\n");
        try (ChargerFixture again = new ChargerFixture(folder, 1)) {
            again.charger.backOfficeCame(again.backOffice);
            again.planner("dcocpp.planner", "1.0.0", again.planner);
            again.run(SECOND);
            assertEquals(List.of(), asked(again), "nobody knows yet whether there is a vehicle");
            again.hardware.plugged.add(1);
            again.charger.hardwareCame(again.hardware, "sim");
            again.until("charging", () -> again.board.latest().isPresent() && again.status(1) == ConnectorStatus.CHARGING);
        }
    }

    @Test
    void severalOfOneConnectorKeepTheirOrder() {
        long moment = ago(SECOND);
        kept("1 AUTOCHARGE " + moment + " VID:001A2B3C4D5E\n1 RFID " + moment + " CARD\n");
        try (ChargerFixture again = new ChargerFixture(folder, 1)) {
            again.verdicts.put("VID:001A2B3C4D5E", Verdict.INVALID);
            again.charger.backOfficeCame(again.backOffice);
            again.hardware.plugged.add(1);
            again.charger.hardwareCame(again.hardware, "sim");
            again.run(SECOND);
            assertEquals(List.of("VID:001A2B3C4D5E", "CARD"), asked(again));
        }
    }

    @Test
    void whatCannotBeReadIsDroppedAndTheRestIsNot() {
        kept("nonsense\n1 RFID soon CARD\n1 COIN 0 CARD\nx RFID 0 CARD\n1 RFID " + Instant.MAX.getEpochSecond() + " LATER\n1 RFID "
                + ago(SECOND) + " A CARD\n");
        try (ChargerFixture again = ChargerFixture.ready(folder, 1)) {
            assertEquals("A CARD", again.asked.get(again.asked.size() - 1).token().idTag());
        }
    }

    @Test
    void oneWithALineBreakComesBackAsItWasAndBringsNoOther() {
        String tag = "A\r\n1 RFID 0 \\nB";
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.answers = false;
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe(tag);
            charger.run(SECOND);
        }
        try (ChargerFixture again = ChargerFixture.ready(folder, 1)) {
            assertEquals(List.of(tag), asked(again));
        }
    }

    @Test
    void oneOfAConnectorThatIsGoneIsNotKeptForever() {
        kept("1 RFID " + ago(SECOND) + " HERE\n2 RFID " + ago(SECOND) + " GONE\n");
        try (ChargerFixture again = ChargerFixture.ready(folder, 1)) {
            assertEquals(List.of("HERE"), asked(again));
        }
        assertEquals("1 RFID " + ago(SECOND) + " HERE\n", kept());
    }

    @Test
    void nothingIsKeptOfWhatWasOnlyForAConnectorThatIsGone() {
        kept("2 RFID " + ago(SECOND) + " GONE\n");
        ChargerFixture.ready(folder, 1).close();
        assertEquals("", kept());
    }
}
