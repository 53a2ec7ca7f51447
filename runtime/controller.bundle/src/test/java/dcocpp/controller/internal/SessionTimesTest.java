package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.SessionPhase;

/** How long a session waits for what, and what its PLC is told meanwhile. */
class SessionTimesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void aTokenIsWaitedForHalfAnHourAndThenThePlcIsTold() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.plug(1);
            charger.run(Duration.ofSeconds(1799));
            assertEquals(ConnectorStatus.PREPARING, charger.status(1));
            assertEquals(GunCommand.Authorization.PENDING, charger.hardware.gun(1).command.authorization());
            charger.run(SECOND.multipliedBy(2));
            assertEquals(ConnectorStatus.FINISHING, charger.status(1));
            assertEquals(GunCommand.Authorization.DENIED, charger.hardware.gun(1).command.authorization());
            assertEquals(List.of(), charger.journalled());
        }
    }

    @Test
    void aRefusedVehicleStaysPendingAtItsPlcAndARefusedCardIsDeniedUntilAnotherComes() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.verdicts.put("VID:001A2B3C4D5E", Verdict.INVALID);
            charger.verdicts.put("BAD", Verdict.INVALID);
            charger.plug(1);
            charger.run(SECOND);
            charger.events.tokenRead(new TokenRead(TokenRead.Source.EV_MAC, "VID:001A2B3C4D5E", 1, charger.time.nanoTime()));
            charger.run(SECOND);
            assertEquals(GunCommand.Authorization.PENDING, charger.hardware.gun(1).command.authorization());
            charger.swipe("BAD");
            charger.run(SECOND);
            assertEquals(GunCommand.Authorization.DENIED, charger.hardware.gun(1).command.authorization());
            assertEquals(ConnectorStatus.PREPARING, charger.status(1));
            charger.answers = false;
            charger.swipe("GOOD");
            charger.run(SECOND);
            assertEquals(GunCommand.Authorization.PENDING, charger.hardware.gun(1).command.authorization());
        }
    }

    @Test
    void anAcceptedVehicleThatAsksForNothingIsWaitedForAMinuteAndNothingIsBilled() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.hardware.gun(1).cp = CpState.B;
            charger.run(SECOND);
            charger.swipe("A");
            charger.run(Duration.ofSeconds(59));
            assertEquals(SessionPhase.WAITING_FOR_VEHICLE, charger.connector(1).session().phase());
            charger.run(SECOND.multipliedBy(2));
            assertEquals(ConnectorStatus.FINISHING, charger.status(1));
            assertEquals(List.of(), charger.journalled());
        }
    }

    @Test
    void aVehicleThatAsksWhileTheChargerCannotIsNotGivenUp() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.plug(1);
            charger.run(SECOND);
            charger.answers = false;
            charger.swipe("A");
            charger.run(SECOND);
            charger.hardware.gun(1).meterSilent = true;
            charger.run(SECOND.multipliedBy(3));
            charger.answers = true;
            charger.charger.backOfficeWent(charger.backOffice);
            charger.charger.backOfficeCame(charger.backOffice);
            charger.run(Duration.ofMinutes(5));
            assertEquals(SessionPhase.WAITING_FOR_VEHICLE, charger.connector(1).session().phase(), "the vehicle asks, the charger cannot");
            charger.hardware.gun(1).meterSilent = false;
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
        }
    }

    @Test
    void aPilotThatIsLostForEightSecondsKeepsItsTransactionAndForLongerDoesNot() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.unplug(1);
            charger.run(Duration.ofMillis(200));
            assertFalse(charger.hardware.gun(1).closed, "at once");
            charger.run(Duration.ofMillis(7600));
            charger.plug(1);
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            charger.unplug(1);
            charger.run(Duration.ofMillis(8300));
            assertEquals(List.of(StopReason.EV_DISCONNECTED), charger.journalled(TransactionStopped.class).stream()
                    .map(TransactionStopped::reason).toList());
        }
    }

    @Test
    void aPlugThatDropsOutAgainAndAgainIsNoContactorThatOpensByItself() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            for (int drop = 1; drop <= 4; drop++) {
                charger.unplug(1);
                charger.run(SECOND.multipliedBy(2));
                charger.plug(1);
                charger.run(SECOND.multipliedBy(15));
                assertEquals(ConnectorStatus.CHARGING, charger.status(1), "after drop " + drop);
                assertEquals(List.of(), charger.connector(1).faults());
            }
            assertEquals(1, charger.journalled(TransactionStarted.class).size());
        }
    }

    @Test
    void aContactorThatOpensByItselfNowAndThenClosesAgainEachTime() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            for (int opening = 1; opening <= 4; opening++) {
                charger.hardware.gun(1).opensByItself = true;
                charger.run(SECOND);
                assertFalse(charger.hardware.gun(1).closed);
                charger.hardware.gun(1).opensByItself = false;
                charger.run(Duration.ofSeconds(15));
                assertEquals(ConnectorStatus.CHARGING, charger.status(1), "after opening " + opening);
                charger.run(Duration.ofMinutes(11));
            }
        }
    }

    @Test
    void aVehicleThatReturnsToReadinessWithoutPowerKeepsItsSession() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.gun(1).cp = CpState.B;
            charger.run(Duration.ofMinutes(10));
            assertEquals(ConnectorStatus.SUSPENDED_EV, charger.status(1));
            charger.plug(1);
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            assertEquals(1, charger.journalled(TransactionStarted.class).size());
        }
    }

    @Test
    void afterTheEndNothingBeginsBeforeTheVehicleIsUnpluggedOrATokenComes() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.command(new ChargerCommand.RemoteStop("s", charger.deadline(SECOND), charger.connector(1).session().transactionId()));
            charger.run(Duration.ofMinutes(40));
            assertEquals(ConnectorStatus.FINISHING, charger.status(1));
            assertEquals(1, charger.journalled(TransactionStarted.class).size());
            charger.command(new ChargerCommand.RemoteStart("r", charger.deadline(SECOND), 1,
                    new Token("B", Token.Source.REMOTE_START), true));
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            assertTrue(charger.journalled(TransactionStarted.class).stream().anyMatch(start -> start.token().idTag().equals("B")));
        }
    }
}
