package dcocpp.api.backoffice;

import java.util.Objects;

/**
 * What the back office said of a transaction's token when it was told of the start.
 *
 * @param transactionId our id
 * @param verdict what it said
 * @param parentIdTag the token's group; empty = none told
 * @param stop the transaction shall end now
 */
public record TransactionVerdict(String transactionId, AuthorizationAnswer.Verdict verdict, String parentIdTag, boolean stop) {

    public TransactionVerdict {
        Objects.requireNonNull(transactionId);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(parentIdTag);
    }
}
