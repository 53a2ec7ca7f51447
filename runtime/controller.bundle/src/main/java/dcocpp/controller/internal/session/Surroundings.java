package dcocpp.controller.internal.session;

import java.util.List;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.journal.JournalEvent;
import dcocpp.controller.internal.journal.JournalStore.Meter;

/** What a connector needs of the rest of the controller. Called on the control thread; nothing blocks. */
public interface Surroundings {

    /** Writes to the journal and then, on the control thread, runs {@code done}, or {@code failed} if it can never be written. */
    void write(List<JournalEvent> events, List<Meter> meters, Runnable done, Runnable failed);

    /** Asks the back office; no effect while there is none. */
    void authorize(AuthorizationRequest request);

    /** The transaction of this reservation starts. */
    void used(Reservation reservation);

    /** Something about the meter of a connector that people shall read in the journal. */
    void metered(int connectorId, String what, String detail);

    /** Random id of this process run. */
    String bootId();
}
