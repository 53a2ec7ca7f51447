package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.controller.internal.config.Configs;
import dcocpp.planner.internal.RingPlanner;

/** The whole charger with the real planner on the physics of the cabinet: what it does on the ring, and that nothing ever breaks a rule. */
class ChargerRingTest extends PhysicalChargerTest {

    private void charge(int id, double powerKW) {
        present(id, powerKW);
        charger.until("connector " + id + " charges", () -> hardware.truth(id).currentA() > 5);
    }

    @Test
    void aCarThatTakesMoreThanItsSlotHasBorrowsFromItsNeighbours() {
        charge(1, 150);
        charger.until("150 kW or nearly", () -> powerKW(1) > 140);
        assertEquals(5, charger.connector(1).moduleIds().size());
        assertEquals(3, charger.connector(1).slotIds().size());
        long operations = hardware.operations().orElseThrow();
        charger.run(Duration.ofSeconds(60));
        assertEquals(operations, hardware.operations().orElseThrow(), "nothing moves while nothing changes");
        assertTrue(powerKW(1) > 140);
    }

    @Test
    void aNeighbourThatComesGetsItsSlotBackWhileTheOtherGoesOnCharging() {
        charge(1, 150);
        charger.until("150 kW or nearly", () -> powerKW(1) > 140);
        int neighbour = charger.connector(1).slotIds().stream().filter(slot -> slot != 1).findFirst().orElseThrow();
        hardware.plug(neighbour, 50);
        for (int tick = 0; tick < 100 && charger.connector(1).slotIds().contains(neighbour); tick++) {
            charger.run(Duration.ofMillis(100));
            assertTrue(powerKW(1) > 50, "no interruption: " + powerKW(1) + " kW");
        }
        assertFalse(charger.connector(1).slotIds().contains(neighbour), "given back before its car may start");
        charger.events.tokenRead(new TokenRead(TokenRead.Source.RFID, "T" + neighbour, neighbour, charger.time.nanoTime()));
        charger.until("the neighbour charges", () -> powerKW(neighbour) > 45);
        charger.until("the first has its power from the other side", () -> powerKW(1) > 140);
    }

    @Test
    void aSlotMovesFromOneGunToAnotherOnlyWhenTheFirstHasLetGoOfIt() {
        charge(1, 300);
        charger.run(Duration.ofSeconds(40));
        assertEquals(8, charger.connector(1).moduleIds().size());
        charge(4, 300);
        charger.until("both have their half", () -> powerKW(1) > 150 && powerKW(4) > 150);
        charger.run(Duration.ofSeconds(20));
        assertEquals(6, charger.connector(1).moduleIds().size());
        assertEquals(6, charger.connector(4).moduleIds().size());
    }

    @Test
    void aBusContactorThatDoesNotCloseIsTriedTwiceAndPlannedAround() {
        hardware.jam("MC_1");
        charge(1, 100);
        charger.until("its power from the other side", () -> powerKW(1) > 90);
        assertFalse(hardware.closed("MC_1"));
        assertEquals(FaultCause.MODULE_DEGRADED, charger.connector(1).faults().get(0).cause());
        assertEquals("MC_1 does not close", charger.connector(1).faults().get(0).detail());
        hardware.mend("MC_1");
        assertEquals(CommandResult.DONE, charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(SECOND), 1)));
        charger.run(SECOND);
        assertEquals(List.of(), charger.connector(1).faults());
    }

    @Test
    void aBusContactorThatOpensByItselfIsPlannedAroundAndTheGunGoesOn() {
        charge(1, 100);
        charger.until("100 kW or nearly", () -> powerKW(1) > 90);
        int lent = charger.connector(1).slotIds().stream().filter(slot -> slot != 1).findFirst().orElseThrow();
        String contactor = lent == 2 ? "MC_1" : "MC_6";
        hardware.drop(contactor);
        for (int tick = 0; tick < 10; tick++) {
            charger.run(Duration.ofMillis(100));
            assertTrue(powerKW(1) > 40, "no interruption: " + powerKW(1) + " kW");
        }
        assertEquals(List.of(1), charger.connector(1).slotIds());
        charger.until("its power from the other side", () -> {
            assertTrue(powerKW(1) > 40, "no interruption: " + powerKW(1) + " kW");
            return powerKW(1) > 90;
        });
        assertFalse(hardware.closed(contactor));
        assertEquals(contactor + " opened by itself", charger.connector(1).faults().get(0).detail());
        assertEquals(ConnectorStatus.CHARGING, charger.status(1));
        charger.run(Duration.ofSeconds(5));
        charge(lent, 50);
    }

    @Test
    void aWeldedBusContactorKeepsWhatItTiesTogetherForOneGun() {
        charge(1, 100);
        charger.until("100 kW", () -> powerKW(1) > 90);
        int lent = charger.connector(1).slotIds().stream().filter(slot -> slot != 1).findFirst().orElseThrow();
        String contactor = lent == 2 ? "MC_1" : "MC_6";
        hardware.cabinet().fault(lent == 2 ? 1 : 6, FaultCause.MC_WELD, Double.NaN, "");
        hardware.plug(lent, 50);
        charger.run(SECOND);
        charger.events.tokenRead(new TokenRead(TokenRead.Source.RFID, "T", lent, charger.time.nanoTime()));
        charger.run(Duration.ofSeconds(30));
        assertTrue(hardware.closed(contactor));
        assertTrue(powerKW(1) > 50, powerKW(1) + " kW");
        assertFalse(charger.connector(lent).gunContactorClosed(), "its bus is another's");
        assertEquals(ConnectorStatus.CHARGING, charger.status(1));
        assertTrue(charger.connector(1).faults().stream().anyMatch(fault -> fault.cause() == FaultCause.MC_WELD));
    }

    @Test
    void ofTwoGunsThatAWeldJoinsTheOneWithPriorityChargesAndTheOtherWaits() {
        charger.connectors.clear();
        for (int id = 1; id <= 6; id++) {
            charger.connectors.add(Configs.connector(1, id,
                    Map.of("maxCurrentA", 500.0, "maxPowerW", 300_000.0, "priority", id == 1 ? 0 : 3)));
        }
        charger.run(Duration.ofSeconds(5));
        charge(1, 100);
        charger.until("100 kW or nearly", () -> powerKW(1) > 90);
        int lent = charger.connector(1).slotIds().stream().filter(slot -> slot != 1).findFirst().orElseThrow();
        hardware.cabinet().fault(lent == 2 ? 1 : 6, FaultCause.MC_WELD, Double.NaN, "");
        charge(lent, 50);
        assertFalse(charger.connector(1).gunContactorClosed());
        assertEquals(ConnectorStatus.SUSPENDED_EVSE, charger.status(1));
        assertEquals(List.of(), charger.journalled(TransactionStopped.class), "it waits");
        charger.desk.submit(new ChargerCommand.RemoteStop("s", charger.deadline(Duration.ofSeconds(20)),
                charger.connector(lent).session().transactionId()));
        charger.until("the first goes on", () -> powerKW(1) > 45);
    }

    /** Gun 1 charges with its own modules only, because both its neighbours have a car; then one of them leaves. */
    private void letGrow() {
        hardware.plug(2, 50);
        hardware.plug(6, 50);
        charger.run(SECOND);
        charge(1, 150);
        charger.until("what its own modules give", () -> powerKW(1) > 55);
        assertEquals(List.of(1), charger.connector(1).slotIds());
        hardware.cabinet().unplug(2);
    }

    @Test
    void aGunTakesANeighboursSlotWithoutAnInterruption() {
        letGrow();
        for (int tick = 0; tick < 300 && powerKW(1) < 140; tick++) {
            charger.run(Duration.ofMillis(100));
            assertTrue(powerKW(1) > 54, powerKW(1) + " kW");
        }
        assertEquals(List.of(1, 2, 3), charger.connector(1).slotIds());
    }

    @Test
    void anEmergencyStopAtAnyMomentOfAGrowEndsEverythingInOneReaction() {
        letGrow();
        // Each time at another moment of joining slot 2 and slot 3: parting, matching, closing, joined.
        for (int moment = 1; moment <= 40; moment += 3) {
            charger.run(Duration.ofMillis(100L * moment));
            hardware.cabinet().fault(1, FaultCause.EMERGENCY_STOP, Double.NaN, "");
            charger.run(Duration.ofMillis(300));
            assertEquals(0, powerKW(1));
            charger.run(Duration.ofSeconds(12));
            assertFalse(charger.connector(1).gunContactorClosed());
            assertEquals(ConnectorStatus.FAULTED, charger.status(3));
            hardware.cabinet().clear(1, Optional.empty());
            assertEquals(CommandResult.DONE,
                    charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(Duration.ofSeconds(2)), 0)));
            hardware.cabinet().unplug(1);
            hardware.plug(2, 50);
            charger.run(Duration.ofSeconds(5));
            charge(1, 150);
            hardware.cabinet().unplug(2);
        }
        charger.until("150 kW or nearly", () -> powerKW(1) > 140);
    }

    @Test
    void aGunBesideABusContactorWithoutAuxiliaryContactDoesNotStartAndSaysWhy() {
        hardware.cabinet().fault(1, FaultCause.MC_OPEN_TIMEOUT, Double.NaN, "");
        present(1, 50);
        charger.until("it gives up", () -> charger.status(1) == ConnectorStatus.FAULTED);
        assertEquals(List.of(new Fault(FaultCause.MC_OPEN_TIMEOUT, "MC_1 beside slot 1 is not open")), charger.connector(1).faults());
        charge(4, 50);
        hardware.cabinet().clear(1, Optional.empty());
        hardware.cabinet().unplug(1);
        charger.run(Duration.ofSeconds(12));
        charge(1, 50);
    }

    @Test
    void aGunContactorThatFallsOpenAgainAndAgainEndsTheTransaction() {
        charge(1, 50);
        hardware.cabinet().fault(1, FaultCause.LOCAL_FAULT, Double.NaN, "");
        charger.until("it gives up", () -> charger.status(1) == ConnectorStatus.FAULTED);
        assertEquals(FaultCause.LOCAL_FAULT, charger.connector(1).faults().get(0).cause());
        charger.until("the transaction ends", () -> !charger.journalled(TransactionStopped.class).isEmpty());
        assertEquals(List.of(StopReason.POWER_LOSS),
                charger.journalled(TransactionStopped.class).stream().map(TransactionStopped::reason).toList());
    }

    @Test
    void aGunWithoutModulesOfItsOwnStartsWithThoseOfANeighbour() {
        hardware.cabinet().fault(1, FaultCause.NO_MODULES, Double.NaN, "");
        charge(1, 50);
        charger.until("50 kW", () -> powerKW(1) > 45);
        assertEquals(2, charger.connector(1).slotIds().size());
    }

    @Test
    void afterTheSessionEveryBusIsDischargedAndAnotherGunMayUseTheSlots() {
        charge(1, 150);
        charger.until("150 kW or nearly", () -> powerKW(1) > 140);
        charger.desk.submit(new ChargerCommand.RemoteStop("s", charger.deadline(Duration.ofSeconds(20)),
                charger.connector(1).session().transactionId()));
        charger.until("off", () -> !charger.connector(1).gunContactorClosed() && charger.connector(1).moduleIds().isEmpty());
        charger.run(Duration.ofSeconds(5));
        hardware.cabinet().unplug(1);
        charge(3, 300);
        charger.until("240 kW", () -> powerKW(3) > 225);
    }

    @Test
    void aFaultThatIsNoEmergencyTakesTheCurrentDownBeforeTheContactorOpens() {
        charge(1, 100);
        charger.until("100 kW or nearly", () -> powerKW(1) > 90);
        hardware.cabinet().fault(1, FaultCause.LOCK, Double.NaN, "");
        for (int tick = 0; tick < 50; tick++) {
            charger.run(Duration.ofMillis(100));
            assertFalse(hardware.last().guns().get(0).forceOff());
        }
        assertFalse(charger.connector(1).gunContactorClosed());
        assertEquals(ConnectorStatus.FAULTED, charger.status(1));
    }

    @Test
    void anInsulationFaultSeenAtALentSlotStopsTheGunThatBorrowsIt() {
        charge(1, 100);
        charger.until("100 kW or nearly", () -> powerKW(1) > 90);
        int lent = charger.connector(1).slotIds().stream().filter(slot -> slot != 1).findFirst().orElseThrow();
        int apart = lent == 2 ? 4 : 3;
        charge(apart, 50);
        hardware.cabinet().fault(lent, FaultCause.ISOLATION, Double.NaN, "");
        charger.run(Duration.ofMillis(500));
        assertFalse(hardware.truth(1).gunContactorClosed());
        assertEquals(ConnectorStatus.FAULTED, charger.status(1));
        assertEquals(ConnectorStatus.CHARGING, charger.status(apart), "another bus");
    }

    @Test
    void aLentSlotWhosePlcIsNotHeardAnyMoreIsGivenBackAndTheGunGoesOn() {
        charge(1, 100);
        charger.until("100 kW or nearly", () -> powerKW(1) > 90);
        int lent = charger.connector(1).slotIds().stream().filter(slot -> slot != 1).findFirst().orElseThrow();
        hardware.cabinet().fault(lent, FaultCause.PLC_COMM, Double.NaN, "");
        charger.run(Duration.ofSeconds(10));
        assertFalse(charger.connector(1).slotIds().contains(lent));
        charger.until("its power from the other side", () -> powerKW(1) > 90);
        assertEquals(1, charger.journalled(TransactionStarted.class).size());
        assertEquals(List.of(), charger.connector(1).faults());
    }

    @Test
    void marksOfContactorsOutliveARestart() {
        hardware.jam("MC_1");
        charge(1, 100);
        charger.until("its power from the other side", () -> powerKW(1) > 90);
        charger.run(SECOND);
        charger.close();
        PhysicalHardware before = hardware;
        charger = ChargerFixture.on(folder, 6, 400, time -> hardware = new PhysicalHardware(time), new RingPlanner());
        assertEquals(List.of(), before.violations());
        assertEquals("MC_1 does not close", charger.connector(2).faults().get(0).detail());
        charge(1, 100);
        charger.until("its power from the other side", () -> powerKW(1) > 90);
        assertFalse(hardware.closed("MC_1"));
    }
}
