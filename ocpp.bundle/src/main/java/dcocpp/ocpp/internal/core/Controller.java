package dcocpp.ocpp.internal.core;

import java.util.Optional;
import java.util.UUID;

import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.journal.Journal;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ChargerStatus;
import dcocpp.api.session.ConnectorSnapshot;

/** The services of the controller, together. */
public record Controller(Journal journal, ChargerStatus status, ChargerControl control, BackOfficeInbox inbox) {

    /** A connector as it is now; empty if there is none of this id, or no controller yet. */
    Optional<ConnectorSnapshot> connector(int connectorId) {
        return status.latest().flatMap(snapshot -> snapshot.connector(connectorId));
    }

    Optional<ChargerSnapshot> snapshot() {
        return status.latest();
    }

    static String newCommandId() {
        return "ocpp-" + UUID.randomUUID();
    }
}
