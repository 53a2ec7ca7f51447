package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.SessionPhase;

/** What tokens start and stop, where, and in which order they are asked about. */
class TokenTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(11);

    @TempDir
    Path folder;

    private static void read(ChargerFixture charger, TokenRead.Source source, String value, int connectorId) {
        charger.events.tokenRead(new TokenRead(source, value, connectorId, charger.time.nanoTime()));
        charger.run(ChargerFixture.TICK);
    }

    private static CommandResult remoteStart(ChargerFixture charger, int connectorId, String idTag) {
        return charger.command(new ChargerCommand.RemoteStart("r-" + idTag, charger.deadline(SECOND), connectorId,
                new Token(idTag, Token.Source.REMOTE_START), false));
    }

    private static List<TransactionStopped> stops(ChargerFixture charger) {
        charger.run(Duration.ofSeconds(5));
        return charger.journalled(TransactionStopped.class);
    }

    @Test
    void theOwnTagStopsInAnyCaseWithoutABackOffice() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.groups.put("CARD", "GROUP");
            charger.charge(1, "CARD");
            charger.charger.backOfficeWent(charger.backOffice);
            charger.run(LATER);
            charger.swipe("card");
            assertEquals("card", stops(charger).get(0).stopIdTag());
            assertEquals(1, charger.asked.size());
        }
    }

    @Test
    void anotherTagOfTheSameGroupStopsAndIsNamed() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.groups.put("MINE", "GROUP");
            charger.groups.put("FRIEND", "group");
            charger.charge(1, "MINE");
            charger.swipe("FRIEND");
            TransactionStopped stop = stops(charger).get(0);
            assertEquals(StopReason.LOCAL, stop.reason());
            assertEquals("FRIEND", stop.stopIdTag());
        }
    }

    @Test
    void aGroupThatTheAnswerToTheStartToldCountsToo() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.groups.put("FRIEND", "GROUP");
            charger.charge(1, "MINE");
            charger.swipe("FRIEND");
            assertEquals(0, stops(charger).size());
            assertEquals(1, charger.asked.size(), "no group is known: nobody is asked");
            charger.mail.judged(new TransactionVerdict(charger.connector(1).session().transactionId(), Verdict.ACCEPTED, "GROUP", false));
            charger.run(LATER);
            charger.swipe("FRIEND");
            assertEquals("FRIEND", stops(charger).get(0).stopIdTag());
        }
    }

    @Test
    void aMemberWhoMayNotStartMayStopAndAStrangerOrABlockedOneMayNot() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.groups.put("MINE", "GROUP");
            charger.charge(1, "MINE");
            charger.groups.put("OTHER", "OTHERS");
            charger.verdicts.put("BLOCKED", Verdict.BLOCKED);
            charger.swipe("OTHER");
            charger.swipe("BLOCKED");
            assertEquals(0, stops(charger).size());
            charger.groups.put("BUSY", "GROUP");
            charger.verdicts.put("BUSY", Verdict.CONCURRENT);
            charger.swipe("BUSY");
            assertEquals("BUSY", stops(charger).get(0).stopIdTag());
        }
    }

    @Test
    void aCardOfTheGroupStartsWhereAVehicleWaitsForOne() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.groups.put("MINE", "GROUP");
            charger.groups.put("FRIEND", "GROUP");
            charger.charge(1, "MINE");
            charger.charge(2, "FRIEND");
            assertEquals(0, stops(charger).size());
            assertEquals(2, charger.journalled(TransactionStarted.class).size());
        }
    }

    @Test
    void ofSeveralTransactionsOfAGroupTheCabinetsReaderStopsNoneAndTheGunsOwnReaderItsOwn() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            List.of("ONE", "TWO", "THREE").forEach(tag -> charger.groups.put(tag, "GROUP"));
            charger.charge(1, "ONE");
            charger.charge(2, "TWO");
            charger.swipe("THREE");
            assertEquals(0, stops(charger).size());
            read(charger, TokenRead.Source.RFID, "THREE", 2);
            assertEquals(2, stops(charger).get(0).connectorId());
            assertEquals(1, charger.journalled(TransactionStopped.class).size());
        }
    }

    @Test
    void aCardThatStopsNothingStartsAtAFreeConnectorAndIsAskedAboutOnce() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.groups.put("MINE", "GROUP");
            charger.charge(1, "MINE");
            charger.asked.clear();
            charger.swipe("OTHER");
            charger.run(SECOND);
            assertEquals(SessionPhase.WAITING_FOR_VEHICLE, charger.connector(2).session().phase());
            assertEquals(1, charger.asked.size());
        }
    }

    @Test
    void aGroupIsAskedAboutAgainWhenTheProtocolBundleComesBack() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.groups.put("MINE", "GROUP");
            charger.groups.put("FRIEND", "GROUP");
            charger.charge(1, "MINE");
            charger.charger.backOfficeWent(charger.backOffice);
            charger.swipe("FRIEND");
            charger.run(LATER);
            charger.charger.backOfficeCame(charger.backOffice);
            assertEquals("FRIEND", stops(charger).get(0).stopIdTag());
        }
    }

    @Test
    void aCardAtTheCabinetsReaderPassesByAVehicleWhoseTransactionIsOver() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            finish(charger, 2, "THEIRS");
            charger.swipe("MINE");
            charger.run(SECOND);
            assertEquals("MINE", charger.connector(1).session().token().idTag());
            assertEquals(ConnectorStatus.FINISHING, charger.status(2));
            charger.swipe("LATE");
            charger.run(SECOND);
            assertEquals(ConnectorStatus.FINISHING, charger.status(2), "no other is free, and all the same");
            read(charger, TokenRead.Source.RFID, "THEIRS", 2);
            charger.until("charging", () -> charger.status(2) == ConnectorStatus.CHARGING);
        }
    }

    @Test
    void aVehicleThatWaitsLongerThanAnotherIsFinishingGetsTheCardOfTheCabinetsReader() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.plug(1);
            charger.run(SECOND);
            finish(charger, 2, "THEIRS");
            charger.swipe("MINE");
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            assertEquals(ConnectorStatus.FINISHING, charger.status(2));
        }
    }

    @Test
    void aRemoteStartForAnyConnectorTakesNoneThatIsFinishing() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2, Map.of("authorizationSeconds", 90))) {
            charger.plug(2);
            charger.run(Duration.ofSeconds(92));
            assertEquals(ConnectorStatus.FINISHING, charger.status(2), "no token came");
            assertEquals(CommandResult.DONE, remoteStart(charger, 0, "REMOTE"));
            charger.run(SECOND);
            assertEquals("REMOTE", charger.connector(1).session().token().idTag());
            assertEquals(CommandResult.Outcome.REJECTED, remoteStart(charger, 0, "SECOND").outcome());
        }
    }

    /** Charged, and the vehicle is still there. */
    private static void finish(ChargerFixture charger, int id, String idTag) {
        charger.plug(id);
        charger.run(SECOND);
        read(charger, TokenRead.Source.RFID, idTag, id);
        charger.until("charging", () -> charger.status(id) == ConnectorStatus.CHARGING);
        charger.run(LATER);
        read(charger, TokenRead.Source.RFID, idTag, id);
        charger.until("over", () -> charger.connector(id).session().phase() == SessionPhase.ENDED);
        charger.run(LATER);
    }

    @Test
    void aRemoteStartWithTheTagOfATransactionNeverStopsIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "CARD");
            charger.run(LATER);
            assertEquals(CommandResult.Outcome.REJECTED, remoteStart(charger, 1, "CARD").outcome());
            assertEquals(CommandResult.DONE, remoteStart(charger, 0, "CARD"));
            assertEquals(SessionPhase.WAITING_FOR_VEHICLE, charger.connector(2).session().phase());
            assertEquals(0, stops(charger).size());
        }
    }

    @Test
    void theSecondPresentationOfATagGivesAFreeConnectorBackAndDoesNotDisturbAPluggedOne() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.swipe("CARD");
            charger.run(LATER);
            assertEquals(ConnectorStatus.PREPARING, charger.status(1));
            charger.swipe("CARD");
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
            charger.hardware.gun(1).cp = CpState.B;
            charger.run(LATER);
            charger.swipe("CARD");
            charger.run(LATER);
            charger.swipe("CARD");
            charger.run(SECOND);
            assertEquals(SessionPhase.WAITING_FOR_VEHICLE, charger.connector(1).session().phase());
            assertNull(charger.connector(2).session(), "nor does it take another one");
        }
    }

    @Test
    void anAcceptedTagWaitsForItsPlugAsLongAsTheBackOfficeSays() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.mail.plugInTimeout(Duration.ofSeconds(20));
            charger.swipe("CARD");
            charger.run(Duration.ofSeconds(19));
            assertEquals(ConnectorStatus.PREPARING, charger.status(1));
            charger.run(Duration.ofSeconds(2));
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
        }
    }

    @Test
    void aTagWithoutAPlugIsNotAskedAboutForLongerThanThat() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.answers = false;
            charger.swipe("CARD");
            charger.run(Duration.ofSeconds(59));
            assertEquals(SessionPhase.AUTHORIZING, charger.connector(1).session().phase());
            charger.run(Duration.ofSeconds(2));
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
        }
    }

    @Test
    void aVehicleWithoutATagIsFinishingAfterTheAuthorizationTimeoutAndACardStillStarts() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1, Map.of("authorizationSeconds", 90))) {
            charger.plug(1);
            charger.run(Duration.ofSeconds(89));
            assertEquals(ConnectorStatus.PREPARING, charger.status(1));
            charger.run(Duration.ofSeconds(2));
            assertEquals(ConnectorStatus.FINISHING, charger.status(1));
            charger.swipe("CARD");
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
        }
    }

    @Test
    void aCardGoesBeforeTheVehiclesIdentityAndARemoteStartBeforeACard() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.answers = false;
            charger.plug(1);
            charger.run(SECOND);
            read(charger, TokenRead.Source.EV_MAC, "VID:001A2B3C4D5E", 1);
            read(charger, TokenRead.Source.RFID, "CARD", 1);
            assertEquals("CARD", charger.connector(1).session().token().idTag());
            assertEquals(CommandResult.DONE, remoteStart(charger, 1, "REMOTE"));
            assertEquals("REMOTE", charger.connector(1).session().token().idTag());
            read(charger, TokenRead.Source.RFID, "SECOND", 1);
            assertEquals("REMOTE", charger.connector(1).session().token().idTag());
        }
    }

    @Test
    void aRefusedTokenIsFollowedByTheNextInItsOrder() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.answers = false;
            charger.plug(1);
            charger.run(SECOND);
            read(charger, TokenRead.Source.EV_MAC, "VID:001A2B3C4D5E", 1);
            read(charger, TokenRead.Source.EMAID, "DE8AA1A2B3C4D59", 1);
            read(charger, TokenRead.Source.RFID, "CARD", 1);
            charger.verdicts.put("CARD", Verdict.INVALID);
            charger.verdicts.put("VID:001A2B3C4D5E", Verdict.BLOCKED);
            charger.answers = true;
            charger.asked.clear();
            charger.charger.backOfficeWent(charger.backOffice);
            charger.charger.backOfficeCame(charger.backOffice);
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            assertEquals(List.of("CARD", "VID:001A2B3C4D5E", "DE8AA1A2B3C4D59"),
                    charger.asked.stream().map(request -> request.token().idTag()).toList());
            assertEquals("DE8AA1A2B3C4D59", charger.journalled(TransactionStarted.class).get(0).token().idTag());
        }
    }

    @Test
    void whatWaitedForOneVehicleIsForgottenWhenItIsUnplugged() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.answers = false;
            charger.plug(1);
            charger.run(SECOND);
            read(charger, TokenRead.Source.EV_MAC, "VID:001A2B3C4D5E", 1);
            read(charger, TokenRead.Source.EMAID, "DE8AA1A2B3C4D59", 1);
            charger.unplug(1);
            charger.run(SECOND);
            charger.plug(1);
            charger.run(SECOND);
            charger.answers = true;
            charger.verdicts.put("CARD", Verdict.INVALID);
            charger.swipe("CARD");
            charger.run(LATER);
            assertEquals(SessionPhase.WAITING_FOR_TOKEN, charger.connector(1).session().phase());
            assertEquals(0, charger.journalled(TransactionStarted.class).size());
        }
    }

    @Test
    void aRefusedVehicleLeavesTheConnectorToACard() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.verdicts.put("VID:001A2B3C4D5E", Verdict.INVALID);
            charger.plug(1);
            charger.run(SECOND);
            read(charger, TokenRead.Source.EV_MAC, "VID:001A2B3C4D5E", 1);
            charger.run(SECOND);
            assertEquals(SessionPhase.WAITING_FOR_TOKEN, charger.connector(1).session().phase());
            charger.swipe("CARD");
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
        }
    }

    @Test
    void aVehiclesIdentityStartsButNeitherStopsNorStartsAgainWhatWasStopped() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.plug(1);
            charger.run(SECOND);
            read(charger, TokenRead.Source.EV_MAC, "VID:001A2B3C4D5E", 1);
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            charger.run(LATER);
            read(charger, TokenRead.Source.EV_MAC, "VID:001A2B3C4D5E", 1);
            assertEquals(0, stops(charger).size());
            charger.command(new ChargerCommand.RemoteStop("s", charger.deadline(SECOND), charger.connector(1).session().transactionId()));
            assertEquals(1, stops(charger).size());
            charger.run(LATER);
            read(charger, TokenRead.Source.EV_MAC, "VID:001A2B3C4D5E", 1);
            charger.run(LATER);
            assertEquals(ConnectorStatus.FINISHING, charger.status(1));
            assertEquals(1, charger.journalled(TransactionStarted.class).size());
        }
    }

    @Test
    void theSameCardWithinTenSecondsIsOnePresentationAtOneReader() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.verdicts.put("CARD", Verdict.INVALID);
            charger.plug(1);
            charger.plug(2);
            charger.run(SECOND);
            read(charger, TokenRead.Source.RFID, "CARD", 1);
            read(charger, TokenRead.Source.RFID, "CARD", 1);
            read(charger, TokenRead.Source.RFID, "CARD", 2);
            assertEquals(List.of(1, 2), charger.asked.stream().map(request -> request.connectorId()).toList());
        }
    }
}
