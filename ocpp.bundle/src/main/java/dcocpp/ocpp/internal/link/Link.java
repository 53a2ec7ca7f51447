package dcocpp.ocpp.internal.link;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.rpc.Wire;

/**
 * Keeps one connection to the back office: connects, pings, notices a dead peer, comes back after a random pause.
 * Every attempt has a number; what an older attempt still has to say is not heard. All methods are called on the owner
 * thread.
 */
public final class Link implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    /** RFC 6455 7.4.1. */
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;

    /** How long a peer may take to answer a close frame, real time. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final ScheduledExecutorService owner;
    private final Transport transport;
    private final LinkListener listener;
    private final RandomGenerator random;
    private final double rate;

    private LinkSettings settings;
    private Backoff backoff;
    private LinkState state = LinkState.OFF;
    private String detail = "not started";
    private boolean wanted;
    private boolean closing;
    private long generation;
    private Transport.Connection connection;
    private ScheduledFuture<?> timer;
    private ScheduledFuture<?> pongTimer;

    /** @param rate seconds of process time per real second: the owner's clock may run faster than the network */
    public Link(LinkSettings settings, ScheduledExecutorService owner, Transport transport, RandomGenerator random,
            double rate, LinkListener listener) {
        this.settings = settings;
        this.owner = owner;
        this.transport = transport;
        this.random = random;
        this.rate = rate;
        this.listener = listener;
        this.backoff = new Backoff(settings.backoff(), random);
    }

    public LinkState state() {
        return state;
    }

    /** Why the link is in its state, for people. */
    public String detail() {
        return detail;
    }

    /** Number of the present connection or attempt. */
    public long generation() {
        return generation;
    }

    /** Wants a connection from now on, without a pause before the first attempt. */
    public void connect() {
        wanted = true;
        if (state == LinkState.OFF || state == LinkState.WAITING) {
            backoff.reset();
            attempt();
        }
    }

    /** Wants none until {@link #connect()}. */
    public void disconnect(String reason) {
        wanted = false;
        switch (state) {
            case OPEN -> closePolitely(NORMAL, reason);
            case CONNECTING, WAITING -> off(reason);
            case OFF -> {
                // nothing to end
            }
        }
    }

    /** Ends the connection, if there is one, and makes a new one after the shortest pause. */
    public void reconnect(String reason) {
        if (state == LinkState.OPEN) {
            backoff.reset();
            closePolitely(NORMAL, reason);
        }
    }

    /** Takes other settings: pings at once, everything else with the next connection. */
    public void update(LinkSettings newSettings) {
        boolean pings = !settings.pingInterval().equals(newSettings.pingInterval());
        if (!settings.backoff().equals(newSettings.backoff())) {
            backoff = new Backoff(newSettings.backoff(), random);
        }
        settings = newSettings;
        if (pings && state == LinkState.OPEN && !closing) {
            schedulePing();
        }
    }

    /** Says good-bye and ends; the transport is closed by its owner afterwards. */
    public void shutDown() {
        wanted = false;
        if (connection != null) {
            connection.close(GOING_AWAY, "the charger's protocol part is stopping");
        }
        cancel();
    }

    @Override
    public void send(String text) {
        if (connection != null) {
            connection.send(text);
        }
    }

    private void attempt() {
        cancel();
        long number = ++generation;
        closing = false;
        change(LinkState.CONNECTING, LinkSettings.forPeople(settings.uri()));
        timer = schedule(settings.connectTimeout(), () -> onClosed(number, "no connection within "
                + settings.connectTimeout().toSeconds() + " s"));
        transport.connect(settings, new Attempt(number));
    }

    private void onOpened(long number, Transport.Connection opened) {
        if (number != generation || state != LinkState.CONNECTING) {
            opened.close(GOING_AWAY, "no longer wanted");
            return;
        }
        connection = opened;
        cancel();
        change(LinkState.OPEN, LinkSettings.forPeople(settings.uri()));
        schedulePing();
        listener.onOpen();
    }

    private void onText(long number, String text) {
        if (number == generation && state == LinkState.OPEN) {
            backoff.reset();
            listener.onText(text);
        }
    }

    private void onUnreadable(long number, String reason) {
        if (number == generation && state == LinkState.OPEN) {
            listener.onUnreadable(reason);
        }
    }

    private void schedulePing() {
        cancel();
        if (!settings.pingInterval().isZero()) {
            timer = schedule(settings.pingInterval(), this::ping);
        }
    }

    private void ping() {
        long number = generation;
        pongTimer = schedule(settings.pongTimeout(), () -> {
            LOG.warn("No pong within {} s", settings.pongTimeout().toSeconds());
            Transport.Connection dead = connection;
            onClosed(number, "the back office no longer answers pings");
            if (dead != null) {
                dead.abort();
            }
        });
        connection.ping();
    }

    private void onPong(long number) {
        if (number == generation && pongTimer != null) {
            pongTimer.cancel(false);
            pongTimer = null;
            if (!closing) {
                schedulePing();
            }
        }
    }

    private void closePolitely(int code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        cancel();
        long number = generation;
        Transport.Connection old = connection;
        timer = schedule(CLOSE_TIMEOUT, () -> {
            onClosed(number, reason);
            old.abort();
        });
        detail = reason;
        old.close(code, reason);
    }

    private void onClosed(long number, String reason) {
        if (number != generation || state == LinkState.OFF || state == LinkState.WAITING) {
            return;
        }
        boolean wasOpen = state == LinkState.OPEN;
        connection = null;
        cancel();
        if (wanted) {
            Duration pause = backoff.next();
            change(LinkState.WAITING, reason);
            LOG.info("Link down ({}), next attempt in {} s", reason, pause.toSeconds());
            timer = schedule(pause, this::attempt);
        } else {
            off(reason);
        }
        if (wasOpen) {
            listener.onClosed(reason);
        }
    }

    private void onRefused(long number, Transport.Refusal refusal, String reason) {
        if (number == generation) {
            listener.onRefused(refusal, reason);
        }
        onClosed(number, reason);
    }

    private void off(String reason) {
        generation++;
        cancel();
        change(LinkState.OFF, reason);
    }

    private void change(LinkState newState, String newDetail) {
        state = newState;
        detail = newDetail;
        listener.onStateChanged(newState, newDetail);
    }

    private ScheduledFuture<?> schedule(Duration realTime, Runnable task) {
        return owner.schedule(task, Math.round(realTime.toMillis() * rate), TimeUnit.MILLISECONDS);
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (pongTimer != null) {
            pongTimer.cancel(false);
            pongTimer = null;
        }
    }

    /** Brings the events of one attempt onto the owner thread, with the attempt's number. */
    private final class Attempt implements Transport.Events {
        private final long number;

        private Attempt(long number) {
            this.number = number;
        }

        @Override
        public void opened(Transport.Connection opened) {
            post(() -> onOpened(number, opened));
        }

        @Override
        public void text(String text) {
            post(() -> onText(number, text));
        }

        @Override
        public void unreadable(String reason) {
            post(() -> onUnreadable(number, reason));
        }

        @Override
        public void pong() {
            post(() -> onPong(number));
        }

        @Override
        public void closed(String reason) {
            post(() -> onClosed(number, reason));
        }

        @Override
        public void refused(Transport.Refusal refusal, String reason) {
            post(() -> onRefused(number, refusal, reason));
        }

        private void post(Runnable event) {
            try {
                owner.execute(event);
            } catch (RejectedExecutionException e) {
                LOG.debug("An event of connection {} came after the end", number);
            }
        }
    }
}
