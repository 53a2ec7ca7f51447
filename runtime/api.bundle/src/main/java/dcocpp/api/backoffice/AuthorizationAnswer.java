package dcocpp.api.backoffice;

import java.util.Objects;

/**
 * The answer to an {@link AuthorizationRequest}.
 *
 * @param requestId which
 * @param verdict may it charge
 * @param parentIdTag the token's group; empty = none known
 */
public record AuthorizationAnswer(String requestId, Verdict verdict, String parentIdTag) {

    public AuthorizationAnswer {
        Objects.requireNonNull(requestId);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(parentIdTag);
    }

    /** Whether a token may charge. New ones are added at the end. */
    public enum Verdict {
        /** It may. */
        ACCEPTED,
        /** It is blocked. */
        BLOCKED,
        /** It has expired. */
        EXPIRED,
        /** It is not known. */
        INVALID,
        /** It already charges elsewhere. */
        CONCURRENT
    }
}
