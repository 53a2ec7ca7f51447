package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.journal.Token;
import dcocpp.ocpp.internal.testing.FakeBackOffice;

/** Who may charge: online, offline, from the cache. */
class AuthorizationTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
    }

    private AuthorizationAnswer ask(String idTag) {
        int before = station.charger.answers.size();
        station.post(() -> station.point.authorize(Requests.authorization(idTag)));
        return station.charger.answers.size() == before ? null : station.charger.answers.get(before);
    }

    private void say(String info) {
        station.backOffice.answer("Authorize", payload -> "{\"idTagInfo\":" + info + "}");
    }

    private void goOffline() {
        station.backOffice.reachable(false);
        station.backOffice.hangUp();
    }

    @ParameterizedTest
    @CsvSource({"Accepted,ACCEPTED,GROUP", "Blocked,BLOCKED,''", "Expired,EXPIRED,''", "Invalid,INVALID,''",
        "ConcurrentTx,CONCURRENT,GROUP"})
    void theBackOfficeDecidesWhileItIsThereAndOnlyAGoodTagHasAGroup(String status, Verdict verdict, String group) {
        say("{\"status\":\"" + status + "\",\"parentIdTag\":\"GROUP\"}");
        station.start();
        AuthorizationAnswer answer = ask("TAG");
        assertEquals(verdict, answer.verdict());
        assertEquals(group, answer.parentIdTag());
        assertEquals("request-TAG", answer.requestId());
    }

    @Test
    void anUnusableAnswerIsInvalidAndTheNextCallWorks() {
        say("{}");
        station.start();
        assertEquals(Verdict.INVALID, ask("TAG").verdict());
        say("{\"status\":\"Accepted\"}");
        assertEquals(Verdict.ACCEPTED, ask("TAG").verdict());
    }

    @Test
    void anErrorIsInvalidAndSoIsSilence() {
        station.start();
        station.backOffice.answer("Authorize", payload -> "!InternalError");
        assertEquals(Verdict.INVALID, ask("TAG").verdict());
        station.backOffice.answer("Authorize", payload -> FakeBackOffice.SILENCE);
        ask("TAG");
        station.advance(Duration.ofSeconds(30));
        assertEquals(Verdict.INVALID, station.charger.answers.get(1).verdict());
    }

    @ParameterizedTest
    @CsvSource({
        // LocalAuthorizeOffline, AllowOfflineTxForUnknownId, verdict of a known tag, of a blocked one, of an unknown one
        "false,false,INVALID,INVALID,INVALID",
        "true,false,ACCEPTED,BLOCKED,INVALID",
        "false,true,ACCEPTED,INVALID,ACCEPTED",
        "true,true,ACCEPTED,BLOCKED,ACCEPTED"})
    void offlineTheKeysDecide(boolean local, boolean unknown, Verdict known, Verdict blocked, Verdict stranger) {
        station.keys.put("Core.LocalAuthorizeOffline", local);
        station.keys.put("Core.AllowOfflineTxForUnknownId", unknown);
        station.start();
        ask("KNOWN");
        say("{\"status\":\"Blocked\"}");
        ask("BAD");
        goOffline();
        assertEquals(known, ask("KNOWN").verdict());
        assertEquals(blocked, ask("BAD").verdict());
        assertEquals(stranger, ask("STRANGER").verdict());
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true"})
    void aTagThatWasInUseWhenItWasAskedAboutIsGoodOfflineUntilItExpires(boolean local, boolean unknown) {
        station.keys.put("Core.LocalAuthorizeOffline", local);
        station.keys.put("Core.AllowOfflineTxForUnknownId", unknown);
        station.keys.put("Core.LocalPreAuthorize", true);
        say("{\"status\":\"ConcurrentTx\",\"parentIdTag\":\"GROUP\",\"expiryDate\":\"2026-01-01T01:00:00Z\"}");
        station.start();
        ask("TAG");
        assertEquals(Verdict.CONCURRENT, ask("TAG").verdict(), "while the back office is there, it knows");
        assertEquals(2, station.backOffice.requests("Authorize").size());
        goOffline();
        assertEquals(Verdict.ACCEPTED, ask("TAG").verdict());
        assertEquals("GROUP", ask("TAG").parentIdTag());
        station.advance(Duration.ofHours(1));
        assertEquals(local ? Verdict.EXPIRED : Verdict.INVALID, ask("TAG").verdict());
    }

    @Test
    void aConnectionLostWhileAskingIsDecidedOffline() {
        station.keys.put("Core.AllowOfflineTxForUnknownId", true);
        station.start();
        station.backOffice.answer("Authorize", payload -> FakeBackOffice.SILENCE);
        ask("TAG");
        goOffline();
        assertEquals(Verdict.ACCEPTED, station.charger.answers.get(0).verdict());
    }

    @Test
    void localPreAuthorizeSparesTheQuestionForAnAcceptedTagOnly() {
        station.keys.put("Core.LocalPreAuthorize", true);
        say("{\"status\":\"Accepted\",\"parentIdTag\":\"GROUP\"}");
        station.start();
        ask("TAG");
        assertEquals("GROUP", ask("tag").parentIdTag(), "tags are not case sensitive");
        assertEquals(1, station.backOffice.requests("Authorize").size());
        say("{\"status\":\"Blocked\"}");
        ask("BAD");
        say("{\"status\":\"Accepted\"}");
        assertEquals(Verdict.ACCEPTED, ask("BAD").verdict(), "a refusal is asked again");
    }

    @Test
    void aRemoteStartIsPreAuthorizedAsACardIs() {
        station.keys.put("Core.LocalPreAuthorize", true);
        station.start();
        ask("TAG");
        station.post(() -> station.point.authorize(new AuthorizationRequest("remote", 1, new Token("TAG", Token.Source.REMOTE_START),
                Long.MAX_VALUE)));
        assertEquals(Verdict.ACCEPTED, station.charger.answers.get(1).verdict());
        assertEquals(1, station.backOffice.requests("Authorize").size());
    }

    @Test
    void anExpiredEntryOfTheCacheIsAskedAgainAndExpiredOffline() {
        station.keys.put("Core.LocalPreAuthorize", true);
        station.keys.put("Core.LocalAuthorizeOffline", true);
        say("{\"status\":\"Accepted\",\"expiryDate\":\"2026-01-01T01:00:00Z\"}");
        station.start();
        ask("TAG");
        station.advance(Duration.ofHours(2));
        ask("TAG");
        assertEquals(2, station.backOffice.requests("Authorize").size());
        goOffline();
        assertEquals(Verdict.EXPIRED, ask("TAG").verdict());
    }

    @Test
    void theCacheSurvivesARestartAndClearCacheEmptiesIt() {
        station.keys.put("Core.LocalAuthorizeOffline", true);
        station.start();
        ask("TAG");
        station.stop();
        station.start();
        goOffline();
        assertEquals(Verdict.ACCEPTED, ask("TAG").verdict());
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(1));
        assertEquals("Accepted", station.backOffice.call("ClearCache", "{}").get("status").textValue());
        goOffline();
        assertEquals(Verdict.INVALID, ask("TAG").verdict());
    }

    @Test
    void aDisabledCacheRemembersNothingAndCannotBeCleared() {
        station.keys.put("Core.AuthorizationCacheEnabled", false);
        station.keys.put("Core.LocalAuthorizeOffline", true);
        station.start();
        ask("TAG");
        assertEquals("Rejected", station.backOffice.call("ClearCache", "{}").get("status").textValue());
        goOffline();
        assertEquals(Verdict.INVALID, ask("TAG").verdict());
    }

    @Test
    void whenTheCacheIsFullWhatIsNotValidGoesFirstAndThenWhatWasNotUsedForLongest() {
        station.keys.put("Core.LocalAuthorizeOffline", true);
        station.keys.put("Internal.AuthorizationCacheMaxLength", 3);
        station.start();
        say("{\"status\":\"ConcurrentTx\"}");
        ask("A");
        say("{\"status\":\"Accepted\"}");
        ask("B");
        say("{\"status\":\"Blocked\"}");
        ask("BAD");
        say("{\"status\":\"Accepted\"}");
        ask("C");
        goOffline();
        assertEquals(Verdict.INVALID, ask("BAD").verdict(), "unknown again");
        assertEquals(Verdict.ACCEPTED, ask("A").verdict());
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(1));
        ask("D");
        goOffline();
        assertEquals(Verdict.INVALID, ask("B").verdict(), "A was used after it");
        assertEquals(Verdict.ACCEPTED, ask("A").verdict());
        assertEquals(Verdict.ACCEPTED, ask("C").verdict());
        assertEquals(Verdict.ACCEPTED, ask("D").verdict());
    }

    @Test
    void aGroupIsKnownOfflineAlsoOfATagThatMayNotStart() {
        say("{\"status\":\"Accepted\",\"parentIdTag\":\"GROUP\"}");
        station.start();
        ask("TAG");
        goOffline();
        AuthorizationAnswer answer = ask("TAG");
        assertEquals(Verdict.INVALID, answer.verdict(), "LocalAuthorizeOffline is false");
        assertEquals("GROUP", answer.parentIdTag());
    }

    @Test
    void anAnswerBehindTheDeadlineIsLearntAndNotGiven() {
        station.keys.put("Core.LocalAuthorizeOffline", true);
        station.start();
        station.backOffice.answer("Authorize", payload -> {
            station.time.advance(Duration.ofSeconds(6));
            return "{\"idTagInfo\":{\"status\":\"Accepted\"}}";
        });
        long deadline = station.time.nanoTime() + Duration.ofSeconds(5).toNanos();
        station.post(() -> station.point.authorize(Requests.authorization("TAG", deadline)));
        assertTrue(station.charger.answers.isEmpty());
        station.post(() -> station.point.authorize(Requests.authorization("OTHER", deadline)));
        assertEquals(1, station.backOffice.requests("Authorize").size(), "nobody waits for an answer any more");
        goOffline();
        assertEquals(Verdict.ACCEPTED, ask("TAG").verdict());
    }

    @ParameterizedTest
    @CsvSource({"true,Invalid,INVALID,true,0", "false,Invalid,INVALID,false,500", "false,ConcurrentTx,CONCURRENT,false,500",
        "true,ConcurrentTx,CONCURRENT,true,500", "true,Accepted,ACCEPTED,false,0"})
    void theAnswerToAStartSaysWhetherTheTransactionGoesOn(boolean stopKey, String status, Verdict verdict, boolean stop, int allowanceWh) {
        station.keys.put("Core.StopTransactionOnInvalidId", stopKey);
        station.keys.put("Core.MaxEnergyOnInvalidId", allowanceWh);
        station.backOffice.answer("StartTransaction",
                payload -> "{\"idTagInfo\":{\"status\":\"" + status + "\",\"parentIdTag\":\"GROUP\"},\"transactionId\":1}");
        station.start();
        station.journal.started("tx", 1, "TAG", 0);
        station.changed();
        assertEquals(new TransactionVerdict("tx", verdict, "GROUP", stop, allowanceWh), station.charger.verdicts.get(0));
    }

    @Test
    void aQuestionThatComesWhileTheLinkIsBeingMadeIsPutToTheBackOffice() {
        station.backOffice.answer("BootNotification", payload -> FakeBackOffice.SILENCE);
        station.start();
        assertNull(ask("TAG"));
        bootIsAnswered();
        assertEquals(Verdict.ACCEPTED, station.charger.answers.get(0).verdict());
    }

    @Test
    void aQuestionThatWaitsForTheLinkIsOverAtItsDeadline() {
        station.backOffice.answer("BootNotification", payload -> FakeBackOffice.SILENCE);
        station.start();
        long deadline = station.time.nanoTime() + Duration.ofSeconds(5).toNanos();
        station.post(() -> station.point.authorize(Requests.authorization("TAG", deadline)));
        station.advance(Duration.ofSeconds(6));
        bootIsAnswered();
        assertEquals(0, station.backOffice.requests("Authorize").size());
        assertTrue(station.charger.answers.isEmpty());
    }

    @Test
    void whenTheFirstAttemptFailsTheQuestionIsDecidedOffline() {
        station.keys.put("Core.AllowOfflineTxForUnknownId", true);
        station.backOffice.reachable(settings -> {
            station.point.authorize(Requests.authorization("TAG"));
            assertTrue(station.charger.answers.isEmpty(), "it is being tried");
            return false;
        });
        station.start();
        assertEquals(Verdict.ACCEPTED, station.charger.answers.get(0).verdict());
    }

    @Test
    void whenTheBootIsNotAnsweredTheQuestionIsDecidedOffline() {
        station.keys.put("Core.AllowOfflineTxForUnknownId", true);
        station.backOffice.answer("BootNotification", payload -> FakeBackOffice.SILENCE);
        station.start();
        ask("TAG");
        station.advance(Duration.ofSeconds(29));
        assertTrue(station.charger.answers.isEmpty());
        station.advance(Duration.ofSeconds(1));
        assertEquals(Verdict.ACCEPTED, station.charger.answers.get(0).verdict());
    }

    @Test
    void aStartThatStaysDisconnectedIsOfflineAtOnce() {
        station.start();
        station.post(station.point::disconnect);
        station.stop();
        station.start();
        assertEquals(Verdict.INVALID, ask("TAG").verdict());
    }

    @Test
    void aBundleThatEndsLeavesTheQuestionToTheNextOne() {
        station.keys.put("Core.AllowOfflineTxForUnknownId", true);
        station.start();
        station.backOffice.answer("Authorize", payload -> FakeBackOffice.SILENCE);
        ask("TAG");
        station.post(() -> station.point.drain(() -> { }));
        ask("OTHER");
        station.backOffice.hangUp();
        ask("THIRD");
        station.stop();
        assertEquals(List.of(), station.charger.answers);
    }

    @Test
    void theAnswerThatABundleWaitsForBeforeItEndsIsHandedOn() {
        station.start();
        station.backOffice.answer("Authorize", payload -> FakeBackOffice.SILENCE);
        ask("TAG");
        station.post(() -> station.point.drain(() -> { }));
        station.backOffice.raw("[3,\"" + station.backOffice.requests("Authorize").get(0).id()
                + "\",{\"idTagInfo\":{\"status\":\"Blocked\"}}]");
        assertEquals(Verdict.BLOCKED, station.charger.answers.get(0).verdict());
    }

    @Test
    void aSoftResetLosesNoQuestion() {
        station.keys.put("Core.AllowOfflineTxForUnknownId", true);
        station.start();
        station.backOffice.answer("Authorize", payload -> FakeBackOffice.SILENCE);
        ask("TAG");
        station.post(station.point::afterSoftReset);
        ask("OTHER");
        assertEquals(List.of(), station.charger.answers);
        say("{\"status\":\"Blocked\"}");
        station.advance(Duration.ofSeconds(3));
        assertEquals(List.of(Verdict.BLOCKED, Verdict.BLOCKED),
                station.charger.answers.stream().map(AuthorizationAnswer::verdict).toList());
    }

    private void bootIsAnswered() {
        station.backOffice.raw("[3,\"" + station.backOffice.requests("BootNotification").get(0).id() + "\","
                + station.backOffice.boot("Accepted", 300) + "]");
    }

    @Test
    void beforeTheBackOfficeHasAcceptedUsTheRulesForBeingOfflineCount() {
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Pending", 60));
        station.start();
        assertEquals(Verdict.INVALID, ask("TAG").verdict());
        assertTrue(station.backOffice.requests("Authorize").isEmpty());
    }
}
