package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.StopReason;

/** What becomes of transaction messages that the back office finds fault with, or answers in a way of its own. */
class TransactionAnswersTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
    }

    private void begin() {
        station.journal.started("tx-1", 1, "TAG", 1_000_000);
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
    }

    private void end() {
        station.journal.stopped("tx-1", 1, 3_000_000, StopReason.LOCAL, "TAG");
        station.charger.finishing(1, "tx-1", "TAG");
        station.changed();
    }

    private List<String> sent(String action) {
        return station.backOffice.requests(action).stream().map(request -> request.payload().toString()).toList();
    }

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
}
