package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
