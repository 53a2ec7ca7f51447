package dcocpp.simrun.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.api.session.SessionPhase;
import dcocpp.hwsim.internal.physics.GunTruth;

/**
 * Finds out whether anything moves: a contactor, a module, a conversation with a car, a session, a ramp. As long as something does, and
 * for a while after, the controller ticks as in the product; else ticks may be rarer, since each of them would say what the last one said.
 */
final class Calm {

    static final long TICK_MS = 100;
    private static final long CALM_AFTER_MS = 2500;
    private static final long CALM_TICK_MS = 1000;
    private static final long QUIET_AFTER_MS = 30_000;
    /** A meter that counts and is not heard for longer has been silent for the controller, which tells so. */
    private static final long QUIET_TICK_MS = 2000;
    private static final long EMPTY_TICK_MS = 60_000;
    /** A ramp of the controller changes more in a tick; a battery that fills changes less in seconds. */
    private static final double STEP_A = 5;

    private Picture last = new Picture(List.of(), List.of(), List.of(), null);
    private double[] currentsA = {};
    private long movedMs;
    private boolean empty;

    private record Picture(List<Gun> guns, List<Boolean> switches, List<String> closedBusContactors, PlanSnapshot.State plan) {
    }

    private record Gun(ConnectorStatus status, List<Fault> faults, SessionPhase phase, String transactionId, int hlcStage, CpState cp,
            boolean locked, boolean authorized, boolean closed, boolean powerReady) {

        static Gun of(GunTruth truth, ConnectorSnapshot connector) {
            boolean session = connector != null && connector.session() != null;
            return new Gun(connector == null ? null : connector.status(), connector == null ? List.of() : connector.faults(),
                    session ? connector.session().phase() : null, session ? connector.session().transactionId() : null, truth.hlcStage(),
                    truth.cp(), truth.locked(), truth.authorized(), truth.gunContactorClosed(), truth.powerReady());
        }
    }

    /** After each tick. */
    void see(Moment moment, HardwareCommand command) {
        List<Gun> guns = new ArrayList<>();
        boolean nobody = true;
        for (GunTruth truth : moment.truths()) {
            guns.add(Gun.of(truth, moment.connector(truth.connectorId()).orElse(null)));
            nobody &= truth.car() == null;
        }
        List<Boolean> switches = new ArrayList<>();
        double[] nowA = new double[command == null ? 0 : command.guns().size() + command.modules().size()];
        int at = 0;
        if (command != null) {
            for (GunCommand gun : command.guns()) {
                switches.add(gun.closeContactor());
                nowA[at++] = gun.offerCurrentA();
            }
            for (ModuleCommand module : command.modules()) {
                switches.add(module.closeContactor());
                switches.add(module.on());
                nowA[at++] = module.currentA();
            }
        }
        Picture now = new Picture(guns, switches, command == null ? List.of() : List.copyOf(command.closedBusContactors()),
                moment.snapshot() == null ? null : moment.snapshot().plan().state());
        if (!Objects.equals(now, last) || stepped(nowA)) {
            movedMs = moment.ms();
        }
        last = now;
        currentsA = nowA;
        empty = nobody;
    }

    private boolean stepped(double[] nowA) {
        if (nowA.length != currentsA.length) {
            return true;
        }
        for (int i = 0; i < nowA.length; i++) {
            if (Math.abs(nowA[i] - currentsA[i]) > STEP_A) {
                return true;
            }
        }
        return false;
    }

    /** Something happens that no tick has seen yet. */
    void disturb(long nowMs) {
        movedMs = nowMs;
    }

    /** How long until the next tick at most, ms. */
    long longestTickMs(long nowMs) {
        long calmMs = nowMs - movedMs;
        if (calmMs < CALM_AFTER_MS) {
            return TICK_MS;
        }
        if (calmMs < QUIET_AFTER_MS) {
            return CALM_TICK_MS;
        }
        return empty ? EMPTY_TICK_MS : QUIET_TICK_MS;
    }
}
