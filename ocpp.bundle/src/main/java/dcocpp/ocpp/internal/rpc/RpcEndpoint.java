package dcocpp.ocpp.internal.rpc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.message.InvalidPayloadException;
import dcocpp.ocpp.internal.message.MessageType;
import dcocpp.ocpp.internal.message.Schema;

/**
 * OCPP-J over one connection: at most one CALL under way in each direction, answers matched by id, late ones ignored.
 * One instance lives exactly as long as one connection, so nothing of an old connection reaches a new one. All methods
 * are called on the owner thread.
 */
public final class RpcEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(RpcEndpoint.class);

    private final FrameCodec codec;
    private final FrameWriter writer = new FrameWriter();
    private final Wire wire;
    private final ScheduledExecutorService owner;
    private final RpcSettings settings;
    private final CallHandler handler;
    private final Runnable onIdle;

    private final UUID firstId = UUID.randomUUID();
    private long calls;
    private final Deque<Frame.Call> waiting = new ArrayDeque<>();
    private Outgoing outgoing;
    private Incoming incoming;
    private boolean closed;

    /** A CALL of ours that waits for its answer. */
    private static final class Outgoing {
        private final String id;
        private final MessageType type;
        private final Consumer<Outcome> then;
        private ScheduledFuture<?> timeout;

        private Outgoing(String id, MessageType type, Consumer<Outcome> then) {
            this.id = id;
            this.type = type;
            this.then = then;
        }
    }

    /**
     * @param onIdle called whenever a next CALL may be sent
     */
    public RpcEndpoint(FrameCodec codec, Wire wire, ScheduledExecutorService owner, RpcSettings settings,
            CallHandler handler, Runnable onIdle) {
        this.codec = codec;
        this.wire = wire;
        this.owner = owner;
        this.settings = settings;
        this.handler = handler;
        this.onIdle = onIdle;
    }

    /** Whether a CALL may be sent: none of ours is under way and we owe no answer. */
    public boolean idle() {
        return !closed && outgoing == null && incoming == null;
    }

    /**
     * Sends a CALL under a fresh id. Only when {@link #idle()}.
     *
     * @param then hears how it ended, exactly once
     * @throws InvalidPayloadException if the payload breaks its schema; nothing was sent, and {@code then} hears nothing
     */
    public void call(MessageType type, ObjectNode payload, Consumer<Outcome> then) throws InvalidPayloadException {
        if (!idle()) {
            throw new IllegalStateException("a call is under way: " + type.action() + " has to wait");
        }
        String id = nextId();
        String text = writer.call(id, type, payload);
        Outgoing call = new Outgoing(id, type, then);
        outgoing = call;
        try {
            wire.send(text);
        } finally {
            // Here, and in finish(), the time limit comes last: the message does not wait for the timer.
            if (outgoing == call) {
                call.timeout = owner.schedule(() -> timedOut(call), settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Never the same again, on this connection or another; drawn once per connection, as random numbers of that quality take time. */
    private String nextId() {
        return new UUID(firstId.getMostSignificantBits(), firstId.getLeastSignificantBits() + calls++).toString();
    }

    private void timedOut(Outgoing call) {
        if (outgoing == call) {
            LOG.warn("No answer to {} within {}", call.type.action(), settings.callTimeout());
            finish(new Outcome.TimedOut());
        }
    }

    private void finish(Outcome outcome) {
        Outgoing done = outgoing;
        outgoing = null;
        try {
            done.then.accept(outcome);
        } catch (RuntimeException e) {
            LOG.error("Taking the outcome of {} failed", done.type.action(), e);
        }
        try {
            signalIdle();
        } finally {
            if (done.timeout != null) {
                done.timeout.cancel(false);
            }
        }
    }

    /** Takes a text message. */
    public void onText(String text) {
        if (closed) {
            return;
        }
        Frame frame;
        try {
            frame = codec.decode(text, this::called);
        } catch (BadFrameException e) {
            onBadFrame(e);
            return;
        }
        if (frame instanceof Frame.Call call) {
            onCall(call);
        } else {
            onAnswer(frame);
        }
    }

    private Optional<MessageType> called(String id) {
        return Optional.ofNullable(outgoing).filter(call -> call.id.equals(id)).map(call -> call.type);
    }

    /** Takes note of a message that is not to be read: binary, or too large. */
    public void onUnreadable(String reason) {
        if (!closed) {
            LOG.warn("Refused a message: {}", reason);
            refuse(BadFrameException.UNKNOWN_ID, ErrorCode.GenericError, reason);
            handler.onInvalid(reason);
        }
    }

    private void onBadFrame(BadFrameException e) {
        LOG.warn("Bad frame, id {}: {}", e.id(), e.getMessage());
        switch (e.kind()) {
            case CALL -> refuse(e.id(), e.code(), e.getMessage());
            case ANSWER -> {
                if (outgoing != null && outgoing.id.equals(e.id())) {
                    finish(new Outcome.Unusable(e.getMessage()));
                }
            }
            case OTHER -> {
                // OCPP-J 4.1.3: a message type that is not known is ignored.
            }
        }
        handler.onInvalid(e.getMessage());
    }

    private void onAnswer(Frame frame) {
        if (outgoing == null || !outgoing.id.equals(frame.id())) {
            LOG.info("Ignored an answer to no call of ours, id {}", frame.id());
            return;
        }
        if (frame instanceof Frame.Failure failure) {
            LOG.warn("{} refused: {} {}", outgoing.type.action(), failure.code(), failure.description());
            finish(new Outcome.Refused(failure.code(), failure.description()));
        } else if (frame instanceof Frame.Result result) {
            String fault = result.findings().faultText();
            finish(fault == null ? new Outcome.Answered(result.payload()) : unusable(result.payload(), fault));
        }
    }

    private Outcome unusable(ObjectNode payload, String fault) {
        LOG.warn("The answer to {} is not as it should be: {}", outgoing.type.action(), fault);
        Schema schema = outgoing.type.confirmation();
        ObjectNode right = schema.withoutFaults(payload);
        return new Outcome.Unusable(fault, right, schema.check(right).faults().isEmpty());
    }

    private void onCall(Frame.Call call) {
        if (waiting.size() >= settings.maxWaitingCalls()) {
            refuse(call.id(), ErrorCode.GenericError, settings.maxWaitingCalls()
                    + " calls wait for their answer already; send one at a time");
            return;
        }
        waiting.add(call);
        handleNext();
    }

    private void handleNext() {
        while (incoming == null && !closed && !waiting.isEmpty()) {
            Incoming next = new Incoming(waiting.remove());
            incoming = next;
            try {
                handler.onCall(next.call, next);
            } catch (RuntimeException e) {
                LOG.error("Handling {} failed", next.call.action(), e);
                next.error(ErrorCode.InternalError, "handling the request failed");
            }
            if (incoming == next) {
                next.guard();
            }
        }
        signalIdle();
    }

    private void refuse(String id, ErrorCode code, String description) {
        wire.send(writer.failure(id, code, description));
    }

    private void signalIdle() {
        if (idle()) {
            onIdle.run();
        }
    }

    /** Ends with the connection: the call under way has failed, calls not yet answered are forgotten. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        waiting.clear();
        if (incoming != null) {
            incoming.forget();
        }
        if (outgoing != null) {
            finish(new Outcome.Disconnected());
        }
    }

    /** The call that is being answered. */
    private final class Incoming implements Reply {
        private final Frame.Call call;
        private ScheduledFuture<?> guard;
        private boolean answered;

        private Incoming(Frame.Call call) {
            this.call = call;
        }

        /** An answer that comes too late makes some back offices close the connection: better a plain failure. */
        private void guard() {
            guard = owner.schedule(() -> error(ErrorCode.InternalError, "the charger did not get to an answer in time"),
                    settings.replyTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }

        private void forget() {
            answered = true;
            incoming = null;
            if (guard != null) {
                guard.cancel(false);
            }
        }

        /** Some back offices close the connection over an answer that breaks its schema: better a plain failure. */
        @Override
        public void result(ObjectNode payload) {
            try {
                answer(writer.result(call.id(), call.type().orElseThrow(), payload));
            } catch (InvalidPayloadException e) {
                LOG.error("The answer to {} is not sent, {}", call.action(), e.getMessage());
                error(ErrorCode.InternalError, "the answer could not be made");
            }
        }

        @Override
        public void error(ErrorCode code, String description) {
            answer(writer.failure(call.id(), code, description));
        }

        @Override
        public void withhold() {
            answer(null);
        }

        /** @param text null to withhold the answer */
        private void answer(String text) {
            if (answered) {
                return;
            }
            boolean later = guard != null;
            forget();
            if (text != null) {
                wire.send(text);
            }
            if (later) {
                handleNext();
            }
        }
    }
}
