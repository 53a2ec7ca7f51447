package dcocpp.ocpp.internal.core;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.journal.StopReason;

/** A charger with one transaction, and what its back office gets of it. */
abstract class TransactionBench {

    @TempDir
    Path folder;
    Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
    }

    void begin() {
        station.journal.started("tx-1", 1, "TAG", 1_000_000);
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
    }

    void end() {
        station.journal.stopped("tx-1", 1, 3_000_000, StopReason.LOCAL, "TAG");
        station.charger.finishing(1, "tx-1", "TAG");
        station.changed();
    }

    List<String> sent(String action) {
        return station.backOffice.requests(action).stream().map(request -> request.payload().toString()).toList();
    }
}
