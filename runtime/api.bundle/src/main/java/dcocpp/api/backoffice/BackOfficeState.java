package dcocpp.api.backoffice;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that the back office wants, as one value. The controller obeys the last one also while the protocol bundle is away.
 *
 * @param number increases with every change, also over restarts
 * @param inoperative connectors taken out of service; 0 = the whole charger
 * @param reservations reservations in force
 * @param limits limit schedules in force; the least of all that apply counts
 * @param held the whole charger takes nobody new for a while, for an update that waits for its turn; unlike {@code inoperative} this ends
 *        no reservation
 */
public record BackOfficeState(long number, Set<Integer> inoperative, List<Reservation> reservations, List<LimitSchedule> limits,
        boolean held) {

    /** No wishes. */
    public static final BackOfficeState NONE = new BackOfficeState(0, Set.of(), List.of(), List.of());

    public BackOfficeState {
        inoperative = Collections.unmodifiableSortedSet(new TreeSet<>(inoperative));
        reservations = List.copyOf(reservations);
        limits = List.copyOf(limits);
    }

    /** Wishes of a back office for which nothing is held. */
    public BackOfficeState(long number, Set<Integer> inoperative, List<Reservation> reservations, List<LimitSchedule> limits) {
        this(number, inoperative, reservations, limits, false);
    }

    /** This connector shall be out of service: by its own id or with the whole charger. */
    public boolean inoperative(int connectorId) {
        return inoperative.contains(0) || inoperative.contains(connectorId);
    }
}
