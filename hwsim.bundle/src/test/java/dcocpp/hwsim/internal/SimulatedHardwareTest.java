package dcocpp.hwsim.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.HardwareSnapshot.Condition;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.topology.Topology;
import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;
import dcocpp.hwsim.internal.physics.SimulationException;
import dcocpp.testkit.FakeTimeSource;

class SimulatedHardwareTest {

    private final FakeTimeSource time = new FakeTimeSource();
    private final SimulatedHardware hardware = new SimulatedHardware(time);
    private final Listener listener = new Listener();
    private long number;

    /** Remembers what it was told. */
    private static final class Listener implements HardwareListener {

        private final List<TokenRead> tokens = new ArrayList<>();
        private int changes;

        @Override
        public void changed(String hardwareName) {
            assertEquals("sim", hardwareName);
            changes++;
        }

        @Override
        public void tokenRead(TokenRead token) {
            tokens.add(token);
        }
    }

    @BeforeEach
    void open() throws HardwareException {
        hardware.addListener(listener);
        hardware.open(TestTopology.ring(12));
    }

    private <T> T call(Function<Cabinet, T> event) {
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(() -> hardware.call(event));
        while (!answer.isDone()) {
            time.runDue();
        }
        return answer.join();
    }

    private void happen(Consumer<Cabinet> event) {
        call(cabinet -> {
            event.accept(cabinet);
            return true;
        });
    }

    private void plug(int connectorId, Identity identity) {
        happen(cabinet -> cabinet.plug(connectorId, new PlugIn(CarLibrary.included().first(), 20, 100, identity)));
    }

    private void command(GunCommand... guns) {
        hardware.command(new HardwareCommand(++number, time.nanoTime(), List.of(guns), List.of(), Set.of()));
    }

    @Test
    void everyPartOfTheTopologyIsInTheSnapshotFromTheStart() {
        assertEquals(Condition.READY, hardware.snapshot().condition());
        assertEquals(12, hardware.snapshot().guns().size());
        assertEquals(24, hardware.snapshot().modules().size());
        assertEquals(48, hardware.snapshot().contactors().size());
        assertEquals(new HardwareCapabilities(true, true, true), hardware.capabilities());
    }

    @Test
    void stateMovesWithTheProcessClock() {
        time.advance(Duration.ofSeconds(3));
        assertEquals(time.nanoTime(), hardware.snapshot().takenNanos());
        assertEquals(time.nanoTime(), hardware.snapshot().guns().get(0).updatedNanos());
    }

    @Test
    void listenersHearOfChangesOnly() {
        time.advance(Duration.ofSeconds(10));
        assertEquals(0, listener.changes);

        plug(1, Identity.NONE);
        time.advance(Duration.ofMillis(100));
        assertTrue(listener.changes > 0);
        assertEquals(CpState.B, hardware.snapshot().guns().get(0).cp());

        int before = listener.changes;
        happen(cabinet -> cabinet.fault(2, FaultCause.EMERGENCY_STOP, Double.NaN, ""));
        time.advance(Duration.ofMillis(20));
        assertEquals(before + 1, listener.changes, "an emergency stop is told with the step that sees it");
    }

    @Test
    void failingListenerDoesNotStopTheOthersNorThePhysics() {
        Listener second = new Listener();
        hardware.addListener(new HardwareListener() {
            @Override
            public void changed(String hardwareName) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void tokenRead(TokenRead token) {
                throw new IllegalStateException("on purpose");
            }
        });
        hardware.addListener(second);
        happen(cabinet -> cabinet.swipe(0, "04A2B3C4D5E680"));
        assertEquals(1, second.tokens.size());
    }

    @Test
    void removedListenerHearsNothingMore() {
        hardware.removeListener(listener);
        happen(cabinet -> cabinet.swipe(0, "04A2B3C4D5E680"));
        assertEquals(List.of(), listener.tokens);
    }

    @Test
    void cardIsReadAtOnceAndTheCarTellsItsIdentitiesInTheirStages() {
        happen(cabinet -> cabinet.swipe(3, "04A2B3C4D5E680"));
        assertEquals(List.of(new TokenRead(TokenRead.Source.RFID, "04A2B3C4D5E680", 3, 0)), listener.tokens);
        listener.tokens.clear();

        plug(5, new Identity("001A2B3C4D5E", "F07F0C006E3B", "DE8AA1A2B3C4D59"));
        time.advance(Duration.ofMillis(1100));
        assertEquals(List.of(TokenRead.Source.EV_MAC), listener.tokens.stream().map(TokenRead::source).toList());
        time.advance(Duration.ofSeconds(2));
        assertEquals(List.of("VID:001A2B3C4D5E", "DE8AA1A2B3C4D59"), listener.tokens.stream().map(TokenRead::value).toList(),
                "this connector asks for the MAC address and not for the EVCCID");
        assertTrue(listener.tokens.stream().allMatch(token -> token.connectorId() == 5));
    }

    @Test
    void commandsReachThePhysics() {
        plug(1, Identity.NONE);
        for (int i = 0; i < 100; i++) {
            command(new GunCommand(1, Authorization.GRANTED, false, true, false, 0, 1000, 100, 60_000, false, Set.of()));
            time.advance(Duration.ofMillis(100));
        }
        assertTrue(hardware.snapshot().guns().get(0).hlc().powerReady());
        assertTrue(hardware.snapshot().guns().get(0).lockEngaged());
    }

    @Test
    void topologyThatIsNoRingIsRefused() {
        SimulatedHardware other = new SimulatedHardware(time);
        assertThrows(HardwareException.class, () -> other.open(new Topology(1, List.of(), List.of())));
        other.close();
    }

    @Test
    void closedHardwareIsOffUnavailableAndTakesNoEvents() {
        command(new GunCommand(1, Authorization.GRANTED, true, true, false, 0, 1000, 100, 60_000, false, Set.of()));
        time.advance(Duration.ofMillis(200));
        assertEquals(Position.CLOSED, hardware.snapshot().contactors().get(0).position());

        hardware.close();
        hardware.close();
        assertEquals(Condition.UNAVAILABLE, hardware.snapshot().condition());
        assertEquals(Position.OPEN, hardware.snapshot().contactors().get(0).position());
        assertEquals(SimulationException.Kind.UNAVAILABLE,
                assertThrows(SimulationException.class, () -> hardware.call(Cabinet::truth)).kind());
    }

    @Test
    void carsAndMetersAreStillThereWhenItIsOpenedAgain() throws HardwareException {
        plug(4, Identity.NONE);
        long register = hardware.snapshot().guns().get(3).meter().registerMilliWh();
        hardware.close();
        time.advance(Duration.ofSeconds(5));
        hardware.open(TestTopology.ring(6));
        time.advance(Duration.ofSeconds(1));
        assertEquals(6, hardware.snapshot().guns().size());
        assertEquals(CpState.B, hardware.snapshot().guns().get(3).cp());
        assertEquals(register, hardware.snapshot().guns().get(3).meter().registerMilliWh());
        assertFalse(hardware.snapshot().guns().get(2).cp().plugged());
    }

    @Test
    void openTwiceIsAMistakeOfTheCaller() {
        assertThrows(IllegalStateException.class, () -> hardware.open(TestTopology.ring(12)));
    }

    @Test
    void refusedEventReachesTheCaller() {
        CompletionException failure = assertThrows(CompletionException.class, () -> happen(cabinet -> cabinet.unplug(1)));
        assertEquals(SimulationException.Kind.CONFLICT, ((SimulationException) failure.getCause()).kind());
    }
}
