package dcocpp.ocpp.internal.reservation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.Reservation;
import dcocpp.api.journal.JournalException;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Controller;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.feature.Wishes;
import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.reservation.ReservationTable.Kept;
import dcocpp.ocpp.internal.store.StoreException;

/**
 * ReserveNow and CancelReservation. The controller guards what is reserved, also while this bundle is away, and says which reservations
 * are over because what is reserved has become Faulted or Unavailable; here they are kept until then, until their transaction has started,
 * or until their time is over.
 */
public final class ReservationFeature implements Feature {
    private static final Logger LOG = LoggerFactory.getLogger(ReservationFeature.class);

    /** In how many of the last transactions one is looked for that consumed a reservation while this bundle was away. */
    private static final int RECENT = 100;

    private final Controller controller;
    private final Configuration configuration;
    private final TimeSource time;
    private final ScheduledExecutorService owner;
    private final Wishes wishes;
    private final ReservationTable table;
    /** Transactions that run and have been looked at. */
    private final Set<String> seen = new HashSet<>();
    private ScheduledFuture<?> expiry;

    public ReservationFeature(Environment environment) {
        controller = environment.controller();
        configuration = environment.configuration();
        time = environment.time();
        owner = environment.owner();
        wishes = environment.wishes();
        table = new ReservationTable(environment.store());
    }

    @Override
    public Optional<String> profile() {
        return Optional.of("Reservation");
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        calls.on("ReserveNow", (payload, reply) -> {
            reply.status(reserve(payload));
            settle();
        });
        calls.on("CancelReservation", (payload, reply) -> {
            reply.status(cancel(payload.get("reservationId").intValue()));
            settle();
        });
    }

    @Override
    public void start() {
        if (!table.all().isEmpty()) {
            try {
                controller.journal().transactions(RECENT).forEach(this::consumed);
            } catch (JournalException e) {
                LOG.error("Whether a reservation was used meanwhile is not known: {}", e.getMessage());
            }
        }
        endWhere(this::expired, "its time is over");
        wishes.reservations(inForce());
        waitForExpiry();
    }

    private String reserve(ObjectNode payload) {
        int connectorId = payload.get("connectorId").intValue();
        int reservationId = payload.get("reservationId").intValue();
        String idTag = payload.get("idTag").textValue();
        Optional<Instant> until = OcppTime.parse(payload.get("expiryDate").textValue()).filter(end -> end.isAfter(time.now()));
        Optional<ChargerSnapshot> snapshot = controller.snapshot();
        boolean exists = connectorId == 0 ? configuration.flag("ReserveConnectorZeroSupported")
                : controller.connector(connectorId).isPresent();
        // The journal knows no negative id: below 0 means that there was no reservation.
        if (until.isEmpty() || snapshot.isEmpty() || !exists || idTag.isEmpty() || reservationId < 0) {
            return "Rejected";
        }
        List<Reservation> others = inForce().stream().filter(one -> one.reservationId() != reservationId).toList();
        Vacancy vacancy = Vacancy.of(snapshot.get().connectors(), others, connectorId);
        if (vacancy == Vacancy.Accepted) {
            Reservation made = new Reservation(reservationId, connectorId, idTag, payload.path("parentIdTag").asText(""), until.get());
            try {
                table.put(new Kept(made, controller.journal().newest()));
            } catch (JournalException | StoreException e) {
                LOG.error("Reservation {} cannot be kept: {}", reservationId, e.getMessage());
                return "Rejected";
            }
            LOG.info("Reservation {}: connector {} until {}", reservationId, connectorId, made.expiry());
        }
        return vacancy.name();
    }

    private String cancel(int reservationId) {
        if (!table.contains(reservationId)) {
            return "Rejected";
        }
        table.remove(reservationId);
        LOG.info("Reservation {} is cancelled", reservationId);
        return "Accepted";
    }

    private List<Reservation> inForce() {
        return table.all().stream().map(Kept::reservation).toList();
    }

    /** Looks at the charger as it is now: the one that is told of may be older than the last reservation. */
    @Override
    public void onChanged(ChargerSnapshot told) {
        if (table.all().isEmpty()) {
            return;
        }
        Optional<ChargerSnapshot> now = controller.snapshot();
        Set<String> running = now.stream().flatMap(snapshot -> snapshot.connectors().stream())
                .filter(one -> one.session() != null && one.session().transactionId() != null)
                .map(one -> one.session().transactionId()).collect(Collectors.toSet());
        seen.retainAll(running);
        running.stream().filter(id -> !seen.contains(id)).forEach(this::lookAt);
        endWhere(this::expired, "its time is over");
        // What the controller says of earlier wishes may mean another reservation of the same id.
        now.filter(snapshot -> snapshot.wishesNumber() == wishes.number()).ifPresent(snapshot -> endWhere(
                reservation -> snapshot.endedReservations().contains(reservation.reservationId()), "for the controller it is over"));
        settle();
    }

    private void lookAt(String transactionId) {
        try {
            controller.journal().transaction(transactionId).ifPresent(this::consumed);
            seen.add(transactionId);
        } catch (JournalException e) {
            LOG.warn("Whether a reservation was used is not known yet: {}", e.getMessage());
        }
    }

    private boolean expired(Reservation reservation) {
        return !reservation.expiry().isAfter(time.now());
    }

    private void consumed(TransactionRecord transaction) {
        int reservationId = transaction.started().reservationId();
        table.all().stream().filter(kept -> kept.reservation().reservationId() == reservationId
                && transaction.started().stamp().number() > kept.madeBehind()).forEach(kept -> end(kept.reservation(), "it was used"));
    }

    private void endWhere(Predicate<Reservation> over, String why) {
        inForce().stream().filter(over).forEach(reservation -> end(reservation, why));
    }

    private void end(Reservation reservation, String why) {
        table.remove(reservation.reservationId());
        LOG.info("Reservation {} ends: {}", reservation.reservationId(), why);
    }

    /** Tells the controller what has changed, and waits for what expires next. */
    private void settle() {
        List<Reservation> inForce = inForce();
        if (!inForce.equals(wishes.reservations())) {
            wishes.reservations(inForce);
            wishes.publish();
            waitForExpiry();
        }
    }

    private void waitForExpiry() {
        stop();
        inForce().stream().map(Reservation::expiry).min(Instant::compareTo).ifPresent(next -> expiry = owner.schedule(this::onExpiry,
                Math.max(1, Duration.between(time.now(), next).toMillis()), TimeUnit.MILLISECONDS));
    }

    private void onExpiry() {
        endWhere(this::expired, "its time is over");
        settle();
        // The clock may have been set back meanwhile.
        waitForExpiry();
    }

    @Override
    public void stop() {
        if (expiry != null) {
            expiry.cancel(false);
        }
    }
}
