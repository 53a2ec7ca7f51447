package dcocpp.ocpp.internal.core;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.outbox.Outbox.Priority;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Outcome;

/**
 * Registers the charge point: BootNotification as the first message of the first connection, again after the interval
 * while the back office says Pending or Rejected. Once accepted, a later connection goes on without it. Used on the
 * owner thread only.
 */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    /** When the back office leaves the choice to us, or does not answer. */
    private static final Duration OWN_RETRY = Duration.ofSeconds(60);

    private final Outbox outbox;
    private final Configuration configuration;
    private final FrameCodec codec;
    private final ScheduledExecutorService owner;
    private final ClockSync clock;
    private final Listener listener;

    private State state = State.NONE;
    private boolean connected;
    private boolean underWay;
    private ScheduledFuture<?> retry;

    /** What the back office has said. */
    enum State {
        NONE, PENDING, REJECTED, ACCEPTED
    }

    /** Hears of the registration, on the owner thread. */
    interface Listener {

        /** Requests of all kinds may be sent from now on. */
        void onAccepted();

        /** The state may have changed. */
        void onRegistration();
    }

    Registration(Outbox outbox, Configuration configuration, FrameCodec codec, ScheduledExecutorService owner, ClockSync clock,
            Listener listener) {
        this.outbox = outbox;
        this.configuration = configuration;
        this.codec = codec;
        this.owner = owner;
        this.clock = clock;
        this.listener = listener;
    }

    State state() {
        return state;
    }

    /** A connection is open. */
    void connected() {
        connected = true;
        if (state == State.ACCEPTED) {
            accepted();
        } else if (retry == null || state == State.NONE) {
            // A pause that the back office has asked for outlasts a connection, one of our own does not.
            send();
        }
    }

    void disconnected() {
        connected = false;
        underWay = false;
    }

    /** The next connection begins with a BootNotification again: the charger restarts. */
    void forget() {
        state = State.NONE;
        listener.onRegistration();
    }

    /** Sends a BootNotification now. */
    void send() {
        cancelRetry();
        if (!connected || underWay) {
            return;
        }
        underWay = true;
        ObjectNode payload = codec.newPayload();
        payload.put("chargePointVendor", configuration.text("ChargePointVendor"));
        payload.put("chargePointModel", configuration.text("ChargePointModel"));
        putIfSet(payload, "chargePointSerialNumber", "ChargePointSerialNumber");
        putIfSet(payload, "chargeBoxSerialNumber", "ChargeBoxSerialNumber");
        putIfSet(payload, "firmwareVersion", "FirmwareVersion");
        putIfSet(payload, "iccid", "ICCID");
        putIfSet(payload, "imsi", "IMSI");
        putIfSet(payload, "meterType", "MeterType");
        putIfSet(payload, "meterSerialNumber", "MeterSerialNumber");
        outbox.send(Priority.BEFORE_ACCEPTED, "BootNotification", payload, this::answered);
    }

    private void putIfSet(ObjectNode payload, String field, String key) {
        String value = configuration.text(key);
        if (!value.isEmpty()) {
            payload.put(field, value);
        }
    }

    private void answered(Outcome outcome) {
        underWay = false;
        if (outcome instanceof Outcome.Answered answered) {
            clock.onTime(answered.payload().get("currentTime").textValue(), outbox.sinceSent());
            int interval = answered.payload().get("interval").intValue();
            state = State.valueOf(answered.payload().get("status").textValue().toUpperCase(Locale.ROOT));
            LOG.info("The back office says {}, interval {} s", state, interval);
            if (state == State.ACCEPTED) {
                if (interval > 0) {
                    configuration.override("HeartbeatInterval", Integer.toString(interval));
                }
                accepted();
            } else {
                outbox.accepted(false);
                retryAfter(interval > 0 ? Duration.ofSeconds(interval) : OWN_RETRY);
            }
        } else if (!(outcome instanceof Outcome.Disconnected)) {
            LOG.warn("BootNotification was not answered as it should: {}", outcome);
            retryAfter(OWN_RETRY);
        }
        listener.onRegistration();
    }

    private void accepted() {
        outbox.accepted(true);
        // What it enqueues goes before the backlog.
        listener.onAccepted();
        outbox.pump();
    }

    private void retryAfter(Duration pause) {
        cancelRetry();
        retry = owner.schedule(this::send, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
    }
}
