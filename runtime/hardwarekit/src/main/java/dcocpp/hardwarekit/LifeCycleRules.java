package dcocpp.hardwarekit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.HardwareException;
import dcocpp.api.topology.Topology;

/** Open, close, open again. */
interface LifeCycleRules extends Rules {

    /** The 300 ms of the contract and what a busy machine adds. */
    Duration CLOSING = Duration.ofMillis(1000);
    int OPENINGS = 5;

    @Test
    default void opensWithEverythingOffAndStaysSoUntilCommanded() throws HardwareException {
        HardwareRig rig = rig();
        rig.hardware.open(rig.topology);
        assertNotNull(rig.snapshot(), "there is a snapshot as soon as it is open");
        assertEquals(rig.guns.size(), rig.snapshot().guns().size(), "guns in the first snapshot");
        rig.silence(Duration.ofSeconds(3));
        assertEquals(Set.of(), rig.reallyClosed(), "closed though nobody has commanded anything");
        assertTrue(rig.snapshot().modules().stream().noneMatch(module -> module.on()), "a module runs: " + rig.snapshot());
    }

    @Test
    default void comesIntoServiceUnderAControllerThatWantsNothing() throws HardwareException {
        rig().open();
        rig().pass(Duration.ofSeconds(2));
        assertEquals(Set.of(), rig().reallyClosed());
        rig().guns.forEach(id -> assertTrue(rig().state(id).safe(), "gun " + id + " is not safe: " + rig().state(id)));
        rig().guns.forEach(id -> assertEquals(List.of(), rig().state(id).faults(), "faults of gun " + id));
    }

    @Test
    default void refusesACabinetThatItCannotDriveWithAReasonForPeople() throws HardwareException {
        HardwareRig rig = rig();
        assertFalse(rig.bench.impossibleTopologies().isEmpty(), "the bench knows no cabinet that cannot be driven");
        rig.bench.impossibleTopologies().forEach((wrong, topology) -> assertReason(wrong, topology));
        assertReason("nothing in it", new Topology(1, List.of(), List.of()));
        rig.open();
    }

    private void assertReason(String wrong, Topology topology) {
        HardwareException refusal = assertThrows(HardwareException.class, () -> rig().hardware.open(topology), wrong);
        assertTrue(refusal.getMessage() != null && refusal.getMessage().contains(" "),
                "the reason for people, of a cabinet with " + wrong + ": " + refusal.getMessage());
    }

    @Test
    default void isNotOpenedTwice() throws HardwareException {
        rig().open();
        assertThrows(Exception.class, () -> rig().hardware.open(rig().topology), "opened while it is open");
        rig().always("in service all the same", Duration.ofSeconds(1), () -> rig().state(rig().guns.get(0)).linkUp());
    }

    @Test
    default void closingLeavesEverythingOpenInTime() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.charge(gun, 40);
        long register = rig.state(gun).meter().registerMilliWh();
        long began = System.nanoTime();
        rig.hardware.close();
        long took = System.nanoTime() - began;
        assertTrue(took <= CLOSING.toNanos(), "close took " + took / 1_000_000 + " ms");
        assertEquals(Set.of(), rig.reallyClosed(), "closed after the end");
        assertTrue(rig.bench.currentA(gun) < HardwareRig.NO_CURRENT_A, "current after the end");
        assertNotNull(rig.snapshot(), "the last snapshot stays");
        assertTrue(rig.state(gun).meter().registerMilliWh() >= register, "the last snapshot has the energy up to the end");
    }

    @Test
    default void closingAgainOrWithoutHavingOpenedDoesNothing() throws HardwareException {
        rig().hardware.close();
        rig().open();
        rig().hardware.close();
        rig().hardware.close();
        assertEquals(Set.of(), rig().reallyClosed());
    }

    @Test
    default void obeysNothingAfterClosing() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.makeReady(gun);
        rig.hardware.close();
        rig.gun(gun).close = true;
        rig.gun(gun).modulesClosed = true;
        rig.always("everything open after the end", Duration.ofSeconds(2), () -> rig.reallyClosed().isEmpty());
    }

    @Test
    default void opensAgainWithItsVehiclesAndMeters() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.charge(gun, 40);
        rig.pass(Duration.ofSeconds(5));
        rig.hardware.close();
        long register = rig.state(gun).meter().registerMilliWh();
        rig.wantNothing();
        rig.open();
        rig.until("the vehicle is seen again", Duration.ofSeconds(5), () -> rig.state(gun).cp().plugged());
        rig.until("the meter is read again", Duration.ofSeconds(5), () -> rig.state(gun).meter().valid());
        assertTrue(rig.state(gun).meter().registerMilliWh() >= register - rig.bench.meterStepMilliWh(),
                "the register ran backwards: " + rig.state(gun).meter().registerMilliWh() + " after " + register);
        assertEquals(Set.of(), rig.reallyClosed(), "closed though the new controller wants nothing");
    }

    @Test
    default void leavesNoThreadBehind() throws HardwareException {
        openAndClose();
        int before = Thread.getAllStackTraces().size();
        for (int i = 0; i < OPENINGS; i++) {
            openAndClose();
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (Thread.getAllStackTraces().size() > before + OPENINGS - 1 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertTrue(Thread.getAllStackTraces().size() < before + OPENINGS,
                "after " + OPENINGS + " more openings the threads are " + Thread.getAllStackTraces().keySet());
    }

    private void openAndClose() throws HardwareException {
        rig().open();
        assertDoesNotThrow(() -> rig().hardware.close());
    }
}
