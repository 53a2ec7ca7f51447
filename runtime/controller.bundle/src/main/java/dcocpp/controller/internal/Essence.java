package dcocpp.controller.internal;

import java.util.List;
import java.util.Set;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.hardware.Fault;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.session.SessionPhase;

/** What of a snapshot listeners are told of when it changes: everything but measured values and counters. */
record Essence(String hardware, String condition, String pending, List<Connector> connectors, List<Planner> planners, PlanSnapshot.State plan,
        BackOfficeLink link, long wishesNumber, Set<Integer> endedReservations) {

    record Connector(ConnectorStatus status, List<Fault> faults, boolean plugged, boolean closed, boolean locked, String sessionId,
            SessionPhase phase, String token, String transactionId, String info) {
    }

    record Planner(long bundleId, PlannerSnapshot.Role role) {
    }

    static Essence of(ChargerSnapshot snapshot) {
        return new Essence(snapshot.hardwareName(), snapshot.hardwareCondition() + snapshot.hardwareDetail(), snapshot.pending(),
                snapshot.connectors().stream().map(Essence::connector).toList(),
                snapshot.planners().stream().map(planner -> new Planner(planner.bundleId(), planner.role())).toList(),
                snapshot.plan().state(), snapshot.backOffice(), snapshot.wishesNumber(), snapshot.endedReservations());
    }

    private static Connector connector(ConnectorSnapshot connector) {
        var session = connector.session();
        return new Connector(connector.status(), connector.faults(), connector.plugged(), connector.gunContactorClosed(),
                connector.lockEngaged(), session == null ? "" : session.sessionId(), session == null ? null : session.phase(),
                session == null || session.token() == null ? "" : session.token().idTag(),
                session == null ? null : session.transactionId(), connector.info());
    }
}
