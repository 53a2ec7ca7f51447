package dcocpp.api.journal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The journal of all transactions, as a protocol bundle and the console read it. All methods may be called from any thread but the bus
 * thread; they read or write the disk and return when that is done. They throw {@link JournalException} when the disk does not.
 *
 * <p>Start and stop events are marked once the back office has accepted them; nothing unmarked is ever pruned. A protocol bundle that has
 * nothing of its own begins at {@link #oldestUndelivered()}.
 */
@ProviderType
public interface Journal {

    /** Events after this number in their order, at most {@code max}. */
    List<JournalEvent> read(long afterNumber, int max);

    /** Number of the oldest start or stop that is neither delivered nor undeliverable. */
    OptionalLong oldestUndelivered();

    /** Starts and stops after this number that are neither delivered nor undeliverable, in their order, at most {@code max}. */
    List<JournalEvent> undelivered(long afterNumber, int max);

    /** Number of the newest event; 0 when there is none. */
    long newest();

    /**
     * The back office has accepted this start or stop. Idempotent.
     *
     * @param number the event's number
     * @param remoteId the back office's id of the transaction
     */
    void markDelivered(long number, String remoteId);

    /**
     * The protocol bundle has given this start or stop up.
     *
     * @param number the event's number
     * @param reason for people
     */
    void markUndeliverable(long number, String reason);

    /**
     * This start or stop shall be delivered after all, although it was given up. A protocol bundle looks at {@link #undelivered} from time
     * to time and sends it again. Does nothing to one that is not undeliverable.
     *
     * @param number the event's number
     */
    void markPending(long number);

    /** Transactions whose start or stop was given up, oldest first, at most {@code max}. */
    List<TransactionRecord> undeliverable(int max);

    /** The latest transactions, newest first. */
    List<TransactionRecord> transactions(int max);

    /** One transaction by our id of it. */
    Optional<TransactionRecord> transaction(String transactionId);
}
