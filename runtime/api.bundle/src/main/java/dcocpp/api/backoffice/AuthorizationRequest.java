package dcocpp.api.backoffice;

import java.util.Objects;

import dcocpp.api.journal.Token;

/**
 * May this token charge, and to which group does it belong? The answer decides over a start, and over the stop of a transaction of the
 * same group.
 *
 * @param requestId unique
 * @param connectorId where; 0 = read by a reader of the whole cabinet, no connector is chosen yet
 * @param token who
 * @param deadlineNanos until when an answer is of use, process time
 */
public record AuthorizationRequest(String requestId, int connectorId, Token token, long deadlineNanos) {

    public AuthorizationRequest {
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(token);
    }
}
