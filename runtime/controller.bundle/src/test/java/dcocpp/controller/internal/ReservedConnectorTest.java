package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    private static void swipeAt(ChargerFixture charger, int connectorId, String idTag) {
        charger.events.tokenRead(new TokenRead(TokenRead.Source.RFID, idTag, connectorId, charger.time.nanoTime()));
        charger.run(SECOND);
    }

    private static CommandResult remoteStart(ChargerFixture charger, int connectorId, String idTag, boolean authorized) {
        return charger.command(new ChargerCommand.RemoteStart("r-" + idTag + charger.time.nanoTime(), charger.deadline(SECOND), connectorId,
                new Token(idTag, Token.Source.REMOTE_START), authorized));
    }

    @Test
    void aStrangerIsRefusedThereWithoutBeingAskedAboutAndTakesAnotherConnector() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.reserve(charger.reservation(7, 1, "MINE", ""));
            swipeAt(charger, 1, "OTHER");
            assertEquals(List.of(), charger.asked);
            assertEquals(List.of(ConnectorStatus.RESERVED, ConnectorStatus.AVAILABLE), charger.statuses());
            charger.swipe("OTHER");
            charger.run(SECOND);
            assertEquals(List.of(ConnectorStatus.RESERVED, ConnectorStatus.PREPARING), charger.statuses());
        }
    }

    @Test
    void theTagItselfGetsItsConnectorInAnyCaseAlsoWhenAnotherIsFree() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.reserve(charger.reservation(7, 2, "MINE", ""));
            charger.swipe("mine");
            charger.run(SECOND);
            assertEquals(List.of(ConnectorStatus.AVAILABLE, ConnectorStatus.PREPARING), charger.statuses());
            charger.run(Duration.ofSeconds(61));
            assertEquals(ConnectorStatus.RESERVED, charger.status(2), "not used: still reserved");
        }
    }

    @Test
    void theGroupOfAReservationIsKnownOnceTheBackOfficeWasAsked() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.groups.put("MEMBER", "group");
            charger.reserve(charger.reservation(7, 1, "MINE", "GROUP"));
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
            charger.reserve(charger.reservation(7, 1, "MINE", "GROUP"));
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
            charger.reserve(charger.reservation(7, 1, "MINE", "GROUP"));
            assertEquals(CommandResult.DONE, remoteStart(charger, 1, "MEMBER", true));
            charger.run(SECOND);
            assertEquals(1, charger.asked.size());
            assertEquals(ConnectorStatus.PREPARING, charger.status(1));
        }
    }

    @Test
    void aRemoteStartForAnyConnectorTakesTheOneThatIsReservedForItAndNeverAnothers() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.reserve(charger.reservation(7, 2, "MINE", ""));
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
            charger.reserve(charger.reservation(7, 1, "MINE", ""));
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
            charger.reserve(new Reservation(7, 1, "MINE", "", charger.time.now().plusSeconds(30)));
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
            Reservation mine = charger.reservation(7, 1, "MINE", "");
            charger.reserve(mine);
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
            charger.wishes = 4;
            charger.run(SECOND);
            charger.reserve(charger.reservation(7, 1, "MINE", ""));
            assertEquals(ConnectorStatus.RESERVED, charger.status(1), "another reservation with the same number");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void itIsNotUsedUpByAStartThatTheJournalDoesNotTake(int reserved) {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.reserve(charger.reservation(7, reserved, "MINE", ""));
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
            charger.reserve(charger.reservation(7, 1, "MINE", ""));
        }
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
        }
    }

    @Test
    void itEndsWithAFaultAndDoesNotComeBack() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.reserve(charger.reservation(7, 1, "MINE", ""));
            charger.hardware.gun(1).faults = List.of(new Fault(FaultCause.CONNECTOR_TEMPERATURE, "hot"));
            charger.run(ChargerFixture.TICK);
            assertEquals(ConnectorStatus.FAULTED, charger.status(1), "not Available in between");
            charger.run(Duration.ofSeconds(6));
            assertEquals(Set.of(7), charger.snapshot().endedReservations(), "the protocol is told");
            assertEquals(charger.wishes, charger.snapshot().wishesNumber());
            charger.hardware.gun(1).faults = List.of();
            charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(SECOND), 0));
            charger.until("available", () -> charger.status(1) == ConnectorStatus.AVAILABLE);
        }
    }

    @Test
    void aGlitchOfItsLinkDoesNotEndIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.reserve(charger.reservation(7, 1, "MINE", ""));
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
            charger.reserve(charger.reservation(7, 1, "MINE", ""));
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
            charger.reserve(charger.reservation(7, 1, "MINE", ""));
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
            mine = charger.reservation(7, 1, "MINE", "");
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
            Reservation mine = charger.reservation(7, 0, "MINE", "");
            charger.reserve(mine);
            charger.hardware.gun(1).faults = List.of(new Fault(FaultCause.CONNECTOR_TEMPERATURE, "hot"));
            charger.run(LATER);
            assertEquals(List.of(ConnectorStatus.FAULTED, ConnectorStatus.RESERVED), charger.statuses());
            charger.mail.wants(new BackOfficeState(8, Set.of(2), List.of(mine), List.of()));
            charger.run(SECOND);
            assertEquals(Set.of(7), charger.snapshot().endedReservations());
        }
    }

    @Test
    void itEndsWhenItsConnectorIsTakenOutOfService() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            Reservation mine = charger.reservation(7, 1, "MINE", "");
            charger.reserve(mine);
            charger.mail.wants(new BackOfficeState(8, Set.of(1), List.of(mine), List.of()));
            charger.run(ChargerFixture.TICK);
            assertEquals(ConnectorStatus.UNAVAILABLE, charger.status(1));
            charger.mail.wants(new BackOfficeState(9, Set.of(), List.of(mine), List.of()));
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
        }
    }
}
