package dcocpp.ocpp.internal.store;

import java.time.Instant;

/**
 * A transaction message that has to reach the back office. It belongs to one of our transactions; the back office's id
 * of it is put in when it is sent, so that nothing that is queued ever needs to be changed.
 *
 * @param sequence its place in the queue; 0 before it has one
 * @param kind which message
 * @param transactionId our id of the transaction
 * @param event number of the journal event that it tells of; 0 = none
 * @param created when it was made
 * @param body its payload without the back office's id, the same text for every attempt
 * @param attempts how often it was sent and refused or not answered
 * @param state how far it has come
 * @param detail the back office's id when answered, the reason when given up
 */
public record QueuedMessage(long sequence, Kind kind, String transactionId, long event, Instant created, String body, int attempts,
        State state, String detail) {

    /** The messages that make up a transaction; the names are those on the wire. */
    public enum Kind {
        StartTransaction, MeterValues, StopTransaction
    }

    /** How far a message has come. */
    public enum State {
        WAITING,
        /** The back office has it; the journal has yet to be told. */
        ANSWERED,
        /** Given up after its attempts; the journal has yet to be told. */
        GIVEN_UP,
        /** Given up, and the journal knows; kept as it is for when somebody wants it sent after all. */
        UNDELIVERABLE
    }

    /** A message that is not in the queue yet. */
    public static QueuedMessage fresh(Kind kind, String transactionId, long event, Instant created, String body) {
        return new QueuedMessage(0, kind, transactionId, event, created, body, 0, State.WAITING, "");
    }
}
