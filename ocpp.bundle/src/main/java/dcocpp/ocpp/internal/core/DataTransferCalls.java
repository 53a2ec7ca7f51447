package dcocpp.ocpp.internal.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.DataTransferAnswer;
import dcocpp.api.backoffice.DataTransferRequest;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Reply;

/** DataTransfer: handed to the vendor's handler, answered by it or, when it takes too long, for it. Used on the owner thread only. */
final class DataTransferCalls implements Feature {
    private static final Logger LOG = LoggerFactory.getLogger(DataTransferCalls.class);

    /** Real time, as {@link dcocpp.api.backoffice.DataTransferHandler} promises it. */
    private static final Duration BUDGET = Duration.ofSeconds(10);

    private final DataTransferHandlers handlers;
    private final FrameCodec codec;
    private final ScheduledExecutorService owner;
    private final long budgetNanos;

    DataTransferCalls(Environment environment, DataTransferHandlers handlers) {
        this.handlers = handlers;
        codec = environment.codec();
        owner = environment.owner();
        budgetNanos = Math.round(BUDGET.toNanos() * environment.time().rate());
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        calls.on("DataTransfer", this::handle);
    }

    private void handle(ObjectNode payload, Reply reply) {
        DataTransferRequest request = new DataTransferRequest(payload.get("vendorId").textValue(), payload.path("messageId").asText(""),
                payload.path("data").asText(""));
        Optional<CompletableFuture<DataTransferAnswer>> answer = handlers.ask(request);
        if (answer.isEmpty()) {
            reply.status("UnknownVendorId");
            return;
        }
        ScheduledFuture<?> timer = owner.schedule(() -> {
            if (answer.get().complete(new DataTransferAnswer(DataTransferAnswer.Status.REJECTED, ""))) {
                LOG.warn("The handler of {} takes longer than {} s: Rejected", request.vendorId(), BUDGET.toSeconds());
            }
        }, budgetNanos, TimeUnit.NANOSECONDS);
        answer.get().thenAcceptAsync(given -> {
            timer.cancel(false);
            ObjectNode result = codec.newPayload().put("status", status(given.status()));
            if (!given.data().isEmpty()) {
                result.put("data", given.data());
            }
            reply.result(result);
        }, owner);
    }

    private static String status(DataTransferAnswer.Status status) {
        return switch (status) {
            case ACCEPTED -> "Accepted";
            case UNKNOWN_MESSAGE_ID -> "UnknownMessageId";
            default -> "Rejected";
        };
    }
}
