package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.controller.internal.config.Configs;

/** Faults that only an operator clears: neither a restart nor another topology does. */
class LatchedFaultTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Fault ISOLATION = new Fault(FaultCause.ISOLATION, "12 kOhm");
    private static final Fault EMERGENCY_STOP = new Fault(FaultCause.EMERGENCY_STOP, "pressed");

    @TempDir
    Path folder;

    private void happened(int connectorId, Fault... faults) {
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            for (Fault fault : faults) {
                charger.hardware.gun(connectorId).faults = List.of(fault);
                charger.run(SECOND);
            }
            charger.hardware.gun(connectorId).faults = List.of();
            charger.run(SECOND);
        }
    }

    private static CommandResult clear(ChargerFixture charger, int connectorId) {
        return charger.command(new ChargerCommand.ClearFaults("c", charger.deadline(SECOND), connectorId));
    }

    @Test
    void anInsulationFaultIsThereAfterAKillAndEndsNoOtherGunsSession() {
        happened(2, ISOLATION);
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            assertEquals(List.of(ISOLATION), charger.connector(2).faults());
            assertEquals(ConnectorStatus.FAULTED, charger.status(2));
            charger.charge(1, "A");
            charger.plug(2);
            charger.swipe("B");
            charger.run(Duration.ofMinutes(1));
            assertEquals(0, charger.hardware.gun(2).currentA);
            assertTrue(charger.hardware.gun(1).currentA > 10);
        }
    }

    @Test
    void anEmergencyStopHoldsTheWholeSiteUntilItIsCleared() {
        happened(3, EMERGENCY_STOP);
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            assertEquals(ConnectorStatus.FAULTED, charger.status(1));
            assertEquals(FaultCause.SITE_TRIP, charger.connector(1).faults().get(0).cause());
            assertEquals(CommandResult.DONE, clear(charger, 3));
            charger.run(SECOND);
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(1));
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(3));
        }
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            assertEquals(ConnectorStatus.AVAILABLE, charger.status(3), "cleared for good");
        }
    }

    @Test
    void theirOrderStays() {
        happened(1, ISOLATION, EMERGENCY_STOP);
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            assertEquals(List.of(EMERGENCY_STOP, ISOLATION), charger.connector(1).faults());
        }
    }

    @Test
    void oneThatIsStillThereCannotBeClearedAfterTheRestartEither() {
        happened(1, ISOLATION);
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            charger.hardware.gun(1).faults = List.of(ISOLATION);
            charger.run(SECOND);
            assertEquals(CommandResult.Outcome.FAILED, clear(charger, 1).outcome());
        }
    }

    @Test
    void anotherTopologyDoesNotClearThem() {
        happened(1, ISOLATION);
        try (ChargerFixture charger = ChargerFixture.ready(folder, 3)) {
            charger.connectors.clear();
            charger.slots.clear();
            for (int id = 1; id <= 2; id++) {
                charger.connectors.add(Configs.connector(2, id, Map.of()));
            }
            charger.slots.addAll(Configs.ring(2, 2));
            charger.until("the new cabinet", () -> charger.snapshot().connectors().size() == 2);
            charger.run(SECOND);
            assertEquals(List.of(ISOLATION), charger.connector(1).faults());
        }
    }
}
