package dcocpp.controller.internal.session;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dcocpp.api.backoffice.Reservation;

/**
 * For whom a connector is kept.
 *
 * @param here it is reserved; null = it is not
 * @param anywhere reservations that may be used at any connector
 */
record Promise(Reservation here, List<Reservation> anywhere) {

    static final Promise NONE = new Promise(null, List.of());

    /** The reservation that this token uses here: its own, or its group's. */
    Optional<Reservation> usedBy(String idTag, String parentIdTag) {
        return candidates().filter(one -> isFor(one, idTag, parentIdTag)).findFirst();
    }

    /** This token may charge here. */
    boolean allows(String idTag, String parentIdTag) {
        return here == null || usedBy(idTag, parentIdTag).isPresent();
    }

    /** This token may not charge here, whatever its group is. */
    boolean bars(String idTag) {
        return here != null && candidates().allMatch(one -> one.parentIdTag().isEmpty() && !isFor(one, idTag, ""));
    }

    /** Who has reserved any one may also use the one that is left for somebody like him. */
    private Stream<Reservation> candidates() {
        if (here == null) {
            return anywhere.stream();
        }
        return here.connectorId() != 0 ? Stream.of(here) : Stream.concat(Stream.of(here), anywhere.stream());
    }

    private static boolean isFor(Reservation reservation, String idTag, String parentIdTag) {
        return reservation.idTag().equalsIgnoreCase(idTag)
                || !reservation.parentIdTag().isEmpty() && reservation.parentIdTag().equalsIgnoreCase(parentIdTag);
    }
}
