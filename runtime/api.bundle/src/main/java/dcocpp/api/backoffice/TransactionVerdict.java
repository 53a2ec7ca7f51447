package dcocpp.api.backoffice;

import java.util.Objects;

/**
 * What the back office said of a transaction's token when it was told of the start.
 *
 * @param transactionId our id
 * @param verdict what it said
 * @param parentIdTag the token's group; empty = none told
 * @param stop the transaction shall end now
 * @param allowanceWh when it was not accepted and shall not end: how much more energy it may get before it is suspended, Wh, ≥ 0
 */
public record TransactionVerdict(String transactionId, AuthorizationAnswer.Verdict verdict, String parentIdTag, boolean stop,
        int allowanceWh) {

    public TransactionVerdict {
        Objects.requireNonNull(transactionId);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(parentIdTag);
        if (allowanceWh < 0) {
            throw new IllegalArgumentException("an allowance of " + allowanceWh + " Wh");
        }
    }

    /** Without an allowance. */
    public TransactionVerdict(String transactionId, AuthorizationAnswer.Verdict verdict, String parentIdTag, boolean stop) {
        this(transactionId, verdict, parentIdTag, stop, 0);
    }
}
