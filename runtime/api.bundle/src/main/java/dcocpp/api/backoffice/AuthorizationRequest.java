package dcocpp.api.backoffice;

import java.util.Objects;

import dcocpp.api.journal.Token;

/**
 * May this token charge?
 *
 * @param requestId unique
 * @param connectorId where
 * @param token who
 * @param deadlineNanos until when an answer is of use, process time
 */
public record AuthorizationRequest(String requestId, int connectorId, Token token, long deadlineNanos) {

    public AuthorizationRequest {
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(token);
    }
}
