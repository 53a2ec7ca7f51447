package dcocpp.daysim;

import java.util.Random;

import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.GunTruth;

/** A car at a gun with its driver, who knows no more than he sees there. */
final class Visit {

    /** Who wants to leave and cannot yet tries again. */
    private static final long LOOKS_AGAIN_MS = 1000;
    private static final long PATIENCE_MS = 8 * Day.MINUTE_MS;

    private final int connectorId;
    private final GunSession session;
    private final long leaveMs;
    private final long idleLeaveMs;
    private long resumeMs;
    private long lastCurrentMs;
    private boolean charged;
    private boolean leaving;

    /**
     * A car that has just been plugged in.
     *
     * @param session what the charger makes of it
     */
    Visit(int connectorId, GunSession session, long nowMs, Random random) {
        this.connectorId = connectorId;
        this.session = session;
        this.leaveMs = nowMs + 5 * Day.MINUTE_MS + (long) (-Math.log(1 - random.nextDouble()) * 35 * Day.MINUTE_MS);
        this.idleLeaveMs = (long) (random.nextDouble() * 15 * Day.MINUTE_MS);
        this.lastCurrentMs = nowMs;
    }

    void pause(Cabinet cabinet, long nowMs, long forMs) {
        if (resumeMs == 0) {
            cabinet.pause(connectorId, true);
            resumeMs = nowMs + forMs;
        }
    }

    void leave() {
        leaving = true;
    }

    /** It has taken energy. */
    boolean charged() {
        return charged;
    }

    /**
     * What the driver does: nothing, pause and resume, or leave; a locked plug holds him.
     *
     * @return whether the car has gone
     */
    boolean act(Cabinet cabinet, GunTruth truth, long nowMs) {
        if (resumeMs != 0 && nowMs >= resumeMs) {
            cabinet.pause(connectorId, false);
            resumeMs = 0;
            lastCurrentMs = nowMs;
        }
        if (truth.currentA() >= 1) {
            lastCurrentMs = nowMs;
            charged = true;
        }
        long idleMs = nowMs - lastCurrentMs;
        boolean full = truth.car().socPercent() >= truth.car().targetSocPercent();
        leaving |= nowMs >= leaveMs || full && idleMs >= idleLeaveMs || resumeMs == 0 && idleMs >= PATIENCE_MS;
        if (leaving) {
            session.stop();
            if (!truth.locked() && !truth.gunContactorClosed() && session.stage().off()) {
                cabinet.unplug(connectorId);
                return true;
            }
        }
        return false;
    }

    /** When he does something next unless something happens, ms. */
    long nextMs(long nowMs) {
        if (leaving) {
            return nowMs + LOOKS_AGAIN_MS;
        }
        return Math.min(Math.min(leaveMs, resumeMs == 0 ? Long.MAX_VALUE : resumeMs), lastCurrentMs + Math.min(idleLeaveMs, PATIENCE_MS));
    }
}
