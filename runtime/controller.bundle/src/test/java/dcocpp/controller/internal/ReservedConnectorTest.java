package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.SessionPhase;
import dcocpp.controller.internal.journal.ControllerMemory;
import dcocpp.controller.internal.journal.JournalStoreTest;

/** For whom connectors are kept, and until when. */
class ReservedConnectorTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(11);

    @TempDir
    Path folder;
    private long number = 1;

    private void want(ChargerFixture charger, Reservation... reservations) {
        charger.mail.wants(new BackOfficeState(number++, Set.of(), List.of(reservations), List.of()));
        charger.run(SECOND);
    }

    private static Reservation reservation(ChargerFixture charger, int id, int connectorId, String idTag, String group) {
        return new Reservation(id, connectorId, idTag, group, charger.time.now().plusSeconds(600));
    }

    private static void swipeAt(ChargerFixture charger, int connectorId, String idTag) {
        charger.events.tokenRead(new TokenRead(TokenRead.Source.RFID, idTag, connectorId, charger.time.nanoTime()));
        charger.run(SECOND);
    }

    private static List<ConnectorStatus> statuses(ChargerFixture charger) {
        return charger.snapshot().connectors().stream().map(connector -> connector.status()).toList();
    }

    private static CommandResult remoteStart(ChargerFixture charger, int connectorId, String idTag, boolean authorized) {
        return charger.command(new ChargerCommand.RemoteStart("r-" + idTag + charger.time.nanoTime(), charger.deadline(SECOND), connectorId,
                new Token(idTag, Token.Source.REMOTE_START), authorized));
    }

    @Test
    void aStrangerIsRefusedThereWithoutBeingAskedAboutAndTakesAnotherConnector() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            want(charger, reservation(charger, 7, 1, "MINE", ""));
            swipeAt(charger, 1, "OTHER");
            assertEquals(List.of(), charger.asked);
            assertEquals(List.of(ConnectorStatus.RESERVED, ConnectorStatus.AVAILABLE), statuses(charger));
            charger.swipe("OTHER");
            charger.run(SECOND);
            assertEquals(List.of(ConnectorStatus.RESERVED, ConnectorStatus.PREPARING), statuses(charger));
        }
    }

    @Test
    void theTagItselfGetsItsConnectorInAnyCaseAlsoWhenAnotherIsFree() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            want(charger, reservation(charger, 7, 2, "MINE", ""));
            charger.swipe("mine");
            charger.run(SECOND);
            assertEquals(List.of(ConnectorStatus.AVAILABLE, ConnectorStatus.PREPARING), statuses(charger));
            charger.run(Duration.ofSeconds(61));
            assertEquals(ConnectorStatus.RESERVED, charger.status(2), "not used: still reserved");
        }
    }

    @Test
    void theGroupOfAReservationIsKnownOnceTheBackOfficeWasAsked() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.groups.put("MEMBER", "group");
            want(charger, reservation(charger, 7, 1, "MINE", "GROUP"));
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("STRANGER");
            charger.run(LATER);
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
            assertEquals(SessionPhase.WAITING_FOR_TOKEN, charger.connector(1).session().phase());
            charger.swipe("MEMBER");
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            assertEquals(7, charger.journalled(TransactionStarted.class).get(0).reservationId());
        }
    }

    @Test
    void withoutAProtocolBundleAMemberWaitsAndTheConnectorStaysReserved() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            want(charger, reservation(charger, 7, 1, "MINE", "GROUP"));
            charger.charger.backOfficeWent(charger.backOffice);
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("MEMBER");
            charger.run(LATER);
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
        }
    }

    @Test
    void aRemoteStartOfTheGroupIsAskedAboutAlsoWhenItCountsAsAuthorized() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.groups.put("MEMBER", "GROUP");
            want(charger, reservation(charger, 7, 1, "MINE", "GROUP"));
            assertEquals(CommandResult.DONE, remoteStart(charger, 1, "MEMBER", true));
            charger.run(SECOND);
            assertEquals(1, charger.asked.size());
            assertEquals(ConnectorStatus.PREPARING, charger.status(1));
        }
    }

    @Test
    void aRemoteStartForAnyConnectorTakesTheOneThatIsReservedForItAndNeverAnothers() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            want(charger, reservation(charger, 7, 2, "MINE", ""));
            assertEquals(CommandResult.DONE, remoteStart(charger, 0, "OTHER", true));
            assertEquals(CommandResult.Outcome.REJECTED, remoteStart(charger, 0, "THIRD", true).outcome());
            assertEquals(CommandResult.DONE, remoteStart(charger, 0, "MINE", true));
            charger.run(SECOND);
            assertEquals("MINE", charger.connector(2).session().token().idTag());
        }
    }

    @Test
    void neitherAPlugNorAnUnlockNorAnEndedWaitFreesAReservedConnector() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            want(charger, reservation(charger, 7, 1, "MINE", ""));
            charger.hardware.gun(1).cp = CpState.B;
            charger.run(SECOND);
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
            charger.command(new ChargerCommand.Unlock("u", charger.deadline(LATER), 1));
            charger.run(SECOND);
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
            charger.swipe("MINE");
            charger.run(SECOND);
            assertEquals(ConnectorStatus.PREPARING, charger.status(1));
            charger.run(Duration.ofSeconds(61));
            assertEquals(ConnectorStatus.RESERVED, charger.status(1), "the vehicle asked for nothing");
            charger.unplug(1);
            charger.run(SECOND);
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
        }
    }

    @Test
    void itExpiresAtItsTimeWithoutTheProtocolBundle() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            want(charger, new Reservation(7, 1, "MINE", "", charger.time.now().plusSeconds(30)));
            charger.charger.backOfficeWent(charger.backOffice);
            charger.run(Duration.ofSeconds(28));
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
            charger.run(SECOND);
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
        }
    }

    @Test
    void itIsUsedUpByItsTransactionAlsoOverARestartWhileTheProtocolBundleIsAway() {
        BackOfficeState wanted;
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            Reservation mine = reservation(charger, 7, 1, "MINE", "");
            want(charger, mine);
            wanted = new BackOfficeState(1, Set.of(), List.of(mine), List.of());
            charger.charge(1, "MINE");
            charger.run(LATER);
            charger.swipe("MINE");
            charger.until("stopped", () -> charger.journalled(TransactionStopped.class).size() == 1);
            charger.unplug(1);
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
            charger.mail.wants(wanted);
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1), "a protocol bundle that has missed it");
            assertEquals(Set.of(7), new ControllerMemory(charger.journal).endedReservations());
        }
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
            number = 5;
            charger.run(SECOND);
            want(charger, reservation(charger, 7, 1, "MINE", ""));
            assertEquals(ConnectorStatus.RESERVED, charger.status(1), "another reservation with the same number");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void itIsNotUsedUpByAStartThatTheJournalDoesNotTake(int reserved) {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            want(charger, reservation(charger, 7, reserved, "MINE", ""));
            JournalStoreTest.refuse(charger.journal, "STARTED");
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("MINE");
            charger.run(Duration.ofSeconds(20));
            assertEquals(Set.of(), new ControllerMemory(charger.journal).endedReservations());
            charger.unplug(1);
            charger.run(SECOND);
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
        }
    }

    @Test
    void itSurvivesARestartOfTheController() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            want(charger, reservation(charger, 7, 1, "MINE", ""));
        }
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
        }
    }

    @Test
    void itEndsWithAFaultAndDoesNotComeBack() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            want(charger, reservation(charger, 7, 1, "MINE", ""));
            charger.hardware.gun(1).faults = List.of(new Fault(FaultCause.CONNECTOR_TEMPERATURE, "hot"));
            charger.run(ChargerFixture.TICK);
            assertEquals(ConnectorStatus.FAULTED, charger.status(1), "not Available in between");
            charger.run(Duration.ofSeconds(6));
            assertEquals(Set.of(7), charger.snapshot().endedReservations(), "the protocol is told");
            assertEquals(number - 1, charger.snapshot().wishesNumber());
            charger.hardware.gun(1).faults = List.of();
            charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(SECOND), 0));
            charger.until("available", () -> charger.status(1) == ConnectorStatus.AVAILABLE);
        }
    }

    @Test
    void aGlitchOfItsLinkDoesNotEndIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            want(charger, reservation(charger, 7, 1, "MINE", ""));
            for (int glitch = 0; glitch < 3; glitch++) {
                charger.hardware.gun(1).linkUp = false;
                charger.run(Duration.ofSeconds(3));
                assertEquals(ConnectorStatus.FAULTED, charger.status(1));
                charger.hardware.gun(1).linkUp = true;
                charger.run(SECOND);
                assertEquals(ConnectorStatus.RESERVED, charger.status(1));
            }
        }
    }

    @Test
    void hardwareThatIsOpenedAnewEndsItNotUntilTheGunWasHeard() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            want(charger, reservation(charger, 7, 1, "MINE", ""));
            charger.hardware.gun(1).linkUp = false;
            assertEquals(CommandResult.DONE, charger.command(new ChargerCommand.Reset("r", charger.deadline(LATER), false)));
            charger.run(Duration.ofSeconds(60));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            charger.hardware.gun(1).linkUp = true;
            charger.run(SECOND);
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
            charger.hardware.gun(1).linkUp = false;
            charger.run(LATER);
            charger.hardware.gun(1).linkUp = true;
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
        }
    }

    @Test
    void hardwareThatIsReplacedDoesNotEndIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            want(charger, reservation(charger, 7, 1, "MINE", ""));
            charger.charger.hardwareWent(charger.hardware);
            charger.run(Duration.ofSeconds(60));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            charger.charger.hardwareCame(charger.hardware, "sim");
            charger.run(SECOND);
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
        }
    }

    @Test
    void anUpdateThatWaitsForItsTurnDoesNotEndIt() {
        Reservation mine;
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            mine = reservation(charger, 7, 1, "MINE", "");
            charger.mail.wants(new BackOfficeState(8, Set.of(), List.of(mine), List.of(), true));
            charger.run(LATER);
            assertEquals(ConnectorStatus.UNAVAILABLE, charger.status(1));
        }
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            assertEquals(ConnectorStatus.UNAVAILABLE, charger.status(1), "also over a restart");
            charger.mail.wants(new BackOfficeState(9, Set.of(), List.of(mine), List.of()));
            charger.run(SECOND);
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
        }
    }

    @Test
    void oneForAnyConnectorEndsWithTheLastOfThem() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            Reservation mine = reservation(charger, 7, 0, "MINE", "");
            want(charger, mine);
            charger.hardware.gun(1).faults = List.of(new Fault(FaultCause.CONNECTOR_TEMPERATURE, "hot"));
            charger.run(LATER);
            assertEquals(List.of(ConnectorStatus.FAULTED, ConnectorStatus.RESERVED), statuses(charger));
            charger.mail.wants(new BackOfficeState(8, Set.of(2), List.of(mine), List.of()));
            charger.run(SECOND);
            assertEquals(Set.of(7), charger.snapshot().endedReservations());
        }
    }

    @Test
    void itEndsWhenItsConnectorIsTakenOutOfService() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            Reservation mine = reservation(charger, 7, 1, "MINE", "");
            want(charger, mine);
            charger.mail.wants(new BackOfficeState(8, Set.of(1), List.of(mine), List.of()));
            charger.run(ChargerFixture.TICK);
            assertEquals(ConnectorStatus.UNAVAILABLE, charger.status(1));
            charger.mail.wants(new BackOfficeState(9, Set.of(), List.of(mine), List.of()));
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
        }
    }

    @Test
    void aReservationOfAnyConnectorKeepsTheLastFreeOne() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            want(charger, reservation(charger, 7, 0, "MINE", ""));
            assertEquals(List.of(ConnectorStatus.AVAILABLE, ConnectorStatus.AVAILABLE, ConnectorStatus.AVAILABLE), statuses(charger));
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
            want(charger, reservation(charger, 7, 0, "MINE", ""));
            charger.swipe("MINE");
            charger.run(SECOND);
            assertEquals(List.of(ConnectorStatus.PREPARING, ConnectorStatus.AVAILABLE), statuses(charger));
            charger.plug(1);
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(2));
            assertEquals(7, charger.journalled(TransactionStarted.class).get(0).reservationId());
        }
    }

    @Test
    void twoReservationsOfOneTagAreTwoConnectors() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            want(charger, reservation(charger, 7, 0, "MINE", ""), reservation(charger, 8, 0, "MINE", ""));
            charger.charge(1, "MINE");
            assertEquals(ConnectorStatus.RESERVED, charger.status(2));
        }
    }

    @Test
    void theLastConnectorIsFreeAgainWhenAnotherBecomesFree() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            want(charger, reservation(charger, 7, 0, "MINE", ""));
            charger.plug(1);
            charger.run(SECOND);
            assertEquals(List.of(ConnectorStatus.PREPARING, ConnectorStatus.RESERVED), statuses(charger));
            charger.unplug(1);
            charger.run(SECOND);
            assertEquals(List.of(ConnectorStatus.AVAILABLE, ConnectorStatus.AVAILABLE), statuses(charger));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void withOnlyOneConnectorForEachTheyAreReservedAtOnce(int connectors) {
        try (ChargerFixture charger = ChargerFixture.ready(folder, connectors)) {
            want(charger, reservation(charger, 7, 0, "MINE", ""), reservation(charger, 8, 0, "OURS", ""));
            assertTrue(statuses(charger).stream().allMatch(status -> status == ConnectorStatus.RESERVED));
            charger.swipe("THIRD");
            charger.run(SECOND);
            assertNull(charger.connector(1).session());
        }
    }
}
