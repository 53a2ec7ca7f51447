package dcocpp.api.journal;

import java.util.Objects;

/**
 * A full sample of a transaction: at begin and end, every 10 s and at each quarter of an hour.
 *
 * @param stamp where and when
 * @param transactionId our id
 * @param connectorId the connector
 * @param context why it was taken
 * @param sample the values
 */
public record MeterSampled(JournalStamp stamp, String transactionId, int connectorId, Context context, MeterSample sample)
        implements JournalEvent {

    public MeterSampled {
        Objects.requireNonNull(stamp);
        Objects.requireNonNull(transactionId);
        Objects.requireNonNull(context);
        Objects.requireNonNull(sample);
    }

    /** Why a sample was taken. */
    public enum Context {
        /** At the start of the transaction. */
        BEGIN,
        /** Every 10 s. */
        PERIODIC,
        /** At a quarter of an hour. */
        CLOCK,
        /** At the end of the transaction. */
        END
    }
}
