package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;

/** Bugs of the controller itself: what it costs when a connector, or the control of the whole ring, throws. */
class ControlFailureTest {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LoopBench bench = new LoopBench(2);

    private GunCommand told(int id) {
        return bench.hardware.last.guns().stream().filter(gun -> gun.connectorId() == id).findFirst().orElseThrow();
    }

    private double toldA() {
        return bench.hardware.last.modules().stream().filter(ModuleCommand::on).mapToDouble(ModuleCommand::currentA).sum();
    }

    private static Set<FaultCause> causes(ConnectorSnapshot connector) {
        return Set.copyOf(connector.faults().stream().map(fault -> fault.cause()).toList());
    }

    // A connector.

    @Test
    void aConnectorThatFailsIsFaultedAndOffAndNoOther() {
        bench.charge(1);
        bench.charge(2);
        bench.clocks.get(1).failing = true;
        bench.run(TICK);
        assertEquals(ConnectorStatus.FAULTED, bench.connector(1).status());
        assertEquals(Set.of(FaultCause.INTERNAL), causes(bench.connector(1)));
        assertEquals("its control fails: IllegalStateException", bench.connector(1).info());
        bench.run(TICK);
        assertTrue(told(1).forceOff());
        assertTrue(told(1).lock(), "its car is still at 400 V");
        bench.run(SECOND);
        assertFalse(bench.hardware.gun(1).closed);
        assertTrue(bench.hardware.gun(2).currentA > 50);
        assertEquals(ConnectorStatus.CHARGING, bench.connector(2).status());
    }

    @Test
    void theTransactionOfAConnectorThatGoesOnFailingEndsWithItsLastEnergy() {
        bench.charge(1);
        bench.run(SECOND);
        long atLeast = bench.connector(1).live().registerMilliWh();
        bench.clocks.get(1).failing = true;
        bench.run(Duration.ofSeconds(4));
        assertEquals(List.of(), bench.written(TransactionStopped.class));
        bench.run(Duration.ofSeconds(2));
        TransactionStopped stop = bench.written(TransactionStopped.class).get(0);
        assertEquals(StopReason.OTHER, stop.reason());
        assertTrue(stop.meterMilliWh() >= atLeast && atLeast > 5_000_000);
        bench.run(Duration.ofSeconds(20));
        assertEquals(1, bench.written(TransactionStopped.class).size(), "once");
    }

    @Test
    void aConnectorThatWorksAgainIsUsableAgain() {
        bench.charge(1);
        bench.clocks.get(1).failing = true;
        bench.run(Duration.ofSeconds(8));
        bench.clocks.get(1).failing = false;
        bench.run(SECOND);
        assertEquals(Set.of(), causes(bench.connector(1)));
        assertEquals(ConnectorStatus.FINISHING, bench.connector(1).status());
        assertFalse(told(1).lock());
        bench.hardware.gun(1).cp = CpState.A;
        bench.run(SECOND);
        assertEquals(ConnectorStatus.AVAILABLE, bench.connector(1).status());
        bench.charge(1);
    }

    @Test
    void aFailureOfAMomentKeepsTheTransaction() {
        bench.charge(1);
        bench.clocks.get(1).failing = true;
        bench.run(SECOND);
        bench.clocks.get(1).failing = false;
        bench.until(() -> bench.hardware.gun(1).currentA > 10);
        assertEquals(List.of(), bench.written(TransactionStopped.class));
        assertEquals(ConnectorStatus.CHARGING, bench.connector(1).status());
    }

    // The ring as a whole.

    @Test
    void whenTheRingFailsCommandsGoOnFirstWithoutCurrentThenWithEverythingOff() {
        bench.charge(1);
        bench.charge(2);
        bench.failure = new IllegalStateException("a bug");
        for (int tick = 0; tick < 10; tick++) {
            long before = bench.hardware.last.number();
            bench.run(TICK);
            assertTrue(bench.hardware.last.number() > before);
            assertEquals(0, toldA());
            assertTrue(told(1).closeContactor() && told(2).closeContactor(), "no contactor opens under load");
            assertEquals(0, told(1).offerPowerW());
        }
        bench.run(Duration.ofMillis(300));
        assertTrue(bench.hardware.last.guns().stream().allMatch(GunCommand::forceOff));
        assertTrue(bench.hardware.last.modules().stream().noneMatch(module -> module.on() || module.closeContactor()));
        for (int id = 1; id <= 2; id++) {
            assertEquals(ConnectorStatus.FAULTED, bench.connector(id).status());
            assertEquals(Set.of(FaultCause.INTERNAL), causes(bench.connector(id)));
            assertEquals("the control fails: IllegalStateException", bench.connector(id).info());
        }
    }

    @Test
    void anEmergencyStopDoesNotWaitForTheRamp() {
        bench.charge(1);
        bench.charge(2);
        bench.failure = new IllegalStateException("a bug");
        bench.run(TICK);
        bench.hardware.gun(2).faults = List.of(new Fault(FaultCause.EMERGENCY_STOP, "pressed"));
        bench.run(TICK);
        assertTrue(bench.hardware.last.guns().stream().allMatch(GunCommand::forceOff));
    }

    @Test
    void whatTheFailureOfTheRingHasSwitchedOffIsNobodysWeldAndWorksAgain() {
        bench.charge(1);
        bench.charge(2);
        bench.failure = new IllegalStateException("a bug");
        bench.run(Duration.ofSeconds(20));
        assertEquals(2, bench.written(TransactionStopped.class).size());
        assertFalse(told(1).lock(), "its contactor is open");
        bench.failure = null;
        bench.run(Duration.ofSeconds(3));
        assertEquals(Map.of(), bench.book.marks());
        assertEquals(Set.of(), causes(bench.connector(1)));
        assertEquals(ConnectorStatus.FINISHING, bench.connector(1).status());
        for (int id = 1; id <= 2; id++) {
            bench.hardware.gun(id).cp = CpState.A;
        }
        bench.run(SECOND);
        bench.charge(1);
        bench.charge(2);
    }

    @Test
    void aFailureOfTheRingForAMomentCostsNobodyHisSession() {
        bench.charge(1);
        bench.failure = new IllegalStateException("a bug");
        bench.run(Duration.ofMillis(300));
        bench.failure = null;
        bench.run(TICK);
        assertTrue(toldA() <= 20, "from zero again: " + toldA() + " A");
        bench.run(Duration.ofSeconds(2));
        assertEquals(ConnectorStatus.CHARGING, bench.connector(1).status());
        assertTrue(bench.hardware.gun(1).currentA > 50);
        assertEquals(Set.of(), causes(bench.connector(1)));
    }

    @Test
    void aRingThatFailsInEverySecondTickIsNotInOrder() {
        bench.charge(1);
        for (int tick = 0; tick < 30; tick++) {
            bench.failure = tick % 2 == 0 ? new IllegalStateException("a bug") : null;
            bench.run(TICK);
        }
        assertEquals(ConnectorStatus.FAULTED, bench.connector(1).status());
        assertFalse(bench.hardware.gun(1).closed);
        bench.failure = null;
        bench.run(Duration.ofSeconds(3));
        assertEquals(Set.of(), causes(bench.connector(1)));
    }

    @Test
    void aMarkThatCannotBeKeptCostsNobodyHisSession() {
        bench.charge(1);
        bench.keepFails = true;
        bench.hardware.closedBusContactor = "MC_2";
        bench.run(Duration.ofSeconds(5));
        assertEquals(1, bench.book.marks().size());
        assertEquals(ConnectorStatus.CHARGING, bench.connector(1).status());
        assertTrue(bench.hardware.gun(1).currentA > 50);
    }

    @Test
    void aFailureIsToldOnceAMinute() {
        FailureLog log = new FailureLog();
        long now = 0;
        assertTrue(log.due("ring", new IllegalStateException(), now));
        assertFalse(log.due("ring", new IllegalStateException(), now + SECOND.toNanos()));
        assertTrue(log.due("ring", new NullPointerException(), now + SECOND.toNanos()), "another one");
        assertTrue(log.due("connector 1", new IllegalStateException(), now + SECOND.toNanos()), "elsewhere");
        assertTrue(log.due("ring", new IllegalStateException(), now + Duration.ofMinutes(1).toNanos()));
    }
}
