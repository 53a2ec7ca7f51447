package dcocpp.hardwarekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareException;

/** What breaks is reported with its cause, acted upon by the hardware itself, and kept until an operator clears it. */
interface FaultRules extends Rules {

    /** Energy must not flow; the hardware itself sees to that. */
    Set<FaultCause> FORBIDDING = EnumSet.of(FaultCause.EMERGENCY_STOP, FaultCause.EARTH_FAULT, FaultCause.SAFETY_LOOP,
            FaultCause.ISOLATION, FaultCause.CONNECTOR_TEMPERATURE, FaultCause.OVER_CURRENT, FaultCause.OVER_VOLTAGE);
    /** Stay until an operator clears them. */
    Set<FaultCause> LATCHED = EnumSet.of(FaultCause.EMERGENCY_STOP, FaultCause.EARTH_FAULT, FaultCause.ISOLATION);
    /** The gun is not heard. */
    Set<FaultCause> LINK = EnumSet.of(FaultCause.PLC_COMM, FaultCause.PLC_CRC, FaultCause.CAN_BUS_OFF, FaultCause.PLC_UNAVAILABLE);
    /** The longest until a fault, or its end, shows in a snapshot; the slowest is a meter or a pilot that falls silent. */
    Duration SHOWN = Duration.ofSeconds(5);
    /** How long a lost link may go unnoticed. */
    Duration LINK_LOST = Duration.ofSeconds(3);

    @Test
    default void theBenchCanCauseWhatNoCabinetIsFreeOf() {
        assertTrue(rig().bench.causes().containsAll(EnumSet.of(FaultCause.EMERGENCY_STOP, FaultCause.PLC_COMM)),
                "the bench causes only " + rig().bench.causes());
    }

    @Test
    default void eachFaultIsReportedWithItsCauseAndAtItsGunOnly() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.bench.plug(gun);
        rig.gun(gun).lock = true;
        rig.until("locked", SHOWN, () -> rig.state(gun).lockEngaged());
        for (FaultCause cause : idleCauses()) {
            rig.bench.raise(gun, cause);
            rig.until(cause + " is reported", SHOWN, () -> rig.reports(gun, cause));
            assertConsequences(gun, cause);
            rig.secondGun().ifPresent(other -> assertFalse(rig.reports(other, cause), cause + " of gun " + gun + " at gun " + other));
            rig.bench.mend(gun);
            if (LATCHED.contains(cause)) {
                rig.pass(SHOWN);
                rig.gun(gun).clearFaults++;
            }
            rig.until(cause + " is over", SHOWN, () -> !rig.reports(gun, cause) && rig.state(gun).safe());
        }
    }

    /** What shows without energy; contactors that do not obey have a test of their own. */
    private Set<FaultCause> idleCauses() {
        Set<FaultCause> causes = EnumSet.copyOf(rig().bench.causes());
        causes.removeAll(EnumSet.of(FaultCause.GC_WELD, FaultCause.MC_WELD, FaultCause.MN_WELD, FaultCause.GC_CLOSE_TIMEOUT,
                FaultCause.PRECHARGE_TIMEOUT, FaultCause.NO_MODULES, FaultCause.MODULE_DEGRADED, FaultCause.MODULE_TEMPERATURE));
        return causes;
    }

    private void assertConsequences(int gun, FaultCause cause) {
        GunState state = rig().state(gun);
        assertFalse(FORBIDDING.contains(cause) && state.safe(), cause + " and safe: " + state);
        assertFalse(LINK.contains(cause) && state.linkUp(), cause + " and heard: " + state);
        assertFalse(cause == FaultCause.CP_LOST && state.cp() != CpState.UNKNOWN, "a lost pilot that is known: " + state);
        assertFalse(cause == FaultCause.VENTILATION && state.cp() == CpState.C, "ventilation asked for, but CP C: " + state);
        assertFalse(cause == FaultCause.METER_STALE && state.meter().valid(), "a stale meter that is valid: " + state);
        assertFalse(cause == FaultCause.LOCK && state.lockEngaged(), "a lock that fails and is engaged: " + state);
    }

    @Test
    default void theHardwareOpensByItselfWhenAFaultForbidsEnergy() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        Set<FaultCause> causes = EnumSet.copyOf(rig.bench.causes());
        causes.retainAll(FORBIDDING);
        rig.open();
        for (FaultCause cause : causes) {
            rig.charge(gun, 40);
            rig.bench.raise(gun, cause);
            rig.until("the gun contactor opens on " + cause + " though it is commanded closed", rig.bench.reaction(),
                    () -> !rig.bench.closed(rig.slot(gun).gunContactor()) && rig.bench.currentA(gun) < HardwareRig.NO_CURRENT_A);
            rig.until(cause + " is seen", rig.bench.reaction(), () -> !rig.state(gun).safe() && rig.reports(gun, cause));
            rig.bench.mend(gun);
            rig.wantNothing();
            rig.pass(SHOWN);
            rig.gun(gun).clearFaults++;
            rig.until("cleared", SHOWN, () -> rig.state(gun).safe());
            rig.bench.unplug(gun);
            rig.pass(SHOWN);
        }
    }

    @Test
    default void whatIsLatchedStaysUntilAnOperatorClearsIt() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        Set<FaultCause> causes = EnumSet.copyOf(rig.bench.causes());
        causes.retainAll(LATCHED);
        rig.open();
        rig.gun(gun).clearFaults = 5;
        for (FaultCause cause : causes) {
            rig.pass(Duration.ofSeconds(1));
            rig.bench.raise(gun, cause);
            rig.until(cause + " is reported", SHOWN, () -> rig.reports(gun, cause));
            rig.gun(gun).clearFaults++;
            rig.always("cleared while it is there", Duration.ofSeconds(3), () -> rig.reports(gun, cause) && !rig.state(gun).safe());
            rig.bench.mend(gun);
            rig.always("kept though its condition is gone", Duration.ofSeconds(5), () -> rig.reports(gun, cause) && !rig.state(gun).safe());
            rig.gun(gun).clearFaults++;
            rig.until(cause + " is cleared", SHOWN, () -> !rig.reports(gun, cause) && rig.state(gun).safe());
        }
    }

    @Test
    default void theNumberOfAnOldClearClearsNothing() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.hardware.open(rig.topology);
        rig.bench.raise(gun, FaultCause.EMERGENCY_STOP);
        assertTrue(rig.bench.await(() -> rig.reports(gun, FaultCause.EMERGENCY_STOP), Duration.ofSeconds(10)), rig.snapshot().toString());
        rig.bench.mend(gun);
        rig.silence(Duration.ofSeconds(1));
        rig.gun(gun).clearFaults = 7;
        rig.always("kept: 7 is where the controller's count stands, nobody has asked now", Duration.ofSeconds(5),
                () -> rig.reports(gun, FaultCause.EMERGENCY_STOP));
    }

    @Test
    default void aLostLinkIsNoticedAndNothingIsClaimedAfterwards() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.charge(gun, 40);
        rig.bench.raise(gun, FaultCause.PLC_COMM);
        rig.until("the link is seen lost", LINK_LOST, () -> !rig.state(gun).linkUp());
        rig.pass(Duration.ofSeconds(1));
        GunState lost = rig.state(gun);
        assertFalse(lost.safe(), lost.toString());
        assertTrue(rig.reports(gun, FaultCause.PLC_COMM), lost.toString());
        assertTrue(!rig.open(rig.slot(gun).gunContactor()) && !rig.closed(rig.slot(gun).gunContactor()),
                "a position that nobody has heard: " + rig.contactor(rig.slot(gun).gunContactor()));
        assertFalse(rig.bench.closed(rig.slot(gun).gunContactor()), "the gun's own watchdog has not opened its contactor");
        rig.until("a meter that nobody reads is no longer valid", SHOWN, () -> !rig.state(gun).meter().valid());
        long heard = lost.updatedNanos();
        rig.pass(Duration.ofSeconds(1));
        assertEquals(heard, rig.state(gun).updatedNanos(), "heard though the link is lost");
        rig.secondGun().ifPresent(other -> assertTrue(rig.state(other).linkUp() && rig.state(other).safe(), rig.state(other).toString()));
    }

    @Test
    default void aLinkThatComesBackClosesNothingByItself() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.charge(gun, 40);
        rig.bench.raise(gun, FaultCause.PLC_COMM);
        rig.until("the link is seen lost", LINK_LOST, () -> !rig.state(gun).linkUp());
        rig.wantNothing();
        rig.pass(Duration.ofSeconds(2));
        rig.bench.mend(gun);
        rig.until("heard again", SHOWN, () -> rig.state(gun).linkUp() && rig.state(gun).safe());
        rig.always("open", Duration.ofSeconds(3), () -> rig.reallyClosed().isEmpty());
    }

    @Test
    default void aContactorThatDoesNotCloseIsSeenOpen() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.makeReady(gun);
        if (!rig.bench.causes().contains(FaultCause.GC_CLOSE_TIMEOUT)) {
            // A bench that cannot break a contactor shows at least that a command is no feedback.
            rig.connect(gun);
            assertTrue(rig.bench.closed(rig.slot(gun).gunContactor()), "seen closed before it is");
            return;
        }
        rig.bench.raise(gun, FaultCause.GC_CLOSE_TIMEOUT);
        GunWish wish = rig.gun(gun);
        wish.modulesClosed = true;
        wish.close = true;
        rig.always("never seen closed", Duration.ofSeconds(2), () -> !rig.closed(rig.slot(gun).gunContactor()));
        // A PLC may only say that the contactor does not do what it is told; that is a fault all the same.
        rig.until("known as stuck, or as faulty", SHOWN,
                () -> rig.contactor(rig.slot(gun).gunContactor()).stuckOpen() || !rig.state(gun).faults().isEmpty());
    }

    @Test
    default void aContactorThatDoesNotOpenIsReported() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.charge(gun, 40);
        String contactor = rig.slot(gun).gunContactor();
        boolean weld = rig.bench.causes().contains(FaultCause.GC_WELD);
        if (weld) {
            rig.bench.raise(gun, FaultCause.GC_WELD);
        }
        rig.gun(gun).offerCurrentA = 0;
        rig.gun(gun).moduleCurrentA = 0;
        rig.pass(Duration.ofSeconds(2));
        rig.gun(gun).close = false;
        if (weld) {
            rig.until("the weld is reported", SHOWN, () -> rig.reports(gun, FaultCause.GC_WELD) && rig.contactor(contactor).welded());
            assertTrue(rig.closed(contactor), "a welded contactor is closed, whatever was commanded");
            assertFalse(rig.state(gun).safe(), rig.state(gun).toString());
        } else {
            rig.until("open", rig.bench.reaction(), () -> rig.open(contactor) && !rig.bench.closed(contactor));
        }
    }

    @Test
    default void aFaultOfOneGunLeavesTheOther() throws HardwareException {
        HardwareRig rig = rig();
        int gun = rig.guns.get(0);
        rig.open();
        rig.charge(gun, 40);
        int other = rig.secondGun().orElse(gun);
        if (other != gun) {
            rig.bench.raise(other, FaultCause.PLC_COMM);
            rig.until("the link of the other gun is lost", LINK_LOST, () -> !rig.state(other).linkUp());
        }
        rig.always("the gun charges on", Duration.ofSeconds(3), () -> {
            rig.follow(gun);
            return rig.state(gun).linkUp() && rig.bench.currentA(gun) > HardwareRig.NO_CURRENT_A;
        });
    }
}
