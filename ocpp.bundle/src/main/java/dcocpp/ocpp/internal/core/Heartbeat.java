package dcocpp.ocpp.internal.core;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Outcome;

/** Sends a Heartbeat every HeartbeatInterval while we are accepted. Used on the owner thread only. */
final class Heartbeat {
    private final Outbox outbox;
    private final Configuration configuration;
    private final FrameCodec codec;
    private final ScheduledExecutorService owner;
    private final Consumer<String> onTime;
    private ScheduledFuture<?> timer;

    Heartbeat(Outbox outbox, Configuration configuration, FrameCodec codec, ScheduledExecutorService owner,
            Consumer<String> onTime) {
        this.outbox = outbox;
        this.configuration = configuration;
        this.codec = codec;
        this.owner = owner;
        this.onTime = onTime;
    }

    /** Begins, or begins anew with another interval. */
    void restart() {
        stop();
        int interval = configuration.number("HeartbeatInterval");
        if (interval > 0 && outbox.online()) {
            timer = owner.schedule(() -> {
                send(Priority.URGENT);
                restart();
            }, interval, TimeUnit.SECONDS);
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    void send(Priority priority) {
        outbox.send(priority, "Heartbeat", codec.newPayload(), outcome -> {
            if (outcome instanceof Outcome.Answered answered) {
                onTime.accept(answered.payload().get("currentTime").textValue());
            }
        });
    }
}
