package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.api.session.SessionPhase;
import dcocpp.controller.internal.journal.JournalStoreTest;

/** What breaks: faults of guns and contactors, planners and hardware that go wrong. */
class ChargerFaultTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    /** A PLC that is heard again tells of its pilot half a second later. */
    @Test
    void aVehicleWhosePilotIsNotKnownIsNeitherPulledNorFed() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.gun(1).cp = CpState.UNKNOWN;
            charger.run(SECOND);
            assertFalse(charger.hardware.gun(1).closed, "its output goes off at once");
            assertEquals(List.of(), charger.journalled(TransactionStopped.class), "for a moment the session is kept");
            charger.hardware.gun(1).linkUp = false;
            charger.run(SECOND);
            charger.hardware.gun(1).linkUp = true;
            charger.run(SECOND);
            assertEquals(ConnectorStatus.FINISHING, charger.status(1), "and not taken for pulled when the link is back");
            charger.hardware.gun(1).cp = CpState.C;
            charger.run(SECOND);
            assertEquals(ConnectorStatus.FINISHING, charger.status(1));
            charger.hardware.gun(1).cp = CpState.A;
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
        }
    }

    @Test
    void anEmergencyStopEndsEverySessionAndStaysUntilItIsCleared() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.charge(2, "B");
            charger.hardware.gun(1).faults = List.of(new Fault(FaultCause.EMERGENCY_STOP, "reason 4"));
            charger.events.changed("sim");
            charger.time.runDue();
            assertTrue(charger.hardware.last.guns().get(0).forceOff());
            assertTrue(charger.hardware.last.guns().get(1).forceOff(), "in the same reaction");
            charger.run(Duration.ofMillis(300));
            assertFalse(charger.hardware.gun(2).closed);
            charger.run(SECOND);
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals(ConnectorStatus.FAULTED, charger.status(2));
            assertEquals(2, charger.journalled(TransactionStopped.class).stream()
                    .filter(stop -> stop.reason() == StopReason.EMERGENCY_STOP).count());

            charger.hardware.gun(1).faults = List.of();
            charger.run(SECOND);
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals(CommandResult.DONE, charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(SECOND), 0)));
            charger.run(SECOND);
            assertNotEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertNotEquals(ConnectorStatus.FAULTED, charger.status(2));
        }
    }

    @Test
    void oneClearIsEnoughThoughThePlcLatchesAsWell() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.hardware.gun(1).latches = true;
            charger.hardware.gun(1).faults = List.of(new Fault(FaultCause.EMERGENCY_STOP, "pressed"));
            charger.run(SECOND);
            assertEquals(CommandResult.Outcome.FAILED, clear(charger).outcome(), "it is still pressed");
            charger.hardware.gun(1).faults = List.of();
            charger.run(SECOND);
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals(CommandResult.DONE, clear(charger));
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(2));
        }
    }

    private static CommandResult clear(ChargerFixture charger) {
        return charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(Duration.ofSeconds(2)), 1));
    }

    @Test
    void aGunWhoseStartCannotBeJournalledGetsNoEnergy() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            JournalStoreTest.refuse(charger.journal, "STARTED");
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("A");
            charger.run(Duration.ofSeconds(20));
            assertFalse(charger.hardware.gun(1).closed);
            assertEquals(SessionPhase.ENDED, charger.connector(1).session().phase());
            assertEquals(List.of(), charger.journalled(TransactionStopped.class));
        }
    }

    @Test
    void aLostLinkEndsOnlyItsOwnSession() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.charge(2, "B");
            charger.hardware.gun(1).linkUp = false;
            charger.run(Duration.ofSeconds(5));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals(ConnectorStatus.CHARGING, charger.status(2));
            assertEquals(StopReason.POWER_LOSS, charger.journalled(TransactionStopped.class).get(0).reason());
        }
    }

    @Test
    void theOnlyPlannerIsAskedAgainAfterPausesAndItsPlanIsHeldMeanwhile() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.run(Duration.ofSeconds(2));
            charger.planner.failure = new IllegalStateException("bug");
            int calls = charger.planner.calls;
            charger.run(Duration.ofSeconds(25));
            assertTrue(charger.planner.calls - calls <= 6, charger.planner.calls - calls + " calls");
            assertEquals(PlanSnapshot.State.FROZEN, charger.snapshot().plan().state());
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            assertTrue(charger.hardware.totalW() > 30_000);
            assertEquals(FaultCause.PLANNER, charger.connector(1).faults().get(0).cause());
            charger.planner.failure = null;
            charger.run(Duration.ofSeconds(35));
            assertEquals(PlanSnapshot.State.FRESH, charger.snapshot().plan().state());
            assertEquals(List.of(), charger.connector(1).faults());
        }
    }

    @Test
    void aNewerPlannerTakesOverOnlyAfterItHasProvenItselfAndNothingSwitches() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            SharingPlanner newer = new SharingPlanner();
            newer.factor = 0.5;
            charger.planner("dcocpp.planner", "1.1.0", newer);
            charger.run(SECOND);
            assertTrue(newer.calls > 0);
            assertTrue(charger.hardware.totalW() > 39_000, "the candidate's plans are not applied");
            charger.run(Duration.ofSeconds(3));
            assertEquals(30_000, charger.hardware.totalW(), 500, "half of the gun's 60 kW");
            assertTrue(charger.connector(1).gunContactorClosed());
            charger.charger.plannerWent(charger.planner);
            charger.run(Duration.ofSeconds(3));
            assertEquals(PlanSnapshot.State.FRESH, charger.snapshot().plan().state());
        }
    }

    @Test
    void aNewerPlannerThatBreaksALimitIsRefusedAndTheOldOneGoesOn() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            SharingPlanner greedy = new SharingPlanner();
            greedy.factor = 3;
            charger.planner("dcocpp.planner", "1.1.0", greedy);
            charger.run(Duration.ofSeconds(10));
            assertEquals(1, greedy.calls);
            assertEquals(40_000, charger.hardware.totalW(), 500);
            assertEquals(PlanSnapshot.State.FRESH, charger.snapshot().plan().state());
        }
    }

    @Test
    void withoutAFreshPlanAFreeConnectorIsFaultedAndOneThatChargesGoesOn() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.charger.plannerWent(charger.planner);
            charger.run(Duration.ofSeconds(12));
            assertEquals(PlanSnapshot.State.FROZEN, charger.snapshot().plan().state());
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            assertEquals(ConnectorStatus.FAULTED, charger.status(2));
            assertEquals("no fresh plan", charger.connector(2).info());
            charger.planner("dcocpp.planner", "1.0.0", charger.planner);
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(2));
        }
    }

    @Test
    void withoutAPlannerNoTransactionStarts() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charger.plannerWent(charger.planner);
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("A");
            charger.run(Duration.ofSeconds(30));
            assertEquals(List.of(), charger.journalled());
            charger.planner("dcocpp.planner", "1.0.1", charger.planner);
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
        }
    }

    @Test
    void aLockThatOpensEndsTheSessionAndIsCommandedClosedWhileCurrentFlows() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.desk.submit(new ChargerCommand.Unlock("u", charger.deadline(Duration.ofSeconds(10)), 1));
            charger.time.runDue();
            assertTrue(charger.hardware.last.guns().get(0).lock(), "not under current");
            charger.run(Duration.ofSeconds(3));
            assertFalse(charger.hardware.last.guns().get(0).lock());
        }
    }

    @Test
    void aJammedLockThatReportsOpenIsAFault() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.gun(1).lockBroken = true;
            charger.run(Duration.ofSeconds(3));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals(1, charger.journalled(TransactionStopped.class).size());
            assertFalse(charger.hardware.gun(1).closed);
        }
    }

    @Test
    void aPauseDuringTheStartIsNoFault() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.plug(1);
            charger.run(SECOND);
            charger.swipe("A");
            charger.until("precharge", () -> charger.connector(1).session().phase() == SessionPhase.PRECHARGE);
            charger.mail.wants(new BackOfficeState(1, Set.of(), List.of(), List.of(new LimitSchedule(1, "",
                    List.of(new LimitSchedule.Period(Instant.EPOCH, 0)), null))));
            charger.run(Duration.ofSeconds(30));
            assertEquals(List.of(), charger.connector(1).faults());
            assertEquals(0, charger.journalled(TransactionStopped.class).size());
            charger.mail.wants(new BackOfficeState(2, Set.of(), List.of(), List.of()));
            charger.until("charging", () -> charger.status(1) == ConnectorStatus.CHARGING);
        }
    }

    @Test
    void aWeldedBusContactorBesideAChargingGunIsShownAndTheGunGoesOn() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            charger.charge(1, "A");
            charger.hardware.closedBusContactor = "MC_1";
            charger.run(Duration.ofSeconds(2));
            assertTrue(charger.hardware.gun(1).closed);
            assertEquals(ConnectorStatus.CHARGING, charger.status(1));
            assertEquals(FaultCause.MC_WELD, charger.connector(1).faults().get(0).cause());
            assertEquals(FaultCause.MC_WELD, charger.connector(2).faults().get(0).cause(), "it is beside both");
            assertEquals(List.of(), charger.connector(3).faults());
        }
    }

    @Test
    void twoGunsOnOneBusAreBothOpenedAtOnce() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            charger.charge(1, "A");
            charger.charge(2, "B");
            charger.charge(3, "C");
            charger.hardware.closedBusContactor = "MC_1";
            charger.run(Duration.ofMillis(200));
            assertFalse(charger.hardware.gun(1).closed);
            assertFalse(charger.hardware.gun(2).closed);
            assertTrue(charger.hardware.gun(3).closed);
        }
    }

    @Test
    void nonsenseAtOneGunStopsNoOther() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            charger.charge(1, "A");
            charger.charge(2, "B");
            charger.hardware.gun(1).askedA = Double.POSITIVE_INFINITY;
            charger.hardware.gun(1).nonsense = true;
            charger.run(Duration.ofSeconds(5));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals(ConnectorStatus.CHARGING, charger.status(2));
            assertTrue(charger.hardware.gun(2).currentA > 50);
        }
    }

    @Test
    void aSilentHardwareIsALostLinkAndNoWeld() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.silent = true;
            charger.run(Duration.ofSeconds(10));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertTrue(charger.connector(1).faults().stream().noneMatch(fault -> fault.cause() == FaultCause.GC_WELD),
                    charger.connector(1).faults().toString());
        }
    }

    @Test
    void aWeldedGunContactorIsAFaultAndTheBillIsClosedAllTheSame() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.hardware.gun(1).weld = true;
            charger.run(Duration.ofSeconds(11));
            charger.swipe("A");
            charger.run(Duration.ofSeconds(30));
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals(FaultCause.GC_WELD, charger.connector(1).faults().get(0).cause());
            assertEquals(1, charger.journalled(TransactionStopped.class).size());
            assertTrue(charger.hardware.last.guns().get(0).lock(), "a live plug stays locked");
        }
    }

    @Test
    void theSlotOfAWeldedGunContactorIsLentToNobodyUntilAnOperatorHasClearedIt() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 2)) {
            assertTrue(lendable(charger));
            charger.hardware.gun(2).faults = List.of(new Fault(FaultCause.GC_WELD, "its own voltage says so"));
            charger.run(SECOND);
            assertFalse(lendable(charger), "though its auxiliary contact says open");
            charger.hardware.gun(2).faults = List.of();
            charger.run(SECOND);
            assertFalse(lendable(charger));
            charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(SECOND), 2));
            charger.run(SECOND);
            assertTrue(lendable(charger));
        }
    }

    private static boolean lendable(ChargerFixture charger) {
        return charger.snapshot().plan().input().slots().get(1).lendable();
    }

    @Test
    void aContactorThatOpensByItselfDoesNotChatter() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            int closings = 0;
            for (int second = 0; second < 120; second++) {
                if (charger.hardware.gun(1).closed) {
                    closings++;
                    charger.hardware.gun(1).opensByItself = true;
                }
                charger.run(SECOND);
                charger.hardware.gun(1).opensByItself = false;
            }
            assertTrue(closings <= 4, closings + " times");
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals(List.of(new Fault(FaultCause.LOCAL_FAULT, "the gun contactor opens by itself")), charger.connector(1).faults());
            assertEquals(List.of(StopReason.POWER_LOSS),
                    charger.journalled(TransactionStopped.class).stream().map(TransactionStopped::reason).toList());
        }
    }

    @Test
    void aPlugThatIsTornOffTakesItsLockWithItAndIsNoFaultOfTheLock() {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 1)) {
            charger.charge(1, "A");
            charger.unplug(1);
            charger.run(Duration.ofMillis(200));
            assertFalse(charger.hardware.gun(1).closed);
            charger.run(Duration.ofSeconds(15));
            assertEquals(List.of(), charger.connector(1).faults());
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
            assertEquals(StopReason.EV_DISCONNECTED, charger.journalled(TransactionStopped.class).get(0).reason());
        }
    }
}
