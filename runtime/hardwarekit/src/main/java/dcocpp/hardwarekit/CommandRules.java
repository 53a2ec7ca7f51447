package dcocpp.hardwarekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;

/** What a command does, how long it is valid, and what no command can do. */
interface CommandRules extends Rules {

    /** Within this a command is obeyed, 100 ms before it is too old. */
    Duration VALID = Duration.ofMillis(400);
    Duration ZERO_OFFER = Duration.ofMillis(500);
    Duration ALL_OFF = Duration.ofMillis(1000);
    /** A vehicle follows a lower limit within this. */
    Duration FOLLOWING = Duration.ofSeconds(2);
    double ABOVE_LIMIT = 1.05;
    int CALLS = 400;
    long CALL_NANOS = 5_000_000;

    @Test
    default void whatIsNotNamedIsOffAndOpen() throws HardwareException {
        HardwareRig rig = charging();
        rig.wantNothing();
        rig.until("everything opens", rig.bench.reaction(), () -> rig.reallyClosed().isEmpty());
        rig.until("everything is seen open", rig.bench.reaction(),
                () -> rig.contactorNames().stream().noneMatch(rig::closed) && rig.snapshot().modules().stream().noneMatch(m -> m.on()));
    }

    @Test
    default void withoutANewCommandTheOfferEndsAndThenEverythingOpens() throws HardwareException {
        HardwareRig rig = charging();
        int gun = rig.guns.get(0);
        rig.pass(Duration.ofMillis(200));
        HardwareCommand last = rig.next();
        rig.hardware.command(last);
        assertFalse(rig.bench.await(() -> !rig.bench.closed(rig.slot(gun).gunContactor()), VALID), "the contactor opens under a valid command");
        assertTrue(rig.bench.await(() -> rig.bench.currentA(gun) < HardwareRig.NO_CURRENT_A, until(last, ZERO_OFFER)),
                () -> "still " + rig.bench.currentA(gun) + " A 500 ms after the last command");
        assertTrue(rig.bench.await(() -> rig.reallyClosed().isEmpty(), until(last, ALL_OFF)),
                () -> "still closed 1 s after the last command: " + rig.reallyClosed());
    }

    /** From now until so long after a command, and the time that the hardware takes. */
    private Duration until(HardwareCommand command, Duration age) {
        return Duration.ofNanos(command.issuedNanos() - rig().now()).plus(age).plus(rig().bench.reaction());
    }

    @Test
    default void theAgeOfACommandCountsFromItsIssueHoweverOftenItIsRepeated() throws HardwareException {
        HardwareRig rig = charging();
        HardwareCommand last = rig.next();
        Duration limit = ALL_OFF.plus(rig.bench.reaction());
        long deadline = rig.now() + limit.toNanos();
        while (!rig.reallyClosed().isEmpty() && deadline - rig.now() > 0) {
            rig.hardware.command(last);
            rig.silence(Duration.ofMillis(100));
        }
        assertEquals(Set.of(), rig.reallyClosed(), "a command that is repeated for longer than it is valid keeps contactors closed");
    }

    @Test
    default void aCommandThatIsOldWhenItComesSwitchesNothing() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.makeReady(gun);
        rig.gun(gun).modulesClosed = true;
        rig.gun(gun).close = true;
        HardwareCommand fresh = rig.next();
        HardwareCommand old = new HardwareCommand(fresh.number(), fresh.issuedNanos() - 2 * ALL_OFF.toNanos(), fresh.guns(), fresh.modules(),
                fresh.closedBusContactors());
        rig.hardware.command(old);
        assertFalse(rig.bench.await(() -> !rig.reallyClosed().isEmpty(), Duration.ofSeconds(2)), () -> "closed by a command that was 2 s old: "
                + rig.reallyClosed());
    }

    @Test
    default void obeysAgainAfterASilence() throws HardwareException {
        HardwareRig rig = charging();
        int gun = rig.guns.get(0);
        rig.silence(Duration.ofSeconds(3));
        assertEquals(Set.of(), rig.reallyClosed());
        rig.wantNothing();
        rig.pass(Duration.ofSeconds(3));
        assertEquals(Set.of(), rig.reallyClosed(), "closed by itself when the controller came back");
        rig.admit(gun);
        rig.until("the vehicle asks for power again", rig.bench.vehicleStart(), () -> rig.state(gun).hlc().powerReady());
        rig.connect(gun);
        rig.offer(gun, 40);
    }

    @Test
    default void forcedOffIsOffWhateverElseIsCommanded() throws HardwareException {
        HardwareRig rig = charging();
        int gun = rig.guns.get(0);
        rig.gun(gun).forceOff = true;
        rig.until("the gun's contactors open", rig.bench.reaction(), () -> rig.reallyClosed().isEmpty());
        rig.always("forced off as long as it is commanded", Duration.ofSeconds(2), () -> rig.reallyClosed().isEmpty());
    }

    @Test
    default void forcingOneGunOffLeavesTheOther() throws HardwareException {
        HardwareRig rig = charging();
        int gun = rig.guns.get(0);
        int other = rig.secondGun().orElse(gun);
        if (other != gun) {
            rig.charge(other, 30);
            rig.gun(gun).forceOff = true;
            rig.until("the gun is off", rig.bench.reaction(), () -> !rig.bench.closed(rig.slot(gun).gunContactor()));
        }
        rig.always("the other gun charges", Duration.ofSeconds(3), () -> rig.bench.currentA(other) > HardwareRig.NO_CURRENT_A);
    }

    @Test
    default void withoutAGrantTheGunContactorDoesNotClose() throws HardwareException {
        for (Authorization authorization : List.of(Authorization.UNKNOWN, Authorization.PENDING, Authorization.DENIED)) {
            HardwareRig rig = rig();
            int gun = rig.guns.get(0);
            rig.open();
            rig.bench.plug(gun);
            GunWish wish = rig.gun(gun);
            wish.authorization = authorization;
            wish.lock = true;
            wish.close = true;
            wish.modulesClosed = true;
            wish.moduleVoltageV = rig.regulated() ? 400 : 0;
            wish.offerCurrentA = 40;
            wish.moduleCurrentA = 40;
            rig.always("the gun contactor is open under " + authorization, rig.bench.vehicleStart(),
                    () -> !rig.bench.closed(rig.slot(gun).gunContactor()) && rig.bench.currentA(gun) < HardwareRig.NO_CURRENT_A);
            assertFalse(rig.state(gun).hlc().powerReady(), "the vehicle is ready for power under " + authorization);
            rig.wantNothing();
            rig.pass(Duration.ofSeconds(1));
            rig.bench.unplug(gun);
            rig.hardware.close();
        }
    }

    @Test
    default void aLowerOfferIsFollowedAndNoneIsAPause() throws HardwareException {
        HardwareRig rig = charging();
        int gun = rig.guns.get(0);
        GunWish wish = rig.gun(gun);
        staysBelow(gun, 20, () -> wish.offerCurrentA = 20);
        wish.offerCurrentA = 40;
        double volts = rig.bench.busVoltageV(gun);
        staysBelow(gun, 15, () -> wish.offerPowerW = 15 * volts);
        staysBelow(gun, HardwareRig.NO_CURRENT_A, () -> wish.offerCurrentA = 0);
        assertTrue(rig.closed(rig.slot(gun).gunContactor()), "the contactor opens for a pause");
        wish.offerPowerW = 1_000_000;
        rig.offer(gun, 40);
        rig.stop(gun);
        rig.assertNoComplaints();
    }

    private void staysBelow(int gun, double limitA, Runnable change) {
        change.run();
        rig().holdsWithin(FOLLOWING.plus(rig().bench.reaction()), () -> {
            rig().follow(gun);
            return rig().bench.currentA(gun) <= limitA * ABOVE_LIMIT;
        });
        rig().always("at most " + limitA + " A", Duration.ofSeconds(3), () -> {
            rig().follow(gun);
            return rig().bench.currentA(gun) <= limitA * ABOVE_LIMIT;
        });
    }

    @Test
    default void setPointsOfModulesAreNotExceeded() throws HardwareException {
        HardwareRig rig = charging();
        int gun = rig.guns.get(0);
        GunWish wish = rig.gun(gun);
        if (rig.regulated()) {
            wish.moduleCurrentA = 15;
            staysBelow(gun, 15, () -> { });
            rig.slot(gun).modules().forEach(module -> assertTrue(rig.module(module.id()).currentA()
                    <= 15.0 / rig.slot(gun).modules().size() * ABOVE_LIMIT, rig.module(module.id()).toString()));
        } else {
            wish.moduleCurrentA = 0;
            wish.moduleVoltageV = 0;
            rig.always("set points that it has no use for change nothing", FOLLOWING, () -> rig.bench.currentA(gun) > HardwareRig.NO_CURRENT_A);
        }
    }

    @Test
    default void busContactorsCloseExactlyWhereItSaysThatItCan() throws HardwareException {
        HardwareRig rig = rig();
        rig.open();
        boolean can = rig.hardware.capabilities().ringActuation();
        Set<String> names = rig.busContactorNames();
        assertTrue(!can || !names.isEmpty(), "it can switch bus contactors, and the bench's cabinet has none");
        for (String name : names) {
            rig.busContactors.add(name);
            Set<String> expected = can ? Set.of(name) : Set.of();
            rig.holdsWithin(rig.bench.reaction(), () -> can && rig.closed(name));
            assertEquals(expected, rig.reallyClosed(), "closed when " + name + " was commanded");
            assertEquals(can, rig.closed(name), rig.contactor(name).toString());
            rig.busContactors.remove(name);
            rig.until(name + " opens", rig.bench.reaction(), () -> rig.reallyClosed().isEmpty() && !rig.closed(name));
        }
        rig.always("nothing else has moved", Duration.ofSeconds(1), () -> rig.reallyClosed().isEmpty());
    }

    @Test
    default void theLockFollowsButNotUnderALiveGun() throws HardwareException {
        HardwareRig rig = charging();
        int gun = rig.guns.get(0);
        rig.gun(gun).lock = false;
        rig.always("locked as long as the gun is live", Duration.ofSeconds(2), () -> {
            rig.follow(gun);
            return !rig.bench.closed(rig.slot(gun).gunContactor()) || rig.state(gun).lockEngaged();
        });
        rig.stop(gun);
        rig.until("unlocked", Duration.ofSeconds(3), () -> !rig.state(gun).lockEngaged());
    }

    @Test
    default void commandAndSnapshotReturnAtOnce() throws HardwareException {
        HardwareRig rig = charging();
        long[] took = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            HardwareCommand command = rig.next();
            long began = System.nanoTime();
            rig.hardware.command(command);
            rig.hardware.snapshot();
            took[i] = System.nanoTime() - began;
        }
        Arrays.sort(took);
        // The median: a machine that does something else now and then is not the hardware's fault.
        assertTrue(took[CALLS / 2] <= CALL_NANOS, "command and snapshot take " + took[CALLS / 2] / 1000 + " µs");
    }

    @Test
    default void partsThatDoNotExistAreNotMissed() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.makeReady(gun);
        HardwareCommand next = rig.next();
        GunCommand stranger = new GunCommand(99, Authorization.GRANTED, true, true, false, 0, 400, 10, 4000, true, Set.of());
        List<GunCommand> guns = new ArrayList<>(next.guns());
        guns.add(stranger);
        rig.hardware.command(new HardwareCommand(next.number(), next.issuedNanos(), guns, next.modules(), Set.of("a contactor elsewhere")));
        rig.always("in service", Duration.ofSeconds(1), () -> rig.state(gun).linkUp() && rig.reallyClosed().isEmpty());
    }

    /** A session at the first gun, with 40 A. */
    private HardwareRig charging() throws HardwareException {
        rig().open();
        rig().charge(rig().guns.get(0), 40);
        return rig();
    }
}
