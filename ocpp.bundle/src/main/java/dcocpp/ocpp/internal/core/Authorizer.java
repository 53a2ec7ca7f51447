package dcocpp.ocpp.internal.core;

import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Outcome;
import dcocpp.ocpp.internal.store.CachedToken;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.store.StoreException;

/**
 * Decides who may charge: what the cache accepts where LocalPreAuthorize allows it, else what the back office says, and
 * without it what the keys for being offline say. Used on the owner thread only.
 */
final class Authorizer {
    private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);

    private final Outbox outbox;
    private final Configuration configuration;
    private final OcppStore store;
    private final FrameCodec codec;
    private final TimeSource time;
    private final BackOfficeInbox inbox;

    Authorizer(Environment environment) {
        outbox = environment.outbox();
        configuration = environment.configuration();
        store = environment.store();
        codec = environment.codec();
        time = environment.time();
        inbox = environment.controller().inbox();
    }

    void authorize(AuthorizationRequest request) {
        String idTag = request.token().idTag();
        Optional<CachedToken> cached = cached(idTag);
        if (!outbox.online()) {
            answer(request, offline(cached), parent(cached));
        } else if (configuration.flag("LocalPreAuthorize") && cached.isPresent() && verdict(cached.get()) == Verdict.ACCEPTED) {
            answer(request, Verdict.ACCEPTED, parent(cached));
        } else {
            ask(request, idTag);
        }
    }

    private void ask(AuthorizationRequest request, String idTag) {
        ObjectNode payload = codec.newPayload();
        payload.put("idTag", idTag);
        outbox.send(Priority.URGENT, "Authorize", payload, outcome -> {
            if (outcome instanceof Outcome.Answered answered) {
                JsonNode info = answered.payload().get("idTagInfo");
                learn(idTag, info);
                answer(request, verdict(info), info.path("parentIdTag").asText(""));
            } else if (outcome instanceof Outcome.Disconnected) {
                Optional<CachedToken> cached = cached(idTag);
                answer(request, offline(cached), parent(cached));
            } else {
                answer(request, Verdict.INVALID, "");
            }
        });
    }

    private Verdict offline(Optional<CachedToken> cached) {
        if (cached.isPresent() && configuration.flag("LocalAuthorizeOffline")) {
            return verdict(cached.get());
        }
        // A tag that the back office has refused is not unknown.
        boolean refused = cached.isPresent() && verdict(cached.get()) != Verdict.ACCEPTED;
        return configuration.flag("AllowOfflineTxForUnknownId") && !refused ? Verdict.ACCEPTED : Verdict.INVALID;
    }

    private void answer(AuthorizationRequest request, Verdict verdict, String parentIdTag) {
        LOG.info("Token at connector {}: {}", request.connectorId(), verdict);
        inbox.authorized(new AuthorizationAnswer(request.requestId(), verdict, parentIdTag));
    }

    /** StartTransaction was answered. */
    void judge(String transactionId, String idTag, JsonNode info) {
        learn(idTag, info);
        Verdict verdict = verdict(info);
        boolean stop = verdict != Verdict.ACCEPTED && configuration.flag("StopTransactionOnInvalidId");
        inbox.judged(new TransactionVerdict(transactionId, verdict, info.path("parentIdTag").asText(""), stop));
    }

    /** Takes what the back office says of a tag into the cache. */
    void learn(String idTag, JsonNode info) {
        if (configuration.flag("AuthorizationCacheEnabled")) {
            CachedToken token = new CachedToken(idTag, info.get("status").textValue(), info.path("parentIdTag").asText(""),
                    OcppTime.parse(info.path("expiryDate").asText("")).orElse(null));
            try {
                store.write(writer -> writer.token(token));
            } catch (StoreException e) {
                // The answer counts all the same.
                LOG.error("A tag is not kept in the cache: {}", e.getMessage());
            }
        }
    }

    /** Empties the cache; false if there is none. */
    boolean clear() {
        if (!configuration.flag("AuthorizationCacheEnabled")) {
            return false;
        }
        store.write(OcppStore.Writer::clearTokens);
        return true;
    }

    private Optional<CachedToken> cached(String idTag) {
        return configuration.flag("AuthorizationCacheEnabled") ? store.token(idTag) : Optional.empty();
    }

    private static String parent(Optional<CachedToken> cached) {
        return cached.map(CachedToken::parentIdTag).orElse("");
    }

    private Verdict verdict(CachedToken token) {
        boolean expired = token.expiry() != null && !time.now().isBefore(token.expiry());
        return expired ? Verdict.EXPIRED : verdict(token.status());
    }

    private static Verdict verdict(JsonNode idTagInfo) {
        return verdict(idTagInfo.get("status").textValue());
    }

    private static Verdict verdict(String status) {
        return status.equals("ConcurrentTx") ? Verdict.CONCURRENT : Verdict.valueOf(status.toUpperCase(Locale.ROOT));
    }
}
