package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.StopReason;
import dcocpp.ocpp.internal.testing.FakeBackOffice;
import dcocpp.ocpp.internal.testing.FakeJournal;

/** What a charge point finds in the journal when it begins. */
class TakeOverTest {

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
    }

    private void begin() {
        station.journal.started("tx-1", 1, "TAG1", 1_000_999);
        station.charger.charging(1, "tx-1", "TAG1");
    }

    @Test
    void aJournalThatFailsInAnyOtherWayKeepsNeitherTheLinkNorTheStatusesAway() {
        station.journal.unreadable(true);
        station.start();
        begin();
        station.changed();
        assertEquals(List.of("0", "1", "2", "1"), station.backOffice.requests("StatusNotification").stream()
                .map(request -> request.payload().get("connectorId").asText()).toList());
        station.journal.unreadable(false);
        station.advance(Duration.ofSeconds(5));
        assertEquals(1, station.backOffice.requests("StartTransaction").size());
    }

    private void end() {
        station.journal.stopped("tx-1", 1, 3_500_000, StopReason.LOCAL, "TAG1");
        station.charger.finishing(1, "tx-1", "TAG1");
    }

    private List<String> sent() {
        return station.backOffice.actions().stream().filter(action -> action.endsWith("Transaction") || action.equals("MeterValues")).toList();
    }

    /** Our store waits while another protocol bundle works. */
    private void leaveOffline() {
        station.backOffice.reachable(false);
        station.changed();
        station.kill();
        station.backOffice.reachable(true);
    }

    @Test
    void aStartThatAnotherBundleHasDeliveredIsNotSentAgain() {
        station.backOffice.reachable(false);
        station.start();
        begin();
        leaveOffline();
        station.journal.markDelivered(1, "55");
        station.start();
        end();
        station.changed();
        assertEquals(List.of("StopTransaction"), sent());
        assertEquals(55, station.backOffice.requests("StopTransaction").get(0).payload().get("transactionId").intValue());
        assertEquals(0, station.point.link().queuedMessages());
    }

    @Test
    void aTransactionThatAnotherBundleHasDeliveredIsForgottenWithItsMeterValues() {
        station.keys.put("Core.MeterValueSampleInterval", 60);
        station.backOffice.reachable(false);
        station.start();
        begin();
        station.changed();
        station.advance(Duration.ofSeconds(61));
        leaveOffline();
        station.journal.sampled("tx-1", 1, MeterSampled.Context.PERIODIC, 1_100_000);
        end();
        station.journal.markDelivered(1, "55");
        station.journal.markDelivered(station.journal.newest(), "55");
        station.journal.started("tx-2", 2, "TAG2", 0);
        station.journal.sampled("tx-2", 2, MeterSampled.Context.PERIODIC, 100_000);
        station.journal.stopped("tx-2", 2, 200_000, StopReason.LOCAL, "TAG2");
        station.journal.markDelivered(station.journal.newest() - 4, "56");
        station.journal.markDelivered(station.journal.newest(), "56");
        station.start();
        assertEquals(List.of(), sent());
        assertEquals(0, station.point.link().queuedMessages());
    }

    @Test
    void anAnswerForAReplacedJournalMarksNothingInTheNewOne() {
        station.start();
        begin();
        station.backOffice.answer("StartTransaction", payload -> {
            station.journal.breakDown(true);
            return "{\"idTagInfo\":{\"status\":\"Accepted\"},\"transactionId\":8}";
        });
        station.changed();
        station.kill();
        station.backOffice.answer("StartTransaction", payload -> FakeBackOffice.SILENCE);
        station.journal = new FakeJournal(station.time);
        station.start();
        station.journal.started("tx-9", 1, "TAG9", 0);
        station.changed();
        assertEquals(Delivery.State.PENDING, station.journal.startDelivery("tx-9").state());
    }
}
