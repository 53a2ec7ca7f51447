package dcocpp.controller.internal.session;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;

/**
 * Which connector is kept for whom. Obeys what the back office last wanted also while the protocol bundle is away: a reservation ends at
 * its time, with the start of its transaction, and when what is reserved becomes Faulted or Unavailable and stays so (OCPP 1.6, 5.13).
 * Belongs to the control thread.
 */
public final class ReservationBook {

    private static final Logger LOG = LoggerFactory.getLogger(ReservationBook.class);
    /** A fault that is shorter takes nothing from anybody. */
    private static final long LASTING_NANOS = 5_000_000_000L;

    private List<Reservation> wanted;
    /** Ids of those that are over although they are still wanted. */
    private final Set<Integer> ended;
    /** Connectors that are Faulted, and since when, process time. */
    private final Map<Integer, Long> faultedSince = new HashMap<>();

    /**
     * @param wanted what the back office last wanted
     * @param ended ids of those that were over already
     */
    public ReservationBook(List<Reservation> wanted, Set<Integer> ended) {
        this.wanted = wanted;
        this.ended = new TreeSet<>(ended);
    }

    /** The back office has said what it wants. What is over stays so, until it is no longer wanted or wanted in another way. */
    public void wanted(List<Reservation> reservations) {
        ended.removeIf(id -> reservations.stream().noneMatch(one -> one.reservationId() == id && wanted.contains(one)));
        wanted = reservations;
    }

    /** Ids of those that are over although they are still wanted. */
    public Set<Integer> ended() {
        return Set.copyOf(ended);
    }

    /**
     * Tells each connector for whom it is kept. Of the connectors that nobody uses, as many are left as there are reservations for any
     * one; when no more than that have no vehicle, these are reserved, and after them those where a vehicle has come that may not charge.
     */
    public void apply(Collection<ConnectorMachine> connectors, Instant now) {
        Map<Integer, Reservation> named = new HashMap<>();
        Deque<Reservation> anywhere = new ArrayDeque<>();
        for (Reservation reservation : wanted) {
            if (ended.contains(reservation.reservationId()) || !reservation.expiry().isAfter(now)) {
                continue;
            }
            if (reservation.connectorId() == 0) {
                anywhere.add(reservation);
            } else {
                named.putIfAbsent(reservation.connectorId(), reservation);
            }
        }
        List<Reservation> all = List.copyOf(anywhere);
        connectors.forEach(connector -> connector.occupancy().reservationInUse().ifPresent(anywhere::remove));
        List<ConnectorMachine> vacant = connectors.stream()
                .filter(connector -> !named.containsKey(connector.settings().id()) && connector.occupancy().vacant())
                .sorted(Comparator.comparing(ConnectorMachine::plugged)).toList();
        // One that is let go while a vehicle stands there is not vacant any more: it must not have counted as one that is left.
        if (vacant.stream().filter(connector -> !connector.plugged()).count() <= anywhere.size()) {
            vacant.stream().limit(anywhere.size()).forEach(connector -> named.put(connector.settings().id(), anywhere.remove()));
        }
        connectors.forEach(connector -> connector.reservations(named.get(connector.settings().id()), all));
    }

    /** The transaction of a reservation has started. */
    public void used(int reservationId) {
        end(reservationId, "its transaction has started");
    }

    /**
     * Ends the reservations of what has become Faulted, for more than a moment, or what the back office has taken out of service.
     *
     * @param state what the back office wants; what is only held back for an update is not broken
     * @param known something is known of this connector: a charger that starts, or opens its hardware anew, has no fault yet
     * @param now process time
     * @return whether one has ended
     */
    public boolean endBroken(List<ConnectorSnapshot> connectors, BackOfficeState state, IntPredicate known, long now) {
        Set<Integer> broken = new HashSet<>();
        for (ConnectorSnapshot connector : connectors) {
            int id = connector.connectorId();
            boolean faulted = connector.status() == ConnectorStatus.FAULTED;
            if (faulted && known.test(id)) {
                faultedSince.putIfAbsent(id, now);
            } else {
                faultedSince.remove(id);
            }
            boolean lasting = faultedSince.containsKey(id) && now - faultedSince.get(id) >= LASTING_NANOS;
            boolean outOfService = state.inoperative(id) && (faulted || connector.status() == ConnectorStatus.UNAVAILABLE);
            if (lasting || outOfService) {
                broken.add(id);
            }
        }
        int before = ended.size();
        wanted.stream().filter(reservation -> connectors.stream().map(ConnectorSnapshot::connectorId)
                .filter(id -> reservation.connectorId() == 0 || reservation.connectorId() == id).allMatch(broken::contains))
                .forEach(reservation -> end(reservation.reservationId(), "Faulted or Unavailable"));
        return ended.size() > before;
    }

    private void end(int reservationId, String why) {
        if (ended.add(reservationId)) {
            LOG.info("Reservation {} ends: {}", reservationId, why);
        }
    }
}
