package dcocpp.controller.internal.session;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.FaultCause;
import dcocpp.controller.internal.power.GunView;
import dcocpp.controller.internal.ring.OutputStage;

/**
 * The vehicle's plug: whether it is in, since when, whether anything can be at its pins, and whether it is locked. Belongs to the control
 * thread.
 */
final class Plug {

    /** A voltage that is dangerous to touch, V: IEC 61851-23. */
    private static final double DANGEROUS_V = 60;

    private final OutputStage stage;
    private final FaultBook faults;
    private GunView view;
    private boolean in;
    private long sinceNanos;
    private boolean unlockWanted;
    private boolean locked;

    /** @param view what is known of the gun until more is */
    Plug(OutputStage stage, FaultBook faults, GunView view) {
        this.stage = stage;
        this.faults = faults;
        this.view = view;
    }

    /** What is known of the gun by now. */
    void see(GunView newView) {
        view = newView;
    }

    /**
     * Follows what is seen. While the PLC is not heard, or the pilot not known, nobody knows; the vehicle is then where it was. A PLC that
     * comes back tells of its pilot some time after it counts as heard.
     *
     * @return it has just been pulled
     */
    boolean pulled() {
        boolean was = in;
        in = view.gun().linkUp() && view.gun().cp() != CpState.UNKNOWN ? view.gun().cp().plugged() : in;
        sinceNanos = in && !was ? view.now() : sinceNanos;
        return was && !in;
    }

    boolean in() {
        return in;
    }

    /** When it was plugged in, process time. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Nothing can be at the pins: the gun contactor is known to be open, or the voltage to be harmless. */
    boolean touchable() {
        boolean open = stage.gunContactorIs(view, Position.OPEN) && !faults.has(FaultCause.GC_WELD);
        return Math.abs(view.presentCurrentA()) < 1 && (open || view.gun().presentVoltageV() < DANGEROUS_V);
    }

    /** The lock shall open although the plug is in. */
    void unlock(boolean value) {
        unlockWanted = value;
    }

    /**
     * Whether it shall be locked: whatever anybody wants while the output is on or current flows; for a session; and what is locked stays
     * so until nothing can be at the pins, unless somebody has it unlocked.
     *
     * @param session a session keeps it locked
     */
    boolean lock(boolean session) {
        boolean live = !stage.off() || stage.gunContactorIs(view, Position.CLOSED) || Math.abs(view.presentCurrentA()) >= 1;
        locked = live || in && !unlockWanted && (session || locked && !touchable());
        return locked;
    }
}
