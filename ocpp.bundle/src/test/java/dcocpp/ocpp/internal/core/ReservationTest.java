package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.api.backoffice.Reservation;
import dcocpp.api.session.ConnectorStatus;

/** ReserveNow and CancelReservation: what is answered, what the controller is told, and when it ends. */
class ReservationTest {

    private static final Instant TEN = Instant.parse("2026-01-01T00:10:00Z");

    @TempDir
    private Path folder;
    private Station station;

    @BeforeEach
    void setUp() {
        station = new Station(folder).start();
    }

    private String reserve(int reservationId, int connectorId, String idTag, Instant until) {
        return station.backOffice.call("ReserveNow", "{\"reservationId\":" + reservationId + ",\"connectorId\":" + connectorId
                + ",\"idTag\":\"" + idTag + "\",\"parentIdTag\":\"GROUP\",\"expiryDate\":\"" + until + "\"}").get("status").textValue();
    }

    private String cancel(int reservationId) {
        return status("CancelReservation", "{\"reservationId\":" + reservationId + "}");
    }

    private String status(String action, String payload) {
        return station.backOffice.call(action, payload).get("status").textValue();
    }

    private void becomes(int connectorId, ConnectorStatus status) {
        station.charger.connector(connectorId, status);
        station.changed();
    }

    @Test
    void aReservationIsHandedToTheControllerAndCancelledById() {
        assertEquals("Accepted", reserve(7, 1, "TAG", TEN));
        assertEquals(List.of(new Reservation(7, 1, "TAG", "GROUP", TEN)), station.charger.reservations());
        becomes(1, ConnectorStatus.RESERVED);
        assertEquals("Reserved", station.backOffice.requests("StatusNotification").get(3).payload().get("status").textValue());
        assertEquals("Rejected", cancel(8));
        assertEquals("Accepted", cancel(7));
        assertEquals(List.of(), station.charger.reservations());
        assertEquals("Rejected", cancel(7));
    }

    @ParameterizedTest
    @CsvSource({"AVAILABLE,Accepted", "FAULTED,Faulted", "UNAVAILABLE,Unavailable", "PREPARING,Occupied", "CHARGING,Occupied",
        "SUSPENDED_EV,Occupied", "SUSPENDED_EVSE,Occupied", "FINISHING,Occupied"})
    void theConnectorDecides(ConnectorStatus status, String expected) {
        station.charger.connector(1, status);
        assertEquals(expected, reserve(7, 1, "TAG", TEN));
    }

    @Test
    void aReservedConnectorIsOccupiedForAnyOtherReservation() {
        reserve(7, 1, "TAG", TEN);
        assertEquals("Occupied", reserve(8, 1, "TAG", TEN), "before the controller has shown it");
        becomes(1, ConnectorStatus.RESERVED);
        assertEquals("Occupied", reserve(8, 1, "TAG", TEN));
        assertEquals("Accepted", reserve(8, 2, "TAG", TEN));
    }

    @Test
    void theSameIdReplacesAlsoAtAnotherConnector() {
        reserve(7, 1, "TAG", TEN);
        becomes(1, ConnectorStatus.RESERVED);
        assertEquals("Accepted", reserve(7, 1, "OTHER", TEN));
        assertEquals("Accepted", reserve(7, 2, "OTHER", TEN));
        assertEquals(List.of(new Reservation(7, 2, "OTHER", "GROUP", TEN)), station.charger.reservations());
        station.charger.connector(2, ConnectorStatus.CHARGING);
        assertEquals("Occupied", reserve(7, 2, "THIRD", TEN));
        assertEquals("OTHER", station.charger.reservations().get(0).idTag(), "a replacement that fails leaves the old one");
    }

    @Test
    void whatCannotBeReservedIsRejected() {
        assertEquals("Rejected", reserve(7, 3, "TAG", TEN));
        assertEquals("Rejected", reserve(7, -1, "TAG", TEN));
        assertEquals("Rejected", reserve(-1, 1, "TAG", TEN));
        assertEquals("Rejected", reserve(7, 1, "", TEN));
        assertEquals("Rejected", reserve(7, 1, "TAG", station.time.now()), "over already");
        station.charger.vanish();
        assertEquals("Rejected", reserve(7, 1, "TAG", TEN));
        assertTrue(station.charger.wishes.isEmpty());
    }

    @Test
    void connectorZeroNeedsOneConnectorForEachReservation() {
        assertEquals("Accepted", reserve(1, 0, "A", TEN));
        assertEquals("Accepted", reserve(2, 0, "B", TEN));
        assertEquals("Occupied", reserve(3, 0, "C", TEN));
        assertEquals("Occupied", reserve(3, 1, "C", TEN), "both free ones are promised");
        cancel(2);
        assertEquals("Accepted", reserve(3, 1, "C", TEN));
        assertEquals("Occupied", reserve(4, 2, "D", TEN));
    }

    @ParameterizedTest
    @CsvSource({"FAULTED,FAULTED,Faulted", "UNAVAILABLE,UNAVAILABLE,Unavailable", "FAULTED,UNAVAILABLE,Faulted",
        "CHARGING,UNAVAILABLE,Occupied", "CHARGING,AVAILABLE,Accepted", "FINISHING,PREPARING,Occupied"})
    void connectorZeroSeesAllConnectors(ConnectorStatus one, ConnectorStatus two, String expected) {
        station.charger.connector(1, one);
        station.charger.connector(2, two);
        assertEquals(expected, reserve(7, 0, "TAG", TEN));
    }

    @Test
    void withoutReserveConnectorZeroSupportedItIsRejected() {
        station.stop();
        station.keys.put("Reservation.ReserveConnectorZeroSupported", false);
        station.start();
        assertEquals("Rejected", reserve(7, 0, "TAG", TEN));
        assertEquals("Accepted", reserve(7, 1, "TAG", TEN));
    }

    @Test
    void aReservationEndsAtItsTime() {
        reserve(7, 1, "TAG", TEN);
        reserve(8, 2, "TAG", TEN.plusSeconds(60));
        station.advance(Duration.ofMinutes(10).minusMillis(1));
        assertEquals(2, station.charger.reservations().size());
        station.advance(Duration.ofMillis(1));
        assertEquals(List.of(8), station.charger.reservations().stream().map(Reservation::reservationId).toList());
        station.advance(Duration.ofMinutes(1));
        assertEquals(List.of(), station.charger.reservations());
        assertEquals("Rejected", cancel(8));
    }

    @Test
    void aReservationSurvivesARestartAndExpiresMeanwhile() {
        reserve(7, 1, "TAG", TEN);
        reserve(8, 2, "TAG", TEN.plusSeconds(3600));
        station.kill();
        station.charger.wishes.clear();
        station.advance(Duration.ofMinutes(11));
        station.start();
        assertEquals(List.of(8), station.charger.reservations().stream().map(Reservation::reservationId).toList());
        assertEquals("Accepted", cancel(8));
    }

    @ParameterizedTest
    @CsvSource({"FAULTED", "UNAVAILABLE"})
    void whetherAReservationEndsWithItsConnectorTheControllerSays(ConnectorStatus status) {
        reserve(7, 1, "TAG", TEN);
        reserve(8, 2, "TAG", TEN);
        becomes(1, status);
        assertEquals(2, station.charger.reservations().size(), "a moment's matter");
        station.charger.ended(7);
        station.changed();
        assertEquals(List.of(8), station.charger.reservations().stream().map(Reservation::reservationId).toList());
        assertEquals("Rejected", cancel(7));
    }

    @Test
    void whatTheControllerSaysOfAnEarlierReservationOfTheSameIdIsNotMeant() {
        reserve(7, 1, "TAG", TEN);
        station.charger.ended(7);
        station.changed();
        station.charger.fallBehind();
        reserve(7, 2, "TAG", TEN);
        station.changed();
        assertEquals(1, station.charger.reservations().size());
        station.charger.ended();
        station.charger.catchUp();
        station.changed();
        assertEquals(1, station.charger.reservations().size());
    }

    @Test
    void theStartOfItsTransactionConsumesAReservationAndNamesIt() {
        reserve(7, 1, "TAG", TEN);
        station.journal.started("other", 2, "OTHER", 0);
        station.charger.charging(2, "other", "OTHER");
        station.changed();
        assertEquals(1, station.charger.reservations().size());
        station.journal.started("tx", 1, "TAG", 0, 7);
        station.charger.charging(1, "tx", "TAG");
        station.changed();
        assertEquals(List.of(), station.charger.reservations());
        assertEquals(7, station.backOffice.requests("StartTransaction").get(1).payload().get("reservationId").intValue());
        station.charger.connector(1, ConnectorStatus.AVAILABLE);
        assertEquals("Accepted", reserve(7, 1, "TAG", TEN), "the same number again is another reservation");
        station.changed();
        assertEquals(1, station.charger.reservations().size());
    }

    @Test
    void aTransactionWhileTheBundleWasAwayConsumesItToo() {
        reserve(7, 1, "TAG", TEN);
        station.stop();
        station.journal.started("tx", 1, "TAG", 0, 7);
        station.start();
        assertEquals(List.of(), station.charger.reservations());
    }

    @Test
    void aRemoteStartAtAReservedConnectorIsForItsTagOrItsGroupOnly() {
        station.backOffice.call("ReserveNow", "{\"reservationId\":7,\"connectorId\":1,\"idTag\":\"TAG\",\"expiryDate\":\"" + TEN + "\"}");
        becomes(1, ConnectorStatus.RESERVED);
        assertEquals("Rejected", status("RemoteStartTransaction", "{\"connectorId\":1,\"idTag\":\"OTHER\"}"));
        assertEquals("Accepted", status("RemoteStartTransaction", "{\"connectorId\":1,\"idTag\":\"tag\"}"));
        assertEquals("Accepted", status("RemoteStartTransaction", "{\"connectorId\":2,\"idTag\":\"OTHER\"}"));
        reserve(7, 1, "TAG", TEN);
        assertEquals("Accepted", status("RemoteStartTransaction", "{\"connectorId\":1,\"idTag\":\"OTHER\"}"), "it may be of the group");
    }

    @Test
    void aReservationIsTakenAndCancelledBeforeTheBackOfficeHasAcceptedUs() {
        station.stop();
        station.backOffice.answer("BootNotification", payload -> station.backOffice.boot("Pending", 60));
        station.start();
        assertEquals("Accepted", reserve(7, 1, "TAG", TEN));
        assertEquals(Set.of(), station.charger.inoperative());
        assertEquals("Accepted", cancel(7));
    }
}
