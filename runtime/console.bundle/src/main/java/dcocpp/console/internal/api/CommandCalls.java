package dcocpp.console.internal.api;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.SessionSnapshot;
import dcocpp.console.internal.status.Charger;
import jakarta.servlet.http.HttpServletResponse;

/** What people may ask of the charger. A call returns when the command was carried out, or could not be. */
final class CommandCalls {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** The result comes by the deadline; this is for a controller that has broken its promise. */
    private static final Duration PATIENCE = DEADLINE.plusSeconds(5);

    private final Charger charger;

    /** Makes a command for a connector. */
    @FunctionalInterface
    private interface ForConnector {

        ChargerCommand command(String id, long deadlineNanos, ConnectorSnapshot connector) throws ApiException;
    }

    private CommandCalls(Charger charger) {
        this.charger = charger;
    }

    static List<Route> routes(Charger charger) {
        CommandCalls calls = new CommandCalls(charger);
        return List.of(
                new Route("POST", "/csms/connect", (request, variables) -> calls.connection(true)),
                new Route("POST", "/csms/disconnect", (request, variables) -> calls.connection(false)),
                calls.route("pause", (id, deadline, at) -> new ChargerCommand.Pause(id, deadline, at.connectorId())),
                calls.route("resume", (id, deadline, at) -> new ChargerCommand.Resume(id, deadline, at.connectorId())),
                calls.route("stop", (id, deadline, at) -> new ChargerCommand.RemoteStop(id, deadline, transactionId(at))),
                calls.route("unlock", (id, deadline, at) -> new ChargerCommand.Unlock(id, deadline, at.connectorId())),
                calls.route("clear", (id, deadline, at) -> new ChargerCommand.ClearFaults(id, deadline, at.connectorId())));
    }

    private Route route(String verb, ForConnector maker) {
        return new Route("POST", "/connectors/{id}/" + verb, (request, variables) -> {
            ConnectorSnapshot connector = connector(variables.get(0));
            return submit(maker.command(commandId(), deadlineNanos(), connector));
        });
    }

    private Route.Answer connection(boolean connect) throws ApiException {
        return submit(new ChargerCommand.BackOfficeConnection(commandId(), deadlineNanos(), connect));
    }

    private ConnectorSnapshot connector(String text) throws ApiException {
        int id = (int) Parameters.number(text, "the connector's id", 1, 999);
        ChargerSnapshot snapshot = charger.snapshot().orElseThrow(CommandCalls::noController);
        return snapshot.connector(id).orElseThrow(() -> new ApiException(HttpServletResponse.SC_NOT_FOUND, "there is no connector "
                + id, "one of " + snapshot.connectors().stream().map(ConnectorSnapshot::connectorId).toList()));
    }

    private static String transactionId(ConnectorSnapshot connector) throws ApiException {
        SessionSnapshot session = connector.session();
        if (session == null || !session.transactionActive()) {
            throw new ApiException(HttpServletResponse.SC_CONFLICT, "connector " + connector.connectorId()
                    + " has no running transaction", "GET /api/status shows which have");
        }
        return session.transactionId();
    }

    private static String commandId() {
        return "api-" + UUID.randomUUID();
    }

    private long deadlineNanos() {
        return charger.time().nanoTime() + Math.round(DEADLINE.toNanos() * charger.time().rate());
    }

    private Route.Answer submit(ChargerCommand command) throws ApiException {
        ChargerControl control = charger.control().orElseThrow(CommandCalls::noController);
        CommandResult result = await(control, command);
        return switch (result.outcome()) {
            case DONE -> Route.Answer.ok(Json.object().put("outcome", "done"));
            case REJECTED -> throw new ApiException(HttpServletResponse.SC_CONFLICT, "rejected: " + result.reason(),
                    "try again when the charger's state allows it; GET /api/status shows it");
            case NOT_SUPPORTED -> throw new ApiException(HttpServletResponse.SC_CONFLICT, "not supported: " + result.reason(),
                    "this charger is not built for it");
            case EXPIRED -> throw late();
            default -> throw new ApiException(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "failed: " + result.reason(),
                    "see the log");
        };
    }

    private static CommandResult await(ChargerControl control, ChargerCommand command) throws ApiException {
        try {
            return control.submit(command).toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the controller failed to carry out " + command.commandId(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the charger is stopping", "try again later");
        }
    }

    private static ApiException late() {
        return new ApiException(HttpServletResponse.SC_GATEWAY_TIMEOUT, "not done within " + DEADLINE.toSeconds()
                + " seconds; it will not be done any more", "GET /api/status shows the charger's state");
    }

    private static ApiException noController() {
        return new ApiException(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the controller is not there",
                "is the bundle dcocpp.controller active?");
    }
}
