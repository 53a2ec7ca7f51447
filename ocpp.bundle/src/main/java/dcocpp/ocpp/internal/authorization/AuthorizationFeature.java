package dcocpp.ocpp.internal.authorization;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.link.LinkState;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Reply;
import dcocpp.ocpp.internal.store.StoreException;

/** Who may charge, with what is kept for it: the cache (ClearCache) and the local list (SendLocalList, GetLocalListVersion). */
public final class AuthorizationFeature implements Feature {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationFeature.class);

    private final Configuration configuration;
    private final FrameCodec codec;
    private final TagCache cache;
    private final LocalList list;
    private final Authorizer authorizer;
    private final ListObserver observer;
    private LinkState link = LinkState.OFF;

    /** @param observer hears of conflicts with the local list and of another list */
    public AuthorizationFeature(Environment environment, ListObserver observer) {
        configuration = environment.configuration();
        codec = environment.codec();
        cache = new TagCache(environment.store(), configuration);
        list = new LocalList(environment.store(), configuration);
        authorizer = new Authorizer(environment, cache, list, observer::onConflict);
        this.observer = observer;
    }

    @Override
    public Optional<String> profile() {
        return Optional.of("LocalAuthListManagement");
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        calls.on("ClearCache", (payload, reply) -> reply.status(clearCache() ? "Accepted" : "Rejected"));
        calls.on("SendLocalList", (payload, reply) -> reply.status(take(payload)));
        calls.on("GetLocalListVersion", (payload, reply) -> version(reply));
    }

    /**
     * May this token charge? The controller is told by the request's deadline or never: while the link is being made the question waits for
     * it, and once {@link #stop} was called only an answer of the back office itself is handed on.
     */
    public void authorize(AuthorizationRequest request) {
        authorizer.authorize(request);
    }

    /** The link has another state. An attempt that failed, and a link that nobody wants, mean that there is no back office now. */
    public void onLink(LinkState state) {
        boolean failed = link == LinkState.CONNECTING && state == LinkState.WAITING;
        link = state;
        if (failed || state == LinkState.OFF) {
            authorizer.settled();
        }
    }

    /** BootNotification was answered in whatever way, or came to nothing. */
    public void onRegistration() {
        authorizer.settled();
    }

    /** The open connection is made anew by ourselves: that is not being offline. */
    public void onReconnect() {
        authorizer.unsettled();
    }

    @Override
    public void onAccepted() {
        authorizer.settled();
    }

    @Override
    public void stop() {
        authorizer.end();
    }

    /** StartTransaction of this transaction (our id) was answered with this IdTagInfo. */
    public void started(String transactionId, String idTag, JsonNode idTagInfo) {
        authorizer.judge(transactionId, TagInfo.of(idTag, idTagInfo));
    }

    /** The back office has said something of a tag in passing. */
    public void learn(String idTag, JsonNode idTagInfo) {
        authorizer.learn(TagInfo.of(idTag, idTagInfo));
    }

    private boolean clearCache() {
        if (!cache.enabled()) {
            return false;
        }
        cache.clear();
        return true;
    }

    /** OCPP 1.6, 5.10: −1 without a list. */
    private void version(Reply reply) {
        reply.result(codec.newPayload().put("listVersion", list.enabled() ? list.version() : -1));
    }

    private String take(ObjectNode payload) {
        if (!list.enabled()) {
            return "NotSupported";
        }
        boolean full = payload.get("updateType").textValue().equals("Full");
        int version = payload.get("listVersion").intValue();
        if (!full && version <= list.version()) {
            return "VersionMismatch";
        }
        Optional<List<LocalList.Line>> lines = lines(payload.path("localAuthorizationList"), full);
        // 0 and −1 are what an empty list and none at all are called.
        if (lines.isEmpty() || version < 0 || version == 0 && !lines.get().isEmpty()) {
            return "Failed";
        }
        try {
            if (!list.update(full, lines.get(), version)) {
                LOG.warn("The local list would have more than {} tags, it stays as it was", configuration.number("LocalAuthListMaxLength"));
                return "Failed";
            }
        } catch (StoreException e) {
            LOG.error("The local list stays as it was: {}", e.getMessage());
            return "Failed";
        }
        authorizer.listChanged();
        observer.onListChanged();
        LOG.info("Local list of version {}: {} tags", version, list.size());
        return "Accepted";
    }

    /** The lines of an update; empty if it cannot be meant as it is: too long, a tag twice, a tag of a full list without info. */
    private Optional<List<LocalList.Line>> lines(JsonNode tags, boolean full) {
        if (tags.size() > configuration.number("SendLocalListMaxLength")) {
            LOG.warn("A local list with {} tags is more than SendLocalListMaxLength allows", tags.size());
            return Optional.empty();
        }
        List<LocalList.Line> lines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode tag : tags) {
            String idTag = tag.get("idTag").textValue();
            JsonNode info = tag.path("idTagInfo");
            boolean removal = !info.isObject();
            if (idTag.isEmpty() || removal && full || !seen.add(idTag.toUpperCase(Locale.ROOT))) {
                LOG.warn("A local list is refused: a tag that is empty, twice in it, or without its info");
                return Optional.empty();
            }
            lines.add(new LocalList.Line(idTag, removal ? null : TagInfo.of(idTag, info)));
        }
        return Optional.of(lines);
    }
}
