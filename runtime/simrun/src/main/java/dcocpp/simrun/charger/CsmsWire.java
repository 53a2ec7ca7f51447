package dcocpp.simrun.charger;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.link.Transport;

/** The way to a simulated CSMS, without a socket. A dead process reaches nobody, and nobody reaches it. */
public final class CsmsWire implements Transport {

    private final SimulatedCsms csms;
    private final BooleanSupplier alive;
    private final Runnable sending;
    private final Runnable sent;

    /**
     * A wire.
     *
     * @param alive whether the process on this end lives
     * @param sending run before a frame goes out
     * @param sent run when the CSMS has it and its answer has not arrived
     */
    public CsmsWire(SimulatedCsms csms, BooleanSupplier alive, Runnable sending, Runnable sent) {
        this.csms = csms;
        this.alive = alive;
        this.sending = sending;
        this.sent = sent;
    }

    @Override
    public void connect(LinkSettings settings, Events events) {
        if (alive.getAsBoolean() && csms.connect(events)) {
            events.opened(new Open(events));
        } else {
            events.closed("nobody listens");
        }
    }

    @Override
    public void close(Duration timeout) {
        csms.drop();
    }

    private final class Open implements Connection {

        private final Events events;

        private Open(Events events) {
            this.events = events;
        }

        private boolean open() {
            return alive.getAsBoolean() && csms.isConnection(events);
        }

        @Override
        public void send(String text) {
            sending.run();
            if (open()) {
                Optional<String> answer = csms.take(text);
                sent.run();
                if (open()) {
                    answer.ifPresent(events::text);
                }
            }
        }

        @Override
        public void ping() {
            if (open()) {
                events.pong();
            }
        }

        @Override
        public void close(int code, String reason) {
            if (open()) {
                csms.drop();
                events.closed("closed with " + code);
            }
        }

        @Override
        public void abort() {
            if (open()) {
                csms.drop();
            }
        }
    }
}
