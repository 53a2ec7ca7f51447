package dcocpp.daysim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.controller.internal.ring.OutputStage;
import dcocpp.controller.internal.session.GunFaults;

/** What the charger makes of a car at a gun: the life of a session as the controller leads it, without tokens, journal and back office. */
final class GunSession {

    private static final long AUTHORIZATION_NANOS = 3_000_000_000L;
    private static final long STUCK_NANOS = 60_000_000_000L;
    private static final long CLEARING_NANOS = 2_000_000_000L;

    private enum Phase { IDLE, AUTHORIZING, WAITING, STARTING, ENERGY, STOPPING, ENDED }

    private final int connectorId;
    private final OutputStage stage;
    private final GunFaults faults = new GunFaults();
    private Phase phase = Phase.IDLE;
    private long phaseNanos;
    private boolean plugged;
    private boolean ending;
    private boolean stopWanted;
    private boolean requested;
    private long clearFaults;
    private long clearUntilNanos = Long.MIN_VALUE;

    GunSession(int connectorId, OutputStage stage) {
        this.connectorId = connectorId;
        this.stage = stage;
    }

    OutputStage stage() {
        return stage;
    }

    /** The driver wants to leave. */
    void stop() {
        stopWanted = true;
    }

    /** The operator clears what has latched. */
    void clearFaults(long nowNanos) {
        clearFaults++;
        clearUntilNanos = nowNanos + CLEARING_NANOS;
        stage.clearFault();
        faults.clear();
    }

    /** Its faults, and whether one of them stops the whole site. */
    boolean update(GunState gun, List<Fault> marks, long nowNanos) {
        List<Fault> active = new ArrayList<>(gun.faults());
        active.addAll(marks);
        if (!gun.linkUp()) {
            active.add(new Fault(FaultCause.PLC_COMM, "not heard"));
        }
        if (stage.fault() != null) {
            active.add(stage.fault());
        }
        faults.update(active);
        if (nowNanos < clearUntilNanos) {
            faults.clear();
        }
        return faults.tripSite();
    }

    /**
     * One tick.
     *
     * @param trip the whole site is stopped
     * @param planned the plan gives this gun a module, and the ring lets it start
     */
    void tick(GunState gun, boolean trip, boolean planned, long nowNanos) {
        followPlug(gun, nowNanos);
        boolean blocked = trip || faults.block();
        if (blocked) {
            stage.emergencyOff(nowNanos);
        }
        requested = plugged && granted() && !blocked && gun.authorizedEcho() && gun.cp().wantsEnergy() && gun.hlc().powerReady()
                && !gun.hlc().chargeComplete() && gun.lockEngaged();
        switch (phase) {
            case IDLE -> go(plugged && !blocked, Phase.AUTHORIZING, nowNanos);
            case AUTHORIZING -> go(nowNanos - phaseNanos >= AUTHORIZATION_NANOS, Phase.WAITING, nowNanos);
            case WAITING -> waiting(gun, planned, nowNanos);
            case STARTING, ENERGY -> running(gun, planned, nowNanos);
            case STOPPING -> go(stage.off(), ending ? Phase.ENDED : Phase.WAITING, nowNanos);
            default -> {
                // Until the car has gone.
            }
        }
    }

    private void followPlug(GunState gun, long nowNanos) {
        boolean now = gun.linkUp() ? gun.cp().plugged() : plugged;
        if (plugged && !now) {
            stage.clearFault();
            faults.unplugged();
            stage.emergencyOff(nowNanos);
            phase = Phase.IDLE;
            ending = false;
            stopWanted = false;
        }
        plugged = now;
    }

    private void waiting(GunState gun, boolean planned, long nowNanos) {
        if (stopWanted || gun.hlc().chargeComplete()) {
            go(stage.off(), Phase.ENDED, nowNanos);
        } else if (requested && planned && stage.off()) {
            stage.start(nowNanos);
            go(true, Phase.STARTING, nowNanos);
        }
    }

    private void running(GunState gun, boolean planned, long nowNanos) {
        OutputStage.Step step = stage.step();
        boolean starting = phase == Phase.STARTING && step != OutputStage.Step.CLOSING && step != OutputStage.Step.ON;
        ending = stopWanted || gun.hlc().chargeComplete();
        if (step == OutputStage.Step.OFF || step == OutputStage.Step.OPENING) {
            go(true, Phase.STOPPING, nowNanos);
        } else if (ending || !gun.cp().wantsEnergy() || !gun.authorizedEcho() || starting && !planned) {
            stage.stop(nowNanos);
            go(true, Phase.STOPPING, nowNanos);
        } else {
            go(step == OutputStage.Step.ON, Phase.ENERGY, nowNanos);
        }
    }

    private void go(boolean wanted, Phase next, long nowNanos) {
        if (wanted && phase != next) {
            phase = next;
            phaseNanos = nowNanos;
        }
    }

    private boolean granted() {
        return switch (phase) {
            case WAITING, STARTING, ENERGY, STOPPING -> true;
            default -> false;
        };
    }

    /** It may take energy now. */
    boolean wantsPower() {
        return !stopWanted && switch (phase) {
            case WAITING -> requested;
            case STARTING, ENERGY -> true;
            default -> false;
        };
    }

    /** Nobody uses this gun. */
    boolean vacant() {
        return phase == Phase.IDLE && !plugged;
    }

    /** Nothing moves or is about to move here; a gun whose contactor is welded may wait for hours. */
    boolean calm(long nowNanos) {
        return switch (phase) {
            case IDLE, ENERGY, ENDED -> true;
            case WAITING -> !requested || nowNanos - phaseNanos > STUCK_NANOS;
            case STOPPING -> nowNanos - phaseNanos > STUCK_NANOS;
            default -> false;
        };
    }

    GunCommand command(double offerW, double voltageV) {
        boolean lock = !stage.off() || plugged && granted();
        return new GunCommand(connectorId, granted() ? GunCommand.Authorization.GRANTED : GunCommand.Authorization.DENIED,
                stage.closeGunContactor(), lock, stage.forceOff(), clearFaults, Site.MAX_VOLTAGE_V, offerW / voltageV, offerW,
                stage.step() == OutputStage.Step.ON, Set.of());
    }

    @Override
    public String toString() {
        return "gun " + connectorId + " " + phase + ", output " + stage.step() + ", faults " + faults + (plugged ? ", plugged" : "");
    }
}
