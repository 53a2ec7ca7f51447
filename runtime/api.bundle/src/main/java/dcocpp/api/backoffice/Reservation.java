package dcocpp.api.backoffice;

import java.time.Instant;
import java.util.Objects;

/**
 * A reservation.
 *
 * @param reservationId the back office's id
 * @param connectorId which; 0 = any one
 * @param idTag for whom
 * @param parentIdTag for which group; empty = none
 * @param expiry until when
 */
public record Reservation(int reservationId, int connectorId, String idTag, String parentIdTag, Instant expiry) {

    public Reservation {
        Objects.requireNonNull(idTag);
        Objects.requireNonNull(parentIdTag);
        Objects.requireNonNull(expiry);
    }
}
