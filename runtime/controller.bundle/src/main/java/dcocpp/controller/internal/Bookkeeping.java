package dcocpp.controller.internal;

import java.util.Collection;
import java.util.Set;

import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.time.TimeSource;
import dcocpp.controller.internal.journal.ControllerMemory;
import dcocpp.controller.internal.journal.HappeningWatch;
import dcocpp.controller.internal.journal.JournalDesk;
import dcocpp.controller.internal.ring.ContactorBook;
import dcocpp.controller.internal.ring.WearMeter;
import dcocpp.controller.internal.session.ConnectorMachine;

/**
 * What the charger writes down beside its transactions: what happens, which faults are latched, which contactors do not obey, which tokens
 * wait, what wears. Belongs to the control thread.
 */
final class Bookkeeping {

    private static final String CONTACTOR_MARKS = "contactor.marks";
    private static final String PENDING_TOKENS = "tokens.pending";

    private final TimeSource time;
    private final JournalDesk journal;
    private final HappeningWatch happenings;
    private final LatchKeeper latches;
    private final ContactorBook contactors;
    private final TokenKeeper tokens;
    private final WearMeter wear;
    private boolean ending;

    /** @param cutOff the run before did not say that it ends */
    Bookkeeping(TimeSource time, JournalDesk journal, ControllerMemory memory, boolean cutOff) {
        this.time = time;
        this.journal = journal;
        happenings = new HappeningWatch(time, journal);
        happenings.started(cutOff);
        latches = new LatchKeeper(memory.latched(), latched -> journal.remember(kept -> kept.keepLatched(latched)));
        contactors = new ContactorBook(memory.value(CONTACTOR_MARKS).orElse(""), marks -> keep(CONTACTOR_MARKS, marks));
        tokens = new TokenKeeper(time, memory.value(PENDING_TOKENS).orElse(""), pending -> keep(PENDING_TOKENS, pending));
        wear = new WearMeter(memory.wear());
    }

    private void keep(String name, String content) {
        journal.remember(memory -> memory.keep(name, content));
    }

    /** Keeps what the back office wants, and which reservations have ended. */
    void keep(BackOfficeState wishes, Set<Integer> endedReservations) {
        journal.remember(memory -> memory.keep(wishes, endedReservations));
    }

    ContactorBook contactors() {
        return contactors;
    }

    HappeningWatch happenings() {
        return happenings;
    }

    WearMeter wear() {
        return wear;
    }

    /** These connectors are new. */
    void restore(Collection<ConnectorMachine> connectors) {
        latches.restore(connectors);
        tokens.restore(connectors);
    }

    /** After the control loop's tick. */
    void see(Collection<ConnectorMachine> connectors) {
        latches.see(connectors);
        if (!ending) {
            tokens.see(connectors);
        }
        wear.due(time.nanoTime()).ifPresent(journal::offerWear);
    }

    /** The charger is about to end, and with it all sessions: the tokens that wait shall be there again when it is back. */
    void ending() {
        ending = true;
    }

    /** The end: transactions are closed. */
    void close() {
        journal.offerWear(wear.all());
        happenings.ended();
    }
}
