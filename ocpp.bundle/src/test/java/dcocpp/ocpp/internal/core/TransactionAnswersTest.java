package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.journal.Delivery;

/** What becomes of transaction messages that the back office finds fault with, or answers in a way of its own. */
class TransactionAnswersTest extends TransactionBench {

    // ---- refusals

    @ParameterizedTest
    @ValueSource(strings = {"FormationViolation", "PropertyConstraintViolation", "TypeConstraintViolation", "OccurenceConstraintViolation",
        "OccurrenceConstraintViolation", "ProtocolError"})
    void meterValuesThatTheBackOfficeFindsFaultWithAreSentOnceAndNothingWaitsBehindThem(String code) {
        station.keys.put("Core.MeterValueSampleInterval", 10);
        station.keys.put("Core.TransactionMessageAttempts", 0);
        station.backOffice.answer("MeterValues", payload -> "!" + code);
        station.start();
        begin();
        station.advance(Duration.ofMinutes(1));
        end();
        assertEquals(6, sent("MeterValues").size(), "each is asked about anew: it may be the fault of one only");
        assertEquals(6, Set.copyOf(sent("MeterValues")).size());
        assertEquals(1, sent("StopTransaction").size());
        assertEquals(0, station.point.link().queuedMessages());
    }

    @Test
    void meterValuesThatTheBackOfficeFailsAtAreTriedAgain() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.backOffice.answer("MeterValues", payload -> "!InternalError");
        station.start();
        begin();
        station.advance(Duration.ofSeconds(71));
        assertEquals(2, sent("MeterValues").size());
        assertEquals(1, Set.copyOf(sent("MeterValues")).size());
    }

    @Test
    void aStartThatTheBackOfficeFindsFaultWithIsTriedAgainLikeAnyOther() {
        station.backOffice.answer("StartTransaction", payload -> "!FormationViolation");
        station.start();
        begin();
        station.advance(Duration.ofSeconds(11));
        assertEquals(2, sent("StartTransaction").size());
        station.backOffice.answer("StartTransaction", payload -> "{\"idTagInfo\":{\"status\":\"Accepted\"},\"transactionId\":7}");
        station.advance(Duration.ofSeconds(20));
        assertEquals(new Delivery(Delivery.State.DELIVERED, "7"), station.journal.startDelivery("tx-1"));
    }

    // ---- answers that are not as they should be

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "{\"idTagInfo\":{\"status\":\"Accepted\",\"expiryDate\":\"\"},\"transactionId\":7} # ACCEPTED",
        "{\"idTagInfo\":{\"status\":\"Blocked\",\"expiryDate\":1767225600},\"transactionId\":7} # BLOCKED",
        "{\"idTagInfo\":{\"status\":\"Accepted\",\"parentIdTag\":\"A-GROUP-WITH-A-LONG-NAME\"},\"transactionId\":7} # ACCEPTED",
        "{\"idTagInfo\":{\"status\":\"Invalid\",\"parentIdTag\":{}},\"transactionId\":7,\"currency\":\"EUR\"} # INVALID"})
    void anAnswerToAStartCountsWithoutWhatIsWrongInIt(String answer, Verdict verdict) {
        station.backOffice.answer("StartTransaction", payload -> answer);
        station.start();
        begin();
        assertEquals(verdict, station.charger.verdicts.get(0).verdict());
        assertEquals("", station.charger.verdicts.get(0).parentIdTag());
        startedOnceWithNumber7();
    }

    /** Sent again it might open a second transaction, which nobody would end. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"transactionId\":7}", "{\"idTagInfo\":{\"status\":\"Perhaps\"},\"transactionId\":7}",
        "{\"idTagInfo\":\"Accepted\",\"transactionId\":7}", "{\"idTagInfo\":null,\"transactionId\":7}"})
    void anAnswerToAStartThatSaysNothingOfTheTagCountsForItsNumber(String answer) {
        station.backOffice.answer("StartTransaction", payload -> answer);
        station.start();
        begin();
        assertEquals(List.of(), station.charger.verdicts);
        startedOnceWithNumber7();
    }

    private void startedOnceWithNumber7() {
        end();
        station.advance(Duration.ofMinutes(5));
        assertEquals(1, sent("StartTransaction").size());
        assertEquals(7, station.backOffice.requests("StopTransaction").get(0).payload().get("transactionId").intValue());
        assertEquals(new Delivery(Delivery.State.DELIVERED, "7"), station.journal.startDelivery("tx-1"));
        assertEquals(new Delivery(Delivery.State.DELIVERED, "7"), station.journal.stopDelivery("tx-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"7\"", "7.5", "99999999999"})
    void anAnswerToAStartWithoutANumberIsNone(String number) {
        station.backOffice.answer("StartTransaction",
                payload -> "{\"idTagInfo\":{\"status\":\"Accepted\"},\"transactionId\":" + number + "}");
        station.start();
        begin();
        station.advance(Duration.ofMinutes(5));
        assertEquals(3, sent("StartTransaction").size());
        assertEquals(Delivery.State.UNDELIVERABLE, station.journal.startDelivery("tx-1").state());
    }

    @Test
    void anAnswerToAStopCountsWhateverItSaysOfTheTag() {
        station.backOffice.answer("StopTransaction", payload -> "{\"idTagInfo\":{\"status\":\"Perhaps\"}}");
        station.start();
        begin();
        end();
        station.advance(Duration.ofMinutes(5));
        assertEquals(1, sent("StopTransaction").size());
        assertEquals(Delivery.State.DELIVERED, station.journal.stopDelivery("tx-1").state());
    }
}
