package dcocpp.ocpp.internal.authorization;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Outcome;
import dcocpp.ocpp.internal.store.StoreException;

/**
 * Decides who may charge: what list or cache accept where LocalPreAuthorize allows it, else what the back office says, and without it
 * what list, cache and the keys for being offline say. The list has precedence over the cache.
 *
 * <p>Being offline is a finding, not a default: while the link is still being made, after a start or a reset, questions wait; and a charge
 * point that ends leaves them open to whoever comes next. Used on the owner thread only.
 */
final class Authorizer {
    private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);

    private final Outbox outbox;
    private final Configuration configuration;
    private final FrameCodec codec;
    private final TimeSource time;
    private final BackOfficeInbox inbox;
    private final TagCache cache;
    private final LocalList list;
    private final Consumer<String> onConflict;
    /** Tags of which the back office knows that it contradicts its own list. */
    private final Set<String> conflicts = new HashSet<>();
    /** What was asked before it was known whether there is a back office. */
    private final List<AuthorizationRequest> waiting = new ArrayList<>();
    private boolean settled;
    private boolean ending;

    /** @param onConflict told a tag when the back office says of it what its list does not */
    Authorizer(Environment environment, TagCache cache, LocalList list, Consumer<String> onConflict) {
        outbox = environment.outbox();
        configuration = environment.configuration();
        codec = environment.codec();
        time = environment.time();
        inbox = environment.controller().inbox();
        this.cache = cache;
        this.list = list;
        this.onConflict = onConflict;
    }

    void authorize(AuthorizationRequest request) {
        String idTag = request.token().idTag();
        Optional<TagInfo> known = known(idTag);
        if (!outbox.online()) {
            unreachable(request, known);
        } else if (configuration.flag("LocalPreAuthorize") && known.isPresent() && known.get().verdict(time.now()) == Verdict.ACCEPTED) {
            keepLonger(idTag);
            answer(request, Verdict.ACCEPTED, known.get().parentIdTag());
        } else if (!late(request)) {
            // A refusal of list or cache may be out of date: the back office is asked (OCPP 1.6, 3.5.1).
            ask(request, idTag);
        }
    }

    /** The link is being made, on purpose: questions wait until it is, or cannot be. */
    void unsettled() {
        settled = false;
    }

    /** There is a back office, or it is known that there is none now: whoever waits is answered. */
    void settled() {
        settled = true;
        List<AuthorizationRequest> asked = List.copyOf(waiting);
        waiting.clear();
        asked.forEach(this::authorize);
    }

    /** From now on only the back office itself is heard: another charge point is asked again, and may reach it. */
    void end() {
        ending = true;
    }

    private void unreachable(AuthorizationRequest request, Optional<TagInfo> known) {
        if (ending) {
            LOG.debug("Token at connector {}: left to whoever comes next", request.connectorId());
        } else if (settled) {
            offline(request, known);
        } else {
            waiting.removeIf(this::late);
            waiting.add(request);
        }
    }

    private Optional<TagInfo> known(String idTag) {
        return list.find(idTag).or(() -> cache.find(idTag));
    }

    private void ask(AuthorizationRequest request, String idTag) {
        ObjectNode payload = codec.newPayload();
        payload.put("idTag", idTag);
        outbox.send(Priority.URGENT, "Authorize", payload, outcome -> {
            if (outcome instanceof Outcome.Answered answered) {
                TagInfo info = TagInfo.of(idTag, answered.payload().get("idTagInfo"));
                learn(info);
                answer(request, info.verdict(), groupOf(info, info.verdict()));
            } else if (outcome instanceof Outcome.Disconnected) {
                unreachable(request, known(idTag));
            } else {
                answer(request, Verdict.INVALID, "");
            }
        });
    }

    private void offline(AuthorizationRequest request, Optional<TagInfo> known) {
        boolean strangers = configuration.flag("AllowOfflineTxForUnknownId");
        if (known.isEmpty()) {
            answer(request, strangers ? Verdict.ACCEPTED : Verdict.INVALID, "");
            return;
        }
        keepLonger(known.get().idTag());
        Verdict kept = known.get().verdict(time.now());
        // ConcurrentTx said that the tag was in use when it was asked about; the tag is good, as OCPP 1.6, 3.5.2 has it of the list.
        Verdict verdict = TagInfo.valid(kept) ? Verdict.ACCEPTED : kept;
        boolean local = configuration.flag("LocalAuthorizeOffline");
        // OCPP 1.6, 3.6: a tag that is known not to be valid is not unknown. One that is known to be good need not be worse than it.
        boolean counts = local || verdict == Verdict.ACCEPTED && strangers;
        answer(request, counts ? verdict : Verdict.INVALID, groupOf(known.get(), verdict));
    }

    /** Whoever is known to belong to the group of a transaction may stop it, whether or not he may start one now. */
    private static String groupOf(TagInfo tag, Verdict verdict) {
        return TagInfo.valid(verdict) ? tag.parentIdTag() : "";
    }

    private void answer(AuthorizationRequest request, Verdict verdict, String parentIdTag) {
        if (late(request)) {
            LOG.info("Token at connector {}: {}, too late to be of use", request.connectorId(), verdict);
            return;
        }
        LOG.info("Token at connector {}: {}", request.connectorId(), verdict);
        inbox.authorized(new AuthorizationAnswer(request.requestId(), verdict, parentIdTag));
    }

    private boolean late(AuthorizationRequest request) {
        return time.nanoTime() - request.deadlineNanos() > 0;
    }

    /** StartTransaction was answered. */
    void judge(String transactionId, TagInfo info) {
        learn(info);
        boolean stop = info.verdict() != Verdict.ACCEPTED && configuration.flag("StopTransactionOnInvalidId");
        inbox.judged(new TransactionVerdict(transactionId, info.verdict(), info.parentIdTag(), stop,
                configuration.number("MaxEnergyOnInvalidId")));
    }

    /**
     * Takes what the back office says of a tag into the cache. What is in the list does not get there (OCPP 1.6, 3.5.3); if the list
     * says otherwise, the back office is told so, once for each list.
     */
    void learn(TagInfo said) {
        Optional<TagInfo> listed = list.find(said.idTag());
        try {
            if (listed.isPresent()) {
                boolean conflict = TagInfo.valid(listed.get().verdict(time.now())) != TagInfo.valid(said.verdict());
                if (conflict && conflicts.add(said.idTag().toUpperCase(Locale.ROOT))) {
                    onConflict.accept(said.idTag());
                }
            } else if (cache.enabled()) {
                cache.put(said, time.now());
            }
        } catch (StoreException e) {
            // The answer counts all the same.
            LOG.error("A tag is not kept in the cache: {}", e.getMessage());
        }
    }

    /** There is another list: what contradicts it is worth telling again. */
    void listChanged() {
        conflicts.clear();
    }

    private void keepLonger(String idTag) {
        try {
            cache.used(idTag);
        } catch (StoreException e) {
            LOG.warn("The cache does not take note of a use: {}", e.getMessage());
        }
    }
}
