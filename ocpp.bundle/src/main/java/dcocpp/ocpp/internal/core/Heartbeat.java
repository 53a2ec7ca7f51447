package dcocpp.ocpp.internal.core;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

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
    private final ClockSync clock;
    private ScheduledFuture<?> timer;
    private boolean underWay;

    Heartbeat(Outbox outbox, Configuration configuration, FrameCodec codec, ScheduledExecutorService owner, ClockSync clock) {
        this.outbox = outbox;
        this.configuration = configuration;
        this.codec = codec;
        this.owner = owner;
        this.clock = clock;
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

    /**
     * Asks for the time out of turn.
     *
     * @return whether it was asked for; not before we are accepted, and not while another one waits for its answer
     */
    boolean ask() {
        boolean possible = !underWay && outbox.online();
        if (possible) {
            send(Priority.URGENT);
        }
        return possible;
    }

    void send(Priority priority) {
        underWay = true;
        outbox.send(priority, "Heartbeat", codec.newPayload(), outcome -> {
            underWay = false;
            if (outcome instanceof Outcome.Answered answered) {
                clock.onTime(answered.payload().get("currentTime").textValue(), outbox.sinceSent());
            }
        });
    }
}
