package dcocpp.csms;

import eu.chargetime.ocpp.AuthenticationException;
import eu.chargetime.ocpp.CallErrorException;
import eu.chargetime.ocpp.FeatureRepository;
import eu.chargetime.ocpp.JSONCommunicator;
import eu.chargetime.ocpp.NotConnectedException;
import eu.chargetime.ocpp.OccurenceConstraintException;
import eu.chargetime.ocpp.Server;
import eu.chargetime.ocpp.ServerEvents;
import eu.chargetime.ocpp.UnsupportedFeatureException;
import eu.chargetime.ocpp.feature.Feature;
import eu.chargetime.ocpp.model.Request;
import eu.chargetime.ocpp.model.SessionInformation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Which charge point is at which session of the library, and the calls that wait for a charge point's answer. */
final class Sessions implements ServerEvents {

    private static final int CALL_TIMEOUT_SECONDS = 30;

    private final FeatureRepository features;
    private final Supplier<CsmsPolicy> policy;
    private final JSONCommunicator codec = new JSONCommunicator(null);
    private final Map<UUID, String> chargePoints = new ConcurrentHashMap<>();
    private final Map<String, UUID> current = new ConcurrentHashMap<>();
    private final Map<CompletableFuture<String>, UUID> waiting = new ConcurrentHashMap<>();

    Sessions(FeatureRepository features, Supplier<CsmsPolicy> policy) {
        this.features = features;
        this.policy = policy;
    }

    @Override
    public void authenticateSession(SessionInformation information, String user, byte[] password) throws AuthenticationException {
        Optional<String> wanted = policy.get().password();
        if (wanted.isEmpty()) {
            return;
        }
        boolean right = information.getIdentifier().equals(user) && password != null
                && MessageDigest.isEqual(wanted.get().getBytes(StandardCharsets.UTF_8), password);
        if (!right) {
            throw new AuthenticationException(401, "wrong charge point id or password");
        }
    }

    @Override
    public void newSession(UUID session, SessionInformation information) {
        chargePoints.put(session, information.getIdentifier());
        current.put(information.getIdentifier(), session);
    }

    @Override
    public void lostSession(UUID session) {
        String chargePointId = chargePoints.get(session);
        if (chargePointId != null) {
            current.remove(chargePointId, session);
        }
        waiting.forEach((call, its) -> {
            if (its.equals(session)) {
                call.completeExceptionally(new IllegalStateException(chargePointId + " went away before it answered"));
            }
        });
    }

    /** The charge point of a session; also known when it has just gone, for a last message that is still worked on. */
    String chargePoint(UUID session) {
        return chargePoints.getOrDefault(session, "");
    }

    Set<String> connected() {
        return Set.copyOf(current.keySet());
    }

    /** Sends a call and gives the payload of its answer as JSON. */
    CompletableFuture<String> call(Server server, String chargePointId, String action, String payload) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        UUID session = current.get(chargePointId);
        if (session == null) {
            answer.completeExceptionally(new IllegalStateException(chargePointId + " is not connected"));
            return answer;
        }
        waiting.put(answer, session);
        answer.orTimeout(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS).whenComplete((ok, failed) -> waiting.remove(answer));
        try {
            server.send(session, request(action, payload)).whenComplete((confirmation, failed) -> {
                if (failed == null) {
                    answer.complete(codec.packPayload(confirmation).toString());
                } else {
                    answer.completeExceptionally(refused(action, failed));
                }
            });
        } catch (NotConnectedException gone) {
            answer.completeExceptionally(new IllegalStateException(chargePointId + " is not connected", gone));
        } catch (UnsupportedFeatureException | OccurenceConstraintException | IllegalArgumentException wrong) {
            answer.completeExceptionally(new IllegalArgumentException(
                    action + " cannot be sent with " + payload + ": unknown action, or a required field is missing or wrong", wrong));
        }
        return answer;
    }

    private Request request(String action, String payload) {
        Feature feature = features.findFeature(action)
                .orElseThrow(() -> new IllegalArgumentException(action + " is no action of OCPP 1.6"));
        try {
            return codec.unpackPayload(payload, feature.getRequestType());
        } catch (Exception unreadable) {
            throw new IllegalArgumentException(payload + " is no payload of " + action, unreadable);
        }
    }

    private static Throwable refused(String action, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof CallErrorException error
                ? new CallRefusedException(action, error.getErrorCode(), error.getErrorDescription())
                : cause;
    }
}
