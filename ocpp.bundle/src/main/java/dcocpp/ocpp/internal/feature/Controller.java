package dcocpp.ocpp.internal.feature;

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
    public Optional<ConnectorSnapshot> connector(int connectorId) {
        return status.latest().flatMap(snapshot -> snapshot.connector(connectorId));
    }

    /** The charger as it is now; empty without a controller, and while it starts up. */
    public Optional<ChargerSnapshot> snapshot() {
        return status.latest();
    }

    /** A fresh id for a command to the controller. */
    public static String newCommandId() {
        return "ocpp-" + UUID.randomUUID();
    }
}
