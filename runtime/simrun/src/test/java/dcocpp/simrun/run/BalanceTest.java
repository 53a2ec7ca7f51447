package dcocpp.simrun.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.simrun.charger.SimulatedCsms;
import dcocpp.simrun.charger.SiteFile;
import dcocpp.simrun.script.Scenario;
import dcocpp.testkit.FakeTimeSource;

/** The balance of a real session is exact, and not any more when a single milliwatt-hour is elsewhere. */
class BalanceTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    @TempDir
    private Path data;
    private Site site;
    private List<TransactionRecord> records;

    @BeforeEach
    void charge() throws Exception {
        FakeTimeSource time = new FakeTimeSource(START);
        SiteFile file = SiteFile.read(null, data, Map.of());
        site = new Site(time, file, new SimulatedCsms(time, START, new Frames()),
                Map.of("compact-400", CarLibrary.included().find("compact-400").orElseThrow()), 720, 1);
        pass(5);
        site.plug(new Scenario.Plug(3, null, 20.0, 80.0, null, null, null));
        site.cabinet().physics().swipe(3, "CAFE");
        pass(60);
        site.cabinet().physics().swipe(3, "CAFE");
        pass(20);
        records = site.process().journal().transactions(10);
    }

    @AfterEach
    void end() {
        site.end();
    }

    private void pass(int seconds) {
        for (int i = 0; i < 10 * seconds; i++) {
            site.pass(100);
        }
    }

    private List<String> differences(long moreAtStart, long moreAtStop) {
        TransactionRecord record = records.get(0);
        TransactionStarted start = record.started();
        TransactionStopped stop = record.stopped();
        return Balance.of(site, List.of(new TransactionRecord(new TransactionStarted(start.stamp(), start.transactionId(), start.connectorId(),
                start.token(), start.meterMilliWh() + moreAtStart, start.reservationId()), record.startDelivery(),
                new TransactionStopped(stop.stamp(), stop.transactionId(), stop.connectorId(), stop.meterMilliWh() + moreAtStop,
                        stop.reason(), stop.stopIdTag()), record.stopDelivery())), site.look()).differences();
    }

    @Test
    void allThatWasCountedAgrees() {
        assertEquals(1, records.size());
        Balance balance = Balance.of(site, records, site.look());
        assertEquals(List.of(), balance.differences());
        assertTrue(balance.metersMilliWh() > 500_000, balance.toString());
        assertTrue(balance.lostMilliWh() > balance.modulesMilliWh() / 25, balance.toString());
        assertEquals(balance.modulesMilliWh() + balance.lostMilliWh(), balance.gridMilliWh(), 1, balance.toString());
        assertEquals(balance.metersMilliWh(), balance.transactionsMilliWh());
        assertEquals(0, balance.outsideMilliWh());
        assertTrue(balance.backOfficeWh() > 500, balance.toString());
        assertEquals(List.of(), differences(0, 0));
    }

    @Test
    void aMilliwattHourThatIsMissingIsFound() {
        assertTrue(differences(1, 0).get(0).startsWith("1 mWh have flown outside any transaction, before "), differences(1, 0).toString());
        assertEquals("1 mWh have flown outside any transaction at the end", differences(0, -1).get(0));
        assertTrue(differences(-1, 0).get(0).startsWith("-1 mWh have flown"), differences(-1, 0).toString());
    }

    @Test
    void aWattHourThatTheBackOfficeDoesNotHaveIsFound() {
        assertTrue(differences(0, -1000).stream().anyMatch(difference -> difference.contains("Wh at the back office")),
                differences(0, -1000).toString());
    }

    @Test
    void aTransactionThatIsMissingIsFound() {
        assertEquals(1, Balance.of(site, List.of(), site.look()).differences().size());
    }
}
