package dcocpp.ocpp.internal.core;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.Reservation;
import dcocpp.api.journal.Token;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.SessionPhase;
import dcocpp.api.session.SessionSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Controller;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.feature.Wishes;
import dcocpp.ocpp.internal.rpc.Reply;
import dcocpp.ocpp.internal.smartcharging.SmartCharging;
import dcocpp.ocpp.internal.store.StoredTransaction;
import dcocpp.ocpp.internal.transaction.TransactionTable;

/**
 * The calls that make the charger do something. They are answered from the latest snapshot before anything happens;
 * UnlockConnector alone waits for the lock. Used on the owner thread only.
 */
final class CommandCalls implements Feature {
    private static final Logger LOG = LoggerFactory.getLogger(CommandCalls.class);

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(60);
    /** How long a transaction may take to end before a reset, contactors and all. */
    private static final Duration ENDING = Duration.ofSeconds(30);
    private static final Duration UNLOCK_DEADLINE = Duration.ofSeconds(10);

    private final Controller controller;
    private final Configuration configuration;
    private final TransactionTable transactions;
    private final Wishes wishes;
    private final TimeSource time;
    private final ScheduledExecutorService owner;
    private final SmartCharging smartCharging;
    private final Surroundings surroundings;
    /** From an accepted Reset until it has happened or come to nothing: nothing new begins. */
    private boolean resetting;

    /** What these calls need of the rest of the charge point. */
    interface Surroundings {

        /** The back office has accepted us. */
        boolean accepted();

        /** A reset begins, or it has come to nothing. */
        void resetting(boolean underWay);
    }

    CommandCalls(Environment environment, SmartCharging smartCharging, Surroundings surroundings) {
        controller = environment.controller();
        configuration = environment.configuration();
        transactions = environment.transactions();
        wishes = environment.wishes();
        time = environment.time();
        owner = environment.owner();
        this.smartCharging = smartCharging;
        this.surroundings = surroundings;
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        calls.on("RemoteStartTransaction", this::remoteStart);
        calls.on("RemoteStopTransaction", this::remoteStop);
        calls.on("UnlockConnector", this::unlock);
        calls.on("ChangeAvailability", this::changeAvailability);
        calls.on("Reset", this::reset);
    }

    @Override
    public void start() {
        tellPlugInTimeout();
    }

    @Override
    public void onKeyChanged(String key) {
        if (key.equals("ConnectionTimeOut")) {
            tellPlugInTimeout();
        }
    }

    private void tellPlugInTimeout() {
        controller.inbox().plugInTimeout(Duration.ofSeconds(configuration.number("ConnectionTimeOut")));
    }

    private void remoteStart(ObjectNode payload, Reply reply) {
        boolean anywhere = !payload.hasNonNull("connectorId");
        int connectorId = payload.path("connectorId").intValue();
        String idTag = payload.get("idTag").textValue();
        boolean possible = surroundings.accepted() && !resetting && !idTag.isEmpty() && controller.snapshot()
                .map(snapshot -> anywhere
                        ? snapshot.connectors().stream().anyMatch(connector -> usable(connector, idTag))
                        : snapshot.connector(connectorId).filter(connector -> usable(connector, idTag)).isPresent())
                .orElse(false) && smartCharging.takeProfileOf(payload);
        reply.status(possible ? "Accepted" : "Rejected");
        if (possible) {
            submit(new ChargerCommand.RemoteStart(Controller.newCommandId(),
                    deadline(Duration.ofSeconds(configuration.number("ConnectionTimeOut"))), connectorId,
                    new Token(idTag, Token.Source.REMOTE_START), !configuration.flag("AuthorizeRemoteTxRequests")),
                    () -> smartCharging.remoteStartFailed(payload));
        }
    }

    /** Free, plugged and waiting for somebody, or reserved for this tag; a card or a vehicle that is still asked about gives way. */
    private boolean usable(ConnectorSnapshot connector, String idTag) {
        SessionSnapshot session = connector.session();
        boolean taken = session != null && (session.transactionId() != null || session.token() != null
                && (session.phase() != SessionPhase.AUTHORIZING || session.token().source() == Token.Source.REMOTE_START));
        return !taken && switch (connector.status()) {
            case AVAILABLE, PREPARING -> true;
            case RESERVED -> wishes.reservations().stream().anyMatch(reservation -> mayUse(reservation, connector.connectorId(), idTag));
            default -> false;
        };
    }

    /** To which group a tag belongs is seen when it is asked about. */
    private static boolean mayUse(Reservation reservation, int connectorId, String idTag) {
        return (reservation.connectorId() == connectorId || reservation.connectorId() == 0)
                && (reservation.idTag().equalsIgnoreCase(idTag) || !reservation.parentIdTag().isEmpty());
    }

    private void remoteStop(ObjectNode payload, Reply reply) {
        Optional<StoredTransaction> transaction = transactions.findRemote(payload.get("transactionId").intValue())
                .filter(found -> surroundings.accepted() && controller.connector(found.connectorId())
                        .filter(connector -> runs(connector, found.transactionId())).isPresent());
        reply.status(transaction.isPresent() ? "Accepted" : "Rejected");
        transaction.ifPresent(found -> submit(new ChargerCommand.RemoteStop(Controller.newCommandId(), deadline(STOP_DEADLINE),
                found.transactionId()), () -> { }));
    }

    private static boolean runs(ConnectorSnapshot connector, String transactionId) {
        return connector.session() != null && connector.session().transactionActive()
                && connector.session().transactionId().equals(transactionId);
    }

    private void unlock(ObjectNode payload, Reply reply) {
        int connectorId = payload.get("connectorId").intValue();
        if (controller.connector(connectorId).isEmpty()) {
            reply.status("NotSupported");
            return;
        }
        // Real seconds: the back office waits for the answer.
        long wait = Math.round(UNLOCK_DEADLINE.toNanos() * time.rate());
        controller.control().submit(new ChargerCommand.Unlock(Controller.newCommandId(), time.nanoTime() + wait, connectorId))
                .whenCompleteAsync((result, failure) -> {
                    reply.status(failure != null ? "UnlockFailed" : switch (result.outcome()) {
                        case DONE -> "Unlocked";
                        case NOT_SUPPORTED -> "NotSupported";
                        default -> "UnlockFailed";
                    });
                }, owner);
    }

    private void changeAvailability(ObjectNode payload, Reply reply) {
        int connectorId = payload.get("connectorId").intValue();
        boolean operative = payload.get("type").textValue().equals("Operative");
        Optional<ChargerSnapshot> snapshot = controller.snapshot()
                .filter(found -> connectorId == 0 || found.connector(connectorId).isPresent());
        if (snapshot.isEmpty()) {
            reply.status("Rejected");
            return;
        }
        Set<Integer> concerned = new TreeSet<>();
        concerned.add(connectorId);
        if (connectorId == 0) {
            snapshot.get().connectors().forEach(connector -> concerned.add(connector.connectorId()));
        }
        boolean scheduled = !operative && snapshot.get().connectors().stream()
                .anyMatch(connector -> concerned.contains(connector.connectorId()) && connector.session() != null
                        && connector.session().transactionActive());
        wishes.operative(concerned, operative);
        reply.status(scheduled ? "Scheduled" : "Accepted");
        wishes.publish();
    }

    private void reset(ObjectNode payload, Reply reply) {
        boolean hard = payload.get("type").textValue().equals("Hard");
        boolean possible = controller.snapshot().isPresent();
        reply.status(possible ? "Accepted" : "Rejected");
        if (possible) {
            resetting = true;
            surroundings.resetting(true);
            submitReset(hard, configuration.number("ResetRetries"));
        }
    }

    private void submitReset(boolean hard, int retries) {
        // Real seconds: it is the back office that is waited for.
        long telling = Math.round(configuration.number("WaitForStopTransactionsOnResetTimeout") * 1000 * time.rate());
        Duration patience = ENDING.plusMillis(telling);
        controller.control().submit(new ChargerCommand.Reset(Controller.newCommandId(), deadline(patience), hard))
                .whenCompleteAsync((result, failure) -> {
                    report("Reset", result, failure);
                    boolean done = failure == null && result.outcome() == CommandResult.Outcome.DONE;
                    if (!done && retries > 0) {
                        submitReset(hard, retries - 1);
                        return;
                    }
                    resetting = false;
                    if (!done) {
                        surroundings.resetting(false);
                    }
                }, owner);
    }

    /** @param failed runs if the command does not end well */
    private void submit(ChargerCommand command, Runnable failed) {
        controller.control().submit(command).whenCompleteAsync((result, failure) -> {
            report(command.getClass().getSimpleName(), result, failure);
            if (failure != null || result.outcome() != CommandResult.Outcome.DONE) {
                failed.run();
            }
        }, owner);
    }

    private static void report(String command, CommandResult result, Throwable failure) {
        if (failure != null) {
            LOG.warn("{} failed", command, failure);
        } else if (result.outcome() != CommandResult.Outcome.DONE) {
            LOG.warn("{} ended {}: {}", command, result.outcome(), result.reason());
        }
    }

    private long deadline(Duration patience) {
        return time.nanoTime() + patience.toNanos();
    }
}
