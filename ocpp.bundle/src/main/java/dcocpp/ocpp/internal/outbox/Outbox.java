package dcocpp.ocpp.internal.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.message.Catalogue;
import dcocpp.ocpp.internal.message.InvalidPayloadException;
import dcocpp.ocpp.internal.rpc.Outcome;
import dcocpp.ocpp.internal.rpc.RpcEndpoint;

/**
 * Decides which request goes next, one at a time: BootNotification first; before we are accepted only what the back
 * office asked for; then what somebody waits for; then, by age, transaction messages and all the rest; last what the next
 * of its kind makes worthless. What is not a transaction message is forgotten when the connection ends. Used on the owner
 * thread only.
 */
public final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Catalogue catalogue;
    private final TimeSource time;
    private final Deque<OutgoingMessage> beforeAccepted = new ArrayDeque<>();
    private final Deque<OutgoingMessage> urgent = new ArrayDeque<>();
    private final Deque<OutgoingMessage> ordinary = new ArrayDeque<>();
    /** The newest of each series, in the order in which the series came. */
    private final Map<String, OutgoingMessage> latest = new LinkedHashMap<>();
    private MessageSource transactions;
    private RpcEndpoint rpc;
    private long sentNanos;
    private boolean accepted;
    private boolean draining;
    private Runnable drained = () -> { };

    /** How soon a message shall go. */
    public enum Priority {
        /** Even before the back office has accepted us. */
        BEFORE_ACCEPTED,
        /** Somebody waits for the answer. */
        URGENT,
        /** In its turn. */
        ORDINARY
    }

    public Outbox(Catalogue catalogue, TimeSource time) {
        this.catalogue = catalogue;
        this.time = time;
    }

    public void transactionsFrom(MessageSource source) {
        transactions = source;
    }

    /** A connection is open. */
    public void attach(RpcEndpoint endpoint) {
        rpc = endpoint;
    }

    /** The connection is over: what has not been sent fails. */
    public void detach() {
        rpc = null;
        accepted = false;
        List<OutgoingMessage> lost = new ArrayList<>(beforeAccepted);
        lost.addAll(urgent);
        lost.addAll(ordinary);
        beforeAccepted.clear();
        urgent.clear();
        ordinary.clear();
        latest.clear();
        lost.forEach(message -> message.then().accept(new Outcome.Disconnected()));
        if (draining) {
            drained.run();
        }
    }

    /**
     * Sends nothing more, for good.
     *
     * @param whenIdle called when nothing is under way any more, at least once
     */
    public void drain(Runnable whenIdle) {
        draining = true;
        drained = whenIdle;
        pump();
    }

    /** Whether the back office has accepted us; {@link #pump} makes it effective. */
    public void accepted(boolean isAccepted) {
        accepted = isAccepted;
    }

    /** Connected and accepted: a request has a chance to be answered. */
    public boolean online() {
        return rpc != null && accepted;
    }

    /** Hands in a request. Without a connection it fails at once. */
    public void send(Priority priority, String action, ObjectNode payload, Consumer<Outcome> then) {
        OutgoingMessage message = new OutgoingMessage(action, payload, time.now(), then);
        if (rpc == null || !accepted && priority != Priority.BEFORE_ACCEPTED) {
            then.accept(new Outcome.Disconnected());
            return;
        }
        switch (priority) {
            case BEFORE_ACCEPTED -> beforeAccepted.add(message);
            case URGENT -> urgent.add(message);
            case ORDINARY -> ordinary.add(message);
        }
        pump();
    }

    /**
     * Hands in a request of which only the newest of its series is of interest: it takes the place of one that still waits, goes when
     * nothing else does, and is forgotten without a connection.
     */
    public void sendLatest(String series, String action, ObjectNode payload) {
        if (online()) {
            latest.put(series, new OutgoingMessage(action, payload, time.now(), outcome -> { }));
            pump();
        }
    }

    /** Sends the next request if one may go. */
    public void pump() {
        if (draining) {
            if (rpc == null || rpc.idle()) {
                drained.run();
            }
            return;
        }
        while (rpc != null && rpc.idle()) {
            Optional<OutgoingMessage> next = next();
            if (next.isEmpty()) {
                return;
            }
            transmit(next.get());
        }
    }

    private Optional<OutgoingMessage> next() {
        if (!beforeAccepted.isEmpty()) {
            return Optional.of(beforeAccepted.remove());
        }
        if (!accepted) {
            return Optional.empty();
        }
        if (!urgent.isEmpty()) {
            return Optional.of(urgent.remove());
        }
        Optional<Instant> transaction = transactions == null ? Optional.empty() : transactions.ready();
        if (transaction.isPresent() && (ordinary.isEmpty() || !ordinary.peek().created().isBefore(transaction.get()))) {
            return Optional.of(transactions.next());
        }
        return ordinary.isEmpty() ? newestOfASeries() : Optional.of(ordinary.remove());
    }

    private Optional<OutgoingMessage> newestOfASeries() {
        Optional<String> series = latest.keySet().stream().findFirst();
        return series.map(latest::remove);
    }

    /** Process time since the latest request left; while its outcome is being told, how long the answer took. */
    public Duration sinceSent() {
        return Duration.ofNanos(time.nanoTime() - sentNanos);
    }

    private void transmit(OutgoingMessage message) {
        sentNanos = time.nanoTime();
        try {
            rpc.call(catalogue.get(message.action()), message.payload(), message.then());
        } catch (InvalidPayloadException e) {
            // A mistake of ours: a back office that closes the connection over it would only hide it.
            LOG.error("{} is not sent, {}", message.action(), e.getMessage());
            message.then().accept(new Outcome.Unsendable(e.getMessage()));
        }
    }
}
