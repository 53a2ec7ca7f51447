package dcocpp.hardwarekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.TokenRead;

/** What is told at once, to everybody who listens, and only then. */
interface EventRules extends Rules {

    String CARD = "04A2B3C4D5E680";
    Duration TOLD = Duration.ofSeconds(1);

    /** Remembers what it was told; from any thread. */
    final class Ear implements HardwareListener {

        final List<String> changes = new CopyOnWriteArrayList<>();
        final List<TokenRead> tokens = new CopyOnWriteArrayList<>();

        @Override
        public void changed(String hardwareName) {
            changes.add(hardwareName);
        }

        @Override
        public void tokenRead(TokenRead token) {
            tokens.add(token);
        }
    }

    private Ear listening() throws HardwareException {
        Ear ear = new Ear();
        rig().bench.listen(ear);
        rig().open();
        rig().pass(Duration.ofSeconds(2));
        ear.changes.clear();
        return ear;
    }

    @Test
    default void itsNameIsWhatAConfigurationCanName() throws HardwareException {
        assertTrue(rig().bench.hardwareName().matches("[a-z][a-z0-9.-]*"), rig().bench.hardwareName());
        Ear ear = listening();
        rig().bench.plug(rig().guns.get(0));
        rig().until("a change is told", TOLD, () -> !ear.changes.isEmpty());
        assertTrue(ear.changes.stream().allMatch(rig().bench.hardwareName()::equals), "changes of " + ear.changes);
    }

    @Test
    default void tellsAnEmergencyStopAtOnce() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        Ear ear = listening();
        rig.bench.raise(gun, FaultCause.EMERGENCY_STOP);
        rig.until("the emergency stop is told", rig.bench.reaction(), () -> !ear.changes.isEmpty());
        rig.until("whoever is told finds it in the snapshot", Duration.ofMillis(50), () -> rig.reports(gun, FaultCause.EMERGENCY_STOP));
    }

    @Test
    default void tellsThatAVehicleCameAndWent() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        Ear ear = listening();
        rig.bench.plug(gun);
        rig.until("a vehicle is told", TOLD, () -> !ear.changes.isEmpty() && rig.state(gun).cp().plugged());
        rig.pass(Duration.ofSeconds(10));
        ear.changes.clear();
        rig.bench.unplug(gun);
        rig.until("its end is told", TOLD, () -> !ear.changes.isEmpty() && !rig.state(gun).cp().plugged());
    }

    @Test
    default void tellsNothingWhileNothingHappens() throws HardwareException {
        Ear ear = listening();
        rig().pass(Duration.ofSeconds(10));
        assertEquals(List.of(), ear.changes, "changes in 10 s in which nothing happened");
        assertEquals(List.of(), ear.tokens);
    }

    @Test
    default void aCardIsReadOnceWithItsSourceAndItsGun() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(rig.guns.size() - 1);
        Ear ear = listening();
        long before = rig.now();
        rig.bench.card(gun, CARD);
        rig.until("the card is told", TOLD, () -> !ear.tokens.isEmpty());
        rig.pass(Duration.ofSeconds(2));
        assertEquals(1, ear.tokens.size(), "a card that was held once: " + ear.tokens);
        TokenRead read = ear.tokens.get(0);
        assertEquals(TokenRead.Source.RFID, read.source());
        assertEquals(CARD, read.value());
        assertTrue(read.connectorId() == gun || read.connectorId() == 0, "read at " + read.connectorId() + ", held at " + gun);
        assertTrue(read.readNanos() - before >= 0 && rig.now() - read.readNanos() >= 0, "read in the future, or before it was held");
    }

    @Test
    default void aVehicleTellsWhoItIsOnceAndAtItsGun() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        Ear ear = listening();
        rig.bench.plug(gun);
        Map<TokenRead.Source, String> identities = rig.bench.vehicleIdentities();
        rig.holdsWithin(rig.bench.vehicleStart(), () -> !identities.isEmpty() && ear.tokens.size() >= identities.size());
        rig.pass(Duration.ofSeconds(5));
        assertEquals(identities.size(), ear.tokens.size(), "identities told: " + ear.tokens);
        for (TokenRead token : ear.tokens) {
            assertEquals(identities.get(token.source()), token.value(), token.source().toString());
            assertEquals(gun, token.connectorId(), token.toString());
        }
    }

    @Test
    default void aListenerThatFailsHarmsNobody() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.bench.listen(new HardwareListener() {
            @Override
            public void changed(String hardwareName) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void tokenRead(TokenRead token) {
                throw new IllegalStateException("on purpose");
            }
        });
        Ear ear = listening();
        rig.bench.card(gun, CARD);
        rig.charge(gun, 20);
        assertTrue(!ear.changes.isEmpty() && ear.tokens.stream().anyMatch(token -> token.value().equals(CARD)),
                "the other listener has heard " + ear.changes + " and " + ear.tokens);
    }

    @Test
    default void whoHasGoneHearsNothingMore() throws HardwareException {
        HardwareRig rig = rig();
        Ear gone = new Ear();
        rig.bench.listen(gone);
        Ear ear = listening();
        rig.bench.ignore(gone);
        gone.changes.clear();
        rig.bench.card(rig.guns.get(0), CARD);
        rig.bench.plug(rig.guns.get(0));
        rig.until("the other one hears", TOLD, () -> !ear.tokens.isEmpty() && !ear.changes.isEmpty());
        assertEquals(List.of(), gone.changes);
        assertEquals(List.of(), gone.tokens);
    }
}
