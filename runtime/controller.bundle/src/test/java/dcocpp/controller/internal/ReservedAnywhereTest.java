package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.session.ConnectorStatus;

/** Reservations of any one connector: as many are left as there are reservations. */
class ReservedAnywhereTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void aReservationOfAnyConnectorKeepsTheLastFreeOne() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            charger.reserve(charger.reservation(7, 0, "MINE", ""));
            assertEquals(List.of(ConnectorStatus.AVAILABLE, ConnectorStatus.AVAILABLE, ConnectorStatus.AVAILABLE), charger.statuses());
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("ONE");
            charger.swipe("TWO");
            charger.swipe("THREE");
            charger.run(SECOND);
            assertEquals(List.of("ONE", "TWO"), charger.snapshot().connectors().stream()
                    .filter(connector -> connector.session() != null).map(connector -> connector.session().token().idTag()).toList());
            assertEquals(ConnectorStatus.RESERVED, charger.status(3));
            charger.plug(3);
            charger.run(SECOND);
            assertEquals(ConnectorStatus.RESERVED, charger.status(3), "a plug alone takes it from nobody");
            charger.swipe("MINE");
            charger.until("charging", () -> charger.status(3) == ConnectorStatus.CHARGING);
            TransactionStarted start = charger.journalled(TransactionStarted.class).stream()
                    .filter(one -> one.connectorId() == 3).findFirst().orElseThrow();
            assertEquals(7, start.reservationId());
        }
    }

    @Test
    void aReservationOfAnyConnectorIsUsedWhereItsTagChargesAndKeepsNoOther() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.reserve(charger.reservation(7, 0, "MINE", ""));
            charger.swipe("MINE");
            charger.run(SECOND);
            assertEquals(List.of(ConnectorStatus.PREPARING, ConnectorStatus.AVAILABLE), charger.statuses());
            charger.plug(1);
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(2));
            assertEquals(7, charger.journalled(TransactionStarted.class).get(0).reservationId());
        }
    }

    @Test
    void twoReservationsOfOneTagAreTwoConnectors() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.reserve(charger.reservation(7, 0, "MINE", ""), charger.reservation(8, 0, "MINE", ""));
            charger.charge(1, "MINE");
            assertEquals(ConnectorStatus.RESERVED, charger.status(2));
        }
    }

    @Test
    void theLastConnectorIsFreeAgainWhenAnotherBecomesFree() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.reserve(charger.reservation(7, 0, "MINE", ""));
            charger.plug(1);
            charger.run(SECOND);
            assertEquals(List.of(ConnectorStatus.PREPARING, ConnectorStatus.RESERVED), charger.statuses());
            charger.unplug(1);
            charger.run(SECOND);
            assertEquals(List.of(ConnectorStatus.AVAILABLE, ConnectorStatus.AVAILABLE), charger.statuses());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void withOnlyOneConnectorForEachTheyAreReservedAtOnce(int connectors) {
        try (ChargerFixture charger = ChargerFixture.ready(folder, connectors)) {
            charger.reserve(charger.reservation(7, 0, "MINE", ""), charger.reservation(8, 0, "OURS", ""));
            assertTrue(charger.statuses().stream().allMatch(status -> status == ConnectorStatus.RESERVED));
            charger.swipe("THIRD");
            charger.run(SECOND);
            assertNull(charger.connector(1).session());
        }
    }
}
