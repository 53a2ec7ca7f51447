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
 */
public record BackOfficeState(long number, Set<Integer> inoperative, List<Reservation> reservations, List<LimitSchedule> limits) {

    /** No wishes. */
    public static final BackOfficeState NONE = new BackOfficeState(0, Set.of(), List.of(), List.of());

    public BackOfficeState {
        inoperative = Collections.unmodifiableSortedSet(new TreeSet<>(inoperative));
        reservations = List.copyOf(reservations);
        limits = List.copyOf(limits);
    }
}
