package dcocpp.ocpp.internal.feature;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.store.OcppStore;

/**
 * What the back office wants for good, handed to the controller as one numbered value. Availability is kept here; reservations and limits
 * are kept by the features that own them, which say them again at each start. Used on the owner thread only.
 */
public final class Wishes {
    private static final String NUMBER = "wishes.number";
    private static final String INOPERATIVE = "wishes.inoperative";
    private static final String HELD = "wishes.held";

    private final OcppStore store;
    private final BackOfficeInbox inbox;
    private final TimeSource time;
    private final Set<Integer> inoperative = new TreeSet<>();
    private List<Reservation> reservations = List.of();
    private List<LimitSchedule> limits = List.of();
    private boolean held;
    /** All features have said what they want. */
    private boolean complete;
    private long number;

    public Wishes(OcppStore store, BackOfficeInbox inbox, TimeSource time) {
        this.store = store;
        this.inbox = inbox;
        this.time = time;
        number = store.fact(NUMBER).map(Long::parseLong).orElse(0L);
        Optional<String> stored = store.fact(INOPERATIVE).filter(text -> !text.isEmpty());
        held = store.fact(HELD).map(Boolean::parseBoolean).orElse(false);
        stored.ifPresent(text -> Arrays.stream(text.split(",")).map(Integer::valueOf).forEach(inoperative::add));
    }

    /** All features have said what they want: from now on the controller is told. */
    public void begin() {
        complete = true;
        publish();
    }

    /**
     * Tells the controller, unless there never was a wish: then it keeps what it knows from another protocol bundle. Half of the wishes
     * would take back the other half, so nothing is told before {@link #begin}.
     */
    public void publish() {
        if (complete && number > 0) {
            inbox.wants(new BackOfficeState(number, inoperative, reservations, limits, held));
        }
    }

    /** The charger as a whole is out of service. */
    public boolean wholeChargerInoperative() {
        return held || inoperative.contains(0);
    }

    /**
     * Takes the whole charger out of service for a while, or no more, beside what the back office wants; so that an update comes to its
     * turn. It ends no reservation. On disk when it returns; not yet published.
     *
     * @return whether that is a change
     */
    public boolean hold(boolean wanted) {
        if (held == wanted) {
            return false;
        }
        count(inoperative, wanted);
        held = wanted;
        return true;
    }

    /** Connectors out of service; 0 is the charger as a whole. */
    public Set<Integer> inoperative() {
        return Set.copyOf(inoperative);
    }

    /** Number of what was last wanted; 0 = nothing ever was. */
    public long number() {
        return number;
    }

    /** The reservations in force. */
    public List<Reservation> reservations() {
        return reservations;
    }

    /** Puts connectors in or out of service; 0 is the charger as a whole. On disk when it returns; not yet published. */
    public void operative(Set<Integer> connectorIds, boolean operative) {
        Set<Integer> wanted = new TreeSet<>(inoperative);
        if (operative) {
            wanted.removeAll(connectorIds);
            // One connector in service again: the charger is no longer out of service as a whole, the others stay so.
            wanted.remove(0);
        } else {
            wanted.addAll(connectorIds);
        }
        count(wanted);
        inoperative.clear();
        inoperative.addAll(wanted);
    }

    /** The reservations in force from now on, all of them; the feature that owns them has kept them. Not yet published. */
    public void reservations(List<Reservation> inForce) {
        if (!inForce.equals(reservations)) {
            count(inoperative);
            reservations = List.copyOf(inForce);
        }
    }

    /** The limit schedules in force from now on, all of them; the feature that owns them has kept them. Not yet published. */
    public void limits(List<LimitSchedule> inForce) {
        if (!inForce.equals(limits)) {
            count(inoperative);
            limits = List.copyOf(inForce);
        }
    }

    /** All of it counts anew: the controller may hold something of a store that was lost. Not yet published. */
    public void renew() {
        count(inoperative);
    }

    /** The number must exceed those of a store that was lost, too. */
    private void count(Set<Integer> outOfService) {
        count(outOfService, held);
    }

    private void count(Set<Integer> outOfService, boolean hold) {
        long next = Math.max(number + 1, time.now().toEpochMilli());
        store.write(writer -> {
            writer.fact(NUMBER, Long.toString(next));
            writer.fact(HELD, Boolean.toString(hold));
            writer.fact(INOPERATIVE, outOfService.stream().map(String::valueOf).collect(Collectors.joining(",")));
        });
        number = next;
    }
}
