package dcocpp.controller.internal.session;

import dcocpp.api.session.ConnectorStatus;

/** The order in which a connector's condition becomes its status. */
final class StatusTable {

    private StatusTable() {
    }

    /**
     * What decides.
     *
     * @param faulted a fault makes it Faulted
     * @param inoperative the back office has taken it out of service
     * @param session there is a session that has not ended
     * @param transaction a transaction runs
     * @param finishing the vehicle is gone, or has ended the charge, and the transaction is being closed
     * @param evsePause the charger gives nothing: paused, limited to zero, no power left
     * @param gunClosed gun contactor closed
     * @param vehicleAsks the vehicle asks for energy on the pilot
     * @param vehicleIdle the vehicle has taken less than 1 A for 10 s
     * @param plugged a vehicle is connected
     * @param ended the last session's transaction is over
     * @param reserved it is reserved
     */
    record Condition(boolean faulted, boolean inoperative, boolean session, boolean transaction, boolean finishing, boolean evsePause,
            boolean gunClosed, boolean vehicleAsks, boolean vehicleIdle, boolean plugged, boolean ended, boolean reserved) {
    }

    static ConnectorStatus status(Condition is) {
        if (is.faulted()) {
            return ConnectorStatus.FAULTED;
        }
        if (is.inoperative() && !is.transaction()) {
            return ConnectorStatus.UNAVAILABLE;
        }
        if (is.session() && !is.transaction()) {
            return ConnectorStatus.PREPARING;
        }
        if (is.transaction()) {
            return duringTransaction(is);
        }
        if (is.ended() && is.plugged()) {
            return ConnectorStatus.FINISHING;
        }
        if (is.reserved()) {
            return ConnectorStatus.RESERVED;
        }
        return is.plugged() ? ConnectorStatus.PREPARING : ConnectorStatus.AVAILABLE;
    }

    private static ConnectorStatus duringTransaction(Condition is) {
        if (is.finishing()) {
            return ConnectorStatus.FINISHING;
        }
        if (is.evsePause()) {
            return ConnectorStatus.SUSPENDED_EVSE;
        }
        if (!is.gunClosed()) {
            return is.vehicleAsks() ? ConnectorStatus.SUSPENDED_EVSE : ConnectorStatus.SUSPENDED_EV;
        }
        return is.vehicleIdle() ? ConnectorStatus.SUSPENDED_EV : ConnectorStatus.CHARGING;
    }
}
