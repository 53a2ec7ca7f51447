package dcocpp.api.session;

import java.util.Objects;

import dcocpp.api.journal.Token;

/**
 * What people and back offices ask of the charger. Each has an id and a deadline: an expired command is never carried out. New commands
 * may be added: whoever handles them keeps a default branch.
 */
public sealed interface ChargerCommand {

    /** Unique, for the log and for de-duplication. */
    String commandId();

    /** Until when it may be carried out, process time. */
    long deadlineNanos();

    /**
     * Start a transaction with this token.
     *
     * @param commandId unique id
     * @param deadlineNanos until when it may be carried out
     * @param connectorId where; 0 = any free one, plugged ones first
     * @param token who charges
     * @param authorized the back office has already accepted the token; else it is asked
     */
    record RemoteStart(String commandId, long deadlineNanos, int connectorId, Token token, boolean authorized)
            implements ChargerCommand {

        public RemoteStart {
            Objects.requireNonNull(commandId);
            Objects.requireNonNull(token);
        }
    }

    /**
     * End a transaction.
     *
     * @param commandId unique id
     * @param deadlineNanos until when it may be carried out
     * @param transactionId our id of it
     */
    record RemoteStop(String commandId, long deadlineNanos, String transactionId) implements ChargerCommand {

        public RemoteStop {
            Objects.requireNonNull(commandId);
            Objects.requireNonNull(transactionId);
        }
    }

    /**
     * Pause a transaction: zero power, contactor stays closed.
     *
     * @param commandId unique id
     * @param deadlineNanos until when it may be carried out
     * @param connectorId which
     */
    record Pause(String commandId, long deadlineNanos, int connectorId) implements ChargerCommand {

        public Pause {
            Objects.requireNonNull(commandId);
        }
    }

    /**
     * Go on after a pause.
     *
     * @param commandId unique id
     * @param deadlineNanos until when it may be carried out
     * @param connectorId which
     */
    record Resume(String commandId, long deadlineNanos, int connectorId) implements ChargerCommand {

        public Resume {
            Objects.requireNonNull(commandId);
        }
    }

    /**
     * Unlock a connector; a running transaction is stopped first. Done once the lock reports released.
     *
     * @param commandId unique id
     * @param deadlineNanos until when it may be carried out
     * @param connectorId which
     */
    record Unlock(String commandId, long deadlineNanos, int connectorId) implements ChargerCommand {

        public Unlock {
            Objects.requireNonNull(commandId);
        }
    }

    /**
     * End all transactions, wait until the back office has heard of it or the deadline is reached, and restart.
     *
     * @param commandId unique id
     * @param deadlineNanos until when it may be carried out
     * @param hard true = the process ends with the exit code that asks its supervisor for a restart; false = transactions end, hardware
     *        and back office are opened anew
     */
    record Reset(String commandId, long deadlineNanos, boolean hard) implements ChargerCommand {

        public Reset {
            Objects.requireNonNull(commandId);
        }
    }

    /**
     * Clear latched faults whose inputs are healthy again.
     *
     * @param commandId unique id
     * @param deadlineNanos until when it may be carried out
     * @param connectorId which; 0 = all
     */
    record ClearFaults(String commandId, long deadlineNanos, int connectorId) implements ChargerCommand {

        public ClearFaults {
            Objects.requireNonNull(commandId);
        }
    }

    /**
     * Connect to, or disconnect from, the back office. Disconnected stays so until connected again.
     *
     * @param commandId unique id
     * @param deadlineNanos until when it may be carried out
     * @param connect true = connect
     */
    record BackOfficeConnection(String commandId, long deadlineNanos, boolean connect) implements ChargerCommand {

        public BackOfficeConnection {
            Objects.requireNonNull(commandId);
        }
    }
}
