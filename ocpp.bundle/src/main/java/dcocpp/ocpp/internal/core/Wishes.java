package dcocpp.ocpp.internal.core;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.store.OcppStore;

/**
 * What the back office wants for good: kept here, handed to the controller as one numbered value. Used on the owner
 * thread only.
 */
final class Wishes {
    private static final String NUMBER = "wishes.number";
    private static final String INOPERATIVE = "wishes.inoperative";

    private final OcppStore store;
    private final BackOfficeInbox inbox;
    private final TimeSource time;
    private final Set<Integer> inoperative = new TreeSet<>();
    private long number;

    Wishes(OcppStore store, BackOfficeInbox inbox, TimeSource time) {
        this.store = store;
        this.inbox = inbox;
        this.time = time;
        number = store.fact(NUMBER).map(Long::parseLong).orElse(0L);
        Optional<String> stored = store.fact(INOPERATIVE).filter(text -> !text.isEmpty());
        stored.ifPresent(text -> Arrays.stream(text.split(",")).map(Integer::valueOf).forEach(inoperative::add));
    }

    /** Tells the controller, unless there never was a wish: then it keeps what it knows from another protocol bundle. */
    void publish() {
        if (number > 0) {
            inbox.wants(new BackOfficeState(number, inoperative, List.of(), List.of()));
        }
    }

    /** The charger as a whole is out of service. */
    boolean wholeChargerInoperative() {
        return inoperative.contains(0);
    }

    /** Puts connectors in or out of service; 0 is the charger as a whole. On disk when it returns; not yet published. */
    void operative(Set<Integer> connectorIds, boolean operative) {
        Set<Integer> wanted = new TreeSet<>(inoperative);
        if (operative) {
            wanted.removeAll(connectorIds);
            // One connector in service again: the charger is no longer out of service as a whole, the others stay so.
            wanted.remove(0);
        } else {
            wanted.addAll(connectorIds);
        }
        // The number must exceed those of a store that was lost, too.
        long next = Math.max(number + 1, time.now().toEpochMilli());
        store.write(writer -> {
            writer.fact(NUMBER, Long.toString(next));
            writer.fact(INOPERATIVE, wanted.stream().map(String::valueOf).collect(Collectors.joining(",")));
        });
        number = next;
        inoperative.clear();
        inoperative.addAll(wanted);
    }
}
