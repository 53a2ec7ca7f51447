package dcocpp.api.backoffice;

import java.util.Objects;

/**
 * The answer to an {@link AuthorizationRequest}.
 *
 * @param requestId which
 * @param verdict may it charge
 * @param parentIdTag the group that the token is known to belong to, also when it may not start anything now: who belongs to the group
 *        of a transaction may stop it. Empty = none is known, or the token itself is refused
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
