package dcocpp.controller.internal;

import java.util.Collection;

import dcocpp.api.time.TimeSource;
import dcocpp.controller.internal.journal.ControllerMemory;
import dcocpp.controller.internal.journal.HappeningWatch;
import dcocpp.controller.internal.journal.JournalDesk;
import dcocpp.controller.internal.ring.WearMeter;
import dcocpp.controller.internal.session.ConnectorMachine;

/** What the charger writes down beside its transactions: what happens, which faults are latched, what wears. Belongs to the control thread. */
final class Bookkeeping {

    private final TimeSource time;
    private final JournalDesk journal;
    private final HappeningWatch happenings;
    private final LatchKeeper latches;
    private final WearMeter wear;

    /** @param cutOff the run before did not say that it ends */
    Bookkeeping(TimeSource time, JournalDesk journal, ControllerMemory memory, boolean cutOff) {
        this.time = time;
        this.journal = journal;
        happenings = new HappeningWatch(time, journal);
        happenings.started(cutOff);
        latches = new LatchKeeper(memory.latched(), latched -> journal.remember(kept -> kept.keepLatched(latched)));
        wear = new WearMeter(memory.wear());
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
    }

    /** After the control loop's tick. */
    void see(Collection<ConnectorMachine> connectors) {
        latches.see(connectors);
        wear.due(time.nanoTime()).ifPresent(journal::offerWear);
    }

    /** The end: transactions are closed. */
    void close() {
        journal.offerWear(wear.all());
        happenings.ended();
    }
}
