package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.session.CommandResult;
import dcocpp.ocpp.internal.testing.FragileStore.Disk;

/** A disk that is full or broken: the charge point goes on as far as it can, and makes up for the rest. */
class DiskTest {

    private static final Duration RETRY = Duration.ofSeconds(6);

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder);
        station.keys.put("Security.DisableSecurityEventNotifications", false);
    }

    private String status(String action, String payload) {
        return station.backOffice.call(action, payload).get("status").textValue();
    }

    private List<String> events() {
        return station.backOffice.requests("SecurityEventNotification").stream().map(request -> request.payload().get("type").textValue())
                .toList();
    }

    @Test
    void aDiskThatIsFullAtTheStartKeepsNoFeatureFromItsPart() {
        station.disk = Disk.FULL;
        station.start();
        assertEquals(BackOfficeLink.State.ACCEPTED, station.point.link().state());
        assertEquals(Duration.ofSeconds(60), station.charger.plugInTimeout, "started after the one that could not");
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
        assertEquals("Accepted", status("RemoteStartTransaction", "{\"connectorId\":2,\"idTag\":\"A\"}"));
    }

    @Test
    void whatTheDiskKeptFromStartingStartsWhenThereIsRoom() {
        station.disk = Disk.FULL;
        station.start();
        station.advance(RETRY.multipliedBy(5));
        assertTrue(events().isEmpty());
        station.disk = Disk.GOOD;
        station.advance(RETRY);
        assertEquals(List.of("StartupOfTheDevice"), events());
    }

    @Test
    void aDiskThatBreaksKeepsTheBackOfficeFromNothingThatNeedsNoDisk() {
        station.start();
        station.backOffice.hangUp();
        station.backOffice.forget();
        station.journal.started("tx-1", 1, "TAG", 0);
        station.charger.charging(1, "tx-1", "TAG");
        station.disk = Disk.BROKEN;
        station.advance(Duration.ofMinutes(10));
        assertEquals(3, station.backOffice.requests("StatusNotification").size());
        assertTrue(station.backOffice.requests("Heartbeat").size() > 0);
        station.backOffice.hangUp();
        station.disk = Disk.GOOD;
        station.advance(Duration.ofMinutes(1));
        station.changed();
        assertEquals(1, station.backOffice.requests("StartTransaction").size());
    }

    @Test
    void theTransactionMessagesGoOnWhenTheDiskDoes() {
        station.backOffice.reachable(false);
        station.start();
        station.journal.started("tx-1", 1, "TAG", 0);
        station.charger.charging(1, "tx-1", "TAG");
        station.changed();
        station.disk = Disk.BROKEN;
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(2));
        assertEquals("BootNotification", station.backOffice.actions().get(0));
        assertTrue(station.backOffice.requests("StartTransaction").isEmpty());
        station.disk = Disk.GOOD;
        station.advance(RETRY);
        assertEquals(1, station.backOffice.requests("StartTransaction").size());
    }

    @Test
    void aResetIsDoneThoughTheDiskIsFull() {
        station.start();
        station.disk = Disk.FULL;
        assertEquals("Accepted", status("Reset", "{\"type\":\"Soft\"}"));
        assertEquals(1, station.charger.commands.size());
        station.backOffice.forget();
        station.charger.results.get(0).complete(CommandResult.DONE);
        station.post(station.point::afterSoftReset);
        station.advance(Duration.ofSeconds(10));
        assertEquals("BootNotification", station.backOffice.actions().get(0));
    }

    @Test
    void theControllerIsNotToldHalfOfTheWishesWhileSomethingHasNotStarted() {
        station.start();
        status("SetChargingProfile", "{\"connectorId\":1,\"csChargingProfiles\":{\"chargingProfileId\":1,\"stackLevel\":0,"
                + "\"chargingProfilePurpose\":\"TxDefaultProfile\",\"chargingProfileKind\":\"Relative\",\"chargingSchedule\":"
                + "{\"chargingRateUnit\":\"W\",\"chargingSchedulePeriod\":[{\"startPeriod\":0,\"limit\":11000}]}}}");
        station.kill();
        station.charger.wishes.clear();
        station.run++;
        station.disk = Disk.FULL;
        station.start();
        assertTrue(station.charger.wishes.isEmpty());
        station.disk = Disk.GOOD;
        station.advance(RETRY);
        assertFalse(station.charger.wishes.isEmpty());
        assertTrue(station.charger.wishes.stream().noneMatch(wish -> wish.limits().isEmpty()));
        assertEquals(11_000, station.charger.limitW(1));
    }
}
