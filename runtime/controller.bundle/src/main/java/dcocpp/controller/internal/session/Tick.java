package dcocpp.controller.internal.session;

import dcocpp.api.hardware.CpState;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.controller.internal.power.GunView;

/**
 * What a session knows at one tick.
 *
 * @param view the gun
 * @param live its measured values
 * @param plugged a vehicle is connected
 * @param blocked a fault forbids energy
 * @param paused no energy now, by a command or because of the token
 * @param planned the plan gives it at least one module
 * @param startable a transaction may start: the plan is fresh and the meter answers
 */
record Tick(GunView view, MeterSample live, boolean plugged, boolean blocked, boolean paused, boolean planned, boolean startable) {

    /** The PLC is heard, and nothing says where the vehicle is: one that charges gets nothing more, wherever it may be. */
    boolean pilotLost() {
        return view.gun().linkUp() && view.gun().cp() == CpState.UNKNOWN;
    }

    /** The vehicle wants energy and everything that guards it agrees. */
    boolean powerRequested(Session session, ConnectorSettings settings) {
        var gun = view.gun();
        return plugged && session.granted && !blocked && gun.authorizedEcho() && gun.cp().wantsEnergy() && gun.hlc().powerReady()
                && !gun.hlc().chargeComplete() && (gun.lockEngaged() || !settings.requireLock());
    }
}
