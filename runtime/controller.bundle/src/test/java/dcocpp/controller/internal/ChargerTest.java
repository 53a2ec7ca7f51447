package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.hardware.CpState;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.SessionPhase;
import dcocpp.controller.internal.config.Configs;

/** Sessions from plug-in to unplug, commands and what the back office wants. */
class ChargerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void aPlugAndACardMakeATransactionAndTheSameCardEndsIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
            charger.plug(1);
            charger.run(SECOND);
            assertEquals(ConnectorStatus.PREPARING, charger.status(1));
            charger.swipe("CARD");
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            charger.run(Duration.ofMinutes(6));
            charger.swipe("CARD");
            charger.until("finishing", () -> charger.status(1) == ConnectorStatus.FINISHING
                    && charger.connector(1).session().phase() == SessionPhase.ENDED);
            charger.unplug(1);
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));

            TransactionStarted start = charger.journalled(TransactionStarted.class).get(0);
            TransactionStopped stop = charger.journalled(TransactionStopped.class).get(0);
            assertEquals("CARD", start.token().idTag());
            assertEquals(StopReason.LOCAL, stop.reason());
            assertEquals("CARD", stop.stopIdTag());
            // 40 kW for six minutes, less the ramps at both ends.
            assertEquals(4_000_000, stop.meterMilliWh() - start.meterMilliWh(), 50_000);
            long samples = charger.journalled(MeterSampled.class).stream()
                    .filter(sample -> sample.context() == MeterSampled.Context.PERIODIC).count();
            assertEquals(36, samples, 1);
        }
    }

    @Test
    void withoutAnAcceptedTokenNoContactorCloses() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.verdicts.put("BAD", Verdict.BLOCKED);
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("BAD");
            charger.run(Duration.ofMinutes(2));
            assertFalse(charger.hardware.gun(1).closed);
            assertEquals(ConnectorStatus.PREPARING, charger.status(1));
            assertEquals(List.of(), charger.journalled());
        }
    }

    @Test
    void theStartIsOnTheDiskBeforeTheContactorIsToldToClose() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("CARD");
            charger.until("told to close", () -> {
                boolean told = charger.hardware.gun(1).command.closeContactor();
                assertTrue(!told || charger.journalled(TransactionStarted.class).size() == 1);
                return told;
            });
        }
    }

    @Test
    void theGridLimitHoldsAtEveryTickWhileCarsComeAndTheLimitFalls() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            charger.charge(1, "A");
            charger.charge(2, "B");
            charger.charge(3, "C");
            for (int tick = 0; tick < 100; tick++) {
                charger.run(ChargerFixture.TICK);
                assertTrue(charger.hardware.totalW() <= 100_001, charger.hardware.totalW() + " W");
            }
            assertEquals(100_000, charger.hardware.totalW(), 1_000);
            Configs.modify(charger.site, Map.of("gridLimitKW", "45"));
            charger.run(Duration.ofMillis(200));
            assertTrue(charger.hardware.totalW() <= 45_001, charger.hardware.totalW() + " W");
            assertTrue(charger.connector(1).gunContactorClosed());
        }
    }

    @Test
    void aLimitOfZeroOfTheBackOfficePausesWithTheContactorClosedAndSurvivesARestart() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.mail.wants(new BackOfficeState(1, Set.of(), List.of(), List.of(new LimitSchedule(1, "",
                    List.of(new LimitSchedule.Period(Instant.EPOCH, 0)), null))));
            charger.until("paused", () -> charger.status(1) == ConnectorStatus.SUSPENDED_EVSE);
            assertEquals(0, charger.hardware.totalW(), 1);
            assertTrue(charger.connector(1).gunContactorClosed());
        }
        try (ChargerFixture again = ChargerFixture.ready(folder, 1)) {
            again.plug(1);
            again.run(SECOND);
            again.swipe("A");
            again.run(Duration.ofMinutes(1));
            assertEquals(0, again.hardware.totalW(), 1);
        }
    }

    @Test
    void powerComesBackAfterALimitIsLifted() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.mail.wants(new BackOfficeState(1, Set.of(), List.of(), List.of(new LimitSchedule(1, "",
                    List.of(new LimitSchedule.Period(Instant.EPOCH, 5_000)), null))));
            charger.run(Duration.ofSeconds(5));
            assertEquals(5_000, charger.hardware.totalW(), 100);
            charger.mail.wants(new BackOfficeState(2, Set.of(), List.of(), List.of()));
            charger.until("full power", () -> charger.hardware.totalW() > 39_000);
            charger.hardware.gun(1).askedA = 20;
            charger.run(Duration.ofSeconds(5));
            assertTrue(charger.connector(1).live().offeredPowerW() < 10_000, "what the car does not want is free for others");
            charger.hardware.gun(1).askedA = 100;
            charger.until("full power again", () -> charger.hardware.totalW() > 39_000);
        }
    }

    @Test
    void aTransactionThatWasCutOffEndsWithTheLastEnergyOnTheDisk() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.run(Duration.ofSeconds(35));
        }
        try (ChargerFixture again = ChargerFixture.ready(folder, 1)) {
            List<TransactionStopped> stops = again.journalled(TransactionStopped.class);
            assertEquals(1, stops.size());
            assertEquals(StopReason.POWER_LOSS, stops.get(0).reason());
            List<MeterSampled> samples = again.journalled(MeterSampled.class);
            assertEquals(samples.get(samples.size() - 1).sample().registerMilliWh(), stops.get(0).meterMilliWh());
            assertTrue(stops.get(0).meterMilliWh() > again.journalled(TransactionStarted.class).get(0).meterMilliWh());
            assertEquals(ConnectorStatus.AVAILABLE, again.status(1));
        }
        try (ChargerFixture third = ChargerFixture.ready(folder, 1)) {
            assertEquals(1, third.journalled(TransactionStopped.class).size());
        }
    }

    @Test
    void aShortLossOfThePilotKeepsTheTransactionAndALongOneEndsIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.unplug(1);
            charger.run(Duration.ofSeconds(4));
            assertFalse(charger.hardware.gun(1).closed);
            charger.plug(1);
            charger.until("charging again", () -> charger.status(1) == ConnectorStatus.CHARGING);
            assertEquals(1, charger.journalled(TransactionStarted.class).size());
            charger.unplug(1);
            charger.run(Duration.ofSeconds(10));
            assertEquals(StopReason.EV_DISCONNECTED, charger.journalled(TransactionStopped.class).get(0).reason());
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
        }
    }

    @Test
    void aTokenWaitsForTheProtocolBundleAndIsAskedWhenItComes() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charger.backOfficeWent(charger.backOffice);
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("A");
            charger.run(Duration.ofMinutes(1));
            assertEquals(SessionPhase.AUTHORIZING, charger.connector(1).session().phase());
            charger.charger.backOfficeCame(charger.backOffice);
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
        }
    }

    @Test
    void aRemoteStartAtAConnectorReservedForAnotherIsRejected() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.mail.wants(new BackOfficeState(1, Set.of(), List.of(new Reservation(7, 1, "MINE", "",
                    charger.time.now().plusSeconds(600))), List.of()));
            charger.plug(1);
            charger.run(SECOND);
            assertEquals(CommandResult.Outcome.REJECTED, charger.command(new ChargerCommand.RemoteStart("1", charger.deadline(SECOND), 1,
                    new Token("OTHER", Token.Source.REMOTE_START), true)).outcome());
            charger.run(Duration.ofSeconds(10));
            assertFalse(charger.hardware.gun(1).closed);
        }
    }

    @Test
    void aFullCarEndsTheTransactionAndStaysFinishingUntilItIsUnplugged() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.gun(1).complete = true;
            charger.run(Duration.ofSeconds(30));
            assertEquals(ConnectorStatus.FINISHING, charger.status(1));
            assertEquals(1, charger.journalled(TransactionStopped.class).size());
            charger.run(Duration.ofMinutes(5));
            assertEquals(1, charger.journalled(TransactionStarted.class).size());
        }
    }

    @Test
    void aCarThatPausesOpensTheContactorAndGoesOnInTheSameTransaction() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.gun(1).cp = CpState.B;
            charger.until("suspended", () -> charger.status(1) == ConnectorStatus.SUSPENDED_EV);
            charger.run(Duration.ofSeconds(2));
            assertFalse(charger.hardware.gun(1).closed);
            charger.plug(1);
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            assertEquals(1, charger.journalled(TransactionStarted.class).size());
            assertEquals(0, charger.journalled(TransactionStopped.class).size());
        }
    }

    @Test
    void commandsStartPauseResumeStopAndUnlock() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.plug(2);
            charger.run(SECOND);
            assertEquals(CommandResult.DONE, charger.command(new ChargerCommand.RemoteStart("1", charger.deadline(SECOND), 0,
                    new Token("REMOTE", Token.Source.REMOTE_START), true)));
            charger.until("charging", () -> charger.status(2) == ConnectorStatus.CHARGING);
            assertEquals(0, charger.asked.size());
            assertEquals(CommandResult.DONE, charger.command(new ChargerCommand.Pause("2", charger.deadline(SECOND), 2)));
            charger.run(Duration.ofSeconds(3));
            assertEquals(ConnectorStatus.SUSPENDED_EVSE, charger.status(2));
            assertTrue(charger.connector(2).gunContactorClosed());
            assertEquals(0, charger.hardware.totalW(), 1);
            assertEquals(CommandResult.DONE, charger.command(new ChargerCommand.Resume("3", charger.deadline(SECOND), 2)));
            charger.until("charging again", () -> charger.hardware.totalW() > 30_000);
            assertEquals(CommandResult.Outcome.REJECTED,
                    charger.command(new ChargerCommand.RemoteStop("4", charger.deadline(SECOND), "nonsense")).outcome());
            assertEquals(CommandResult.DONE,
                    charger.command(new ChargerCommand.Unlock("5", charger.deadline(Duration.ofSeconds(10)), 2)));
            assertEquals(StopReason.UNLOCK_COMMAND, charger.journalled(TransactionStopped.class).get(0).reason());
            assertEquals(CommandResult.Outcome.EXPIRED, charger.command(new ChargerCommand.RemoteStart("6",
                    charger.time.nanoTime() - 1, 1, new Token("LATE", Token.Source.REMOTE_START), true)).outcome());
        }
    }

    @Test
    void anUnlockLeavesAVehicleThatWaitsForATokenWaiting() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.plug(1);
            charger.run(SECOND);
            assertEquals(CommandResult.DONE, charger.command(new ChargerCommand.Unlock("u", charger.deadline(Duration.ofSeconds(10)), 1)));
            assertEquals(SessionPhase.WAITING_FOR_TOKEN, charger.connector(1).session().phase());
        }
    }

    @Test
    void anUnlockOfAGunWithoutALockStopsNothing() {
        try (ChargerFixture charger = ChargerFixture.withGuns(folder, 1, Map.of("requireLock", false))) {
            charger.hardware.gun(1).lockBroken = true;
            charger.charge(1, "A");
            assertEquals(new CommandResult(CommandResult.Outcome.NOT_SUPPORTED, "connector 1 needs no lock and has none engaged"),
                    charger.command(new ChargerCommand.Unlock("u", charger.deadline(Duration.ofSeconds(10)), 1)));
            charger.run(Duration.ofSeconds(3));
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
        }
    }

    @Test
    void aLockThatIsNotNeededButEngagedIsUnlocked() {
        try (ChargerFixture charger = ChargerFixture.withGuns(folder, 1, Map.of("requireLock", false))) {
            charger.charge(1, "A");
            assertEquals(CommandResult.DONE,
                    charger.command(new ChargerCommand.Unlock("u", charger.deadline(Duration.ofSeconds(10)), 1)));
            assertEquals(StopReason.UNLOCK_COMMAND, charger.journalled(TransactionStopped.class).get(0).reason());
        }
    }

    @Test
    void aConnectorTakenOutOfServiceBecomesUnavailableOnceItsTransactionIsOver() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.mail.wants(new BackOfficeState(1, Set.of(1), List.of(), List.of()));
            charger.run(Duration.ofSeconds(5));
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            charger.run(Duration.ofSeconds(10));
            charger.swipe("A");
            charger.run(Duration.ofSeconds(5));
            assertEquals(ConnectorStatus.UNAVAILABLE, charger.status(1));
        }
    }

    @Test
    void aReservedConnectorTakesOnlyItsOwnToken() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.mail.wants(new BackOfficeState(1, Set.of(), List.of(new Reservation(7, 1, "MINE", "",
                    charger.time.now().plusSeconds(600))), List.of()));
            charger.run(SECOND);
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("OTHER");
            charger.run(Duration.ofSeconds(20));
            assertEquals(ConnectorStatus.RESERVED, charger.status(1));
            charger.swipe("MINE");
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
            assertEquals(7, charger.journalled(TransactionStarted.class).get(0).reservationId());
        }
    }

    @Test
    void aNewTopologyWaitsUntilNoSessionRuns() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.connectors.clear();
            charger.slots.clear();
            charger.connectors.add(Configs.connector(2, 1, Map.of()));
            charger.run(SECOND);
            charger.connectors.add(Configs.connector(2, 2, Map.of()));
            charger.slots.addAll(Configs.ring(2, 2));
            charger.run(SECOND);
            assertEquals(1, charger.snapshot().connectors().size());
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            charger.run(Duration.ofSeconds(10));
            charger.swipe("A");
            charger.until("stopped", () -> charger.journalled(TransactionStopped.class).size() == 1);
            charger.unplug(1);
            charger.run(Duration.ofSeconds(2));
            assertEquals(2, charger.snapshot().connectors().size());
        }
    }

    @Test
    void theEndOfTheChargerTakesThePowerDownBeforeTheContactorsOpen() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            CountDownLatch done = new CountDownLatch(1);
            charger.charger.beginStop(done);
            double lastA = charger.hardware.gun(1).currentA;
            for (int tick = 0; tick < 40 && done.getCount() > 0; tick++) {
                charger.run(Duration.ofMillis(100));
                if (charger.hardware.gun(1).closed) {
                    lastA = charger.hardware.gun(1).currentA;
                }
            }
            assertEquals(0, done.getCount());
            assertTrue(lastA < 5, "the last current through the closed contactor: " + lastA + " A");
            TransactionStopped stop = charger.journalled(TransactionStopped.class).get(0);
            assertEquals(StopReason.REBOOT, stop.reason());
            assertEquals((long) charger.hardware.gun(1).milliWh, stop.meterMilliWh());
        }
    }

    @Test
    void theEndOfTheChargerDoesNotWaitForAGunThatStaysOn() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.gun(1).weld = true;
            CountDownLatch done = new CountDownLatch(1);
            charger.charger.beginStop(done);
            charger.run(Duration.ofSeconds(4));
            assertEquals(0, done.getCount());
            assertEquals(1, charger.journalled(TransactionStopped.class).size());
        }
    }

    @Test
    void aLowerPowerLimitCountsAtOnceAndTheRestIsShownAsPending() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.connectors.clear();
            charger.connectors.add(Configs.connector(2, 1, Map.of("maxPowerW", 10_000.0)));
            charger.slots.clear();
            charger.slots.addAll(Configs.ring(2, 1));
            charger.run(Duration.ofSeconds(3));
            assertTrue(charger.hardware.gun(1).currentA * IdealHardware.CAR_V <= 10_000, charger.hardware.gun(1).currentA + " A");
            assertTrue(charger.hardware.gun(1).closed);
            assertFalse(charger.snapshot().pending().isEmpty());
            charger.unplug(1);
            charger.until("the new cabinet", () -> charger.snapshot().pending().isEmpty());
        }
    }
}
