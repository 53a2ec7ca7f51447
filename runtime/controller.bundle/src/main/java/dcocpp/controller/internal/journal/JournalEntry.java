package dcocpp.controller.internal.journal;

import java.time.Instant;
import java.util.Objects;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;

/** One entry of the journal as people read it: the bounds of a transaction, or what happened beside. */
public sealed interface JournalEntry {

    /** Wall time, as it was known then. */
    Instant at();

    /** The connector; 0 = all of them, or none in particular. */
    int connectorId();

    /** The begin or the end of a transaction. */
    sealed interface Bound extends JournalEntry {

        /** What was written. */
        JournalEvent event();

        @Override
        default Instant at() {
            return event().stamp().at();
        }

        @Override
        default int connectorId() {
            return event().connectorId();
        }
    }

    /**
     * A transaction began.
     *
     * @param event its start
     * @param delivery how far it has come on its way to the back office
     */
    record Started(TransactionStarted event, Delivery delivery) implements Bound {

        public Started {
            Objects.requireNonNull(event);
            Objects.requireNonNull(delivery);
        }
    }

    /**
     * A transaction ended.
     *
     * @param event its end
     * @param energyMilliWh what was charged, mWh
     * @param delivery how far it has come on its way to the back office
     */
    record Stopped(TransactionStopped event, long energyMilliWh, Delivery delivery) implements Bound {

        public Stopped {
            Objects.requireNonNull(event);
            Objects.requireNonNull(delivery);
        }
    }

    /**
     * Something happened beside the transactions.
     *
     * @param happening what
     */
    record Happened(Happening happening) implements JournalEntry {

        public Happened {
            Objects.requireNonNull(happening);
        }

        @Override
        public Instant at() {
            return happening.stamp().at();
        }

        @Override
        public int connectorId() {
            return happening.connectorId();
        }
    }
}
