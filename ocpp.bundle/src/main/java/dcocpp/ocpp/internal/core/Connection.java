package dcocpp.ocpp.internal.core;

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.link.Backoff;
import dcocpp.ocpp.internal.link.Link;
import dcocpp.ocpp.internal.link.LinkListener;
import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.link.LinkState;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.rpc.CallHandler;
import dcocpp.ocpp.internal.rpc.RpcEndpoint;
import dcocpp.ocpp.internal.rpc.RpcSettings;
import dcocpp.ocpp.internal.security.Security;

/**
 * The way to the back office: one link, an RPC endpoint for as long as it is open, and the log of what goes over it. Used on the owner
 * thread only.
 */
final class Connection implements LinkListener {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    /** Less than the 30 s that back offices wait. */
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(25);
    private static final int MAX_WAITING_CALLS = 100;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(10);
    private static final int MAX_MESSAGE_CHARS = 1_000_000;

    private final Environment environment;
    private final Settings settings;
    private final Security security;
    private final CallHandler calls;
    private final Listener listener;
    private final MessageLog log;
    private final Link link;
    private RpcEndpoint rpc;

    /** Hears of the connection, on the owner thread. */
    interface Listener {

        /** It is open: requests can be handed to the outbox. */
        void onOpen();

        /** It has ended. */
        void onClosed();

        /** Its state or the text about it is another one. */
        void onLinkChanged();
    }

    Connection(Environment environment, Settings settings, Security security, CallHandler calls, Transport transport,
            RandomGenerator random, Listener listener) {
        this.environment = environment;
        this.settings = settings;
        this.security = security;
        this.calls = calls;
        this.listener = listener;
        log = new MessageLog(settings.logFolder(), environment.configuration().number("LogRotationMaximumFileSize"),
                environment.configuration().number("LogRotationMaximumFileCount") - 1, environment.owner());
        link = new Link(linkSettings(), environment.owner(), transport, random, environment.time().rate(), this);
    }

    private LinkSettings linkSettings() {
        Configuration configuration = environment.configuration();
        Security.Demand demand = security.demand();
        return new LinkSettings(demand.uri(), settings.chargePointId(), demand.password(), demand.clientCertificate(),
                CONNECT_TIMEOUT, Duration.ofSeconds(configuration.number("WebSocketPingInterval")),
                Duration.ofSeconds(configuration.number("WebsocketPongTimeout")), MAX_MESSAGE_CHARS,
                new Backoff.Settings(Duration.ofSeconds(configuration.number("RetryBackoffWaitMinimum")),
                        Duration.ofSeconds(configuration.number("RetryBackoffRandomRange")),
                        configuration.number("RetryBackoffRepeatTimes"), MAX_BACKOFF));
    }

    /** Connects, and again whenever it is lost; stays away where the security profile cannot be kept. */
    void connect() {
        String problem = security.demand().problem();
        if (problem == null) {
            update();
            link.connect();
        } else {
            LOG.warn("No connection to the back office: {}", problem);
            link.disconnect(problem);
            listener.onLinkChanged();
        }
    }

    /** Takes over the settings as they are now: some at once, the rest with the next connection. */
    void update() {
        link.update(linkSettings());
    }

    void reconnect(String reason) {
        link.reconnect(reason);
    }

    /** Disconnects and stays so until {@link #connect}. */
    void disconnect(String reason) {
        link.disconnect(reason);
    }

    /** Nothing is sent any more: the back office is told good-bye. */
    void shutDown() {
        hangUp();
        link.shutDown();
    }

    LinkState state() {
        return link.state();
    }

    /** Why it is not open, for people. */
    String detail() {
        return link.detail();
    }

    /** Closes the log. */
    void close() {
        log.close();
    }

    private void hangUp() {
        environment.outbox().detach();
        if (rpc != null) {
            rpc.close();
            rpc = null;
        }
    }

    @Override
    public void onOpen() {
        long connection = link.generation();
        rpc = new RpcEndpoint(environment.codec(), text -> {
            log.sent(environment.time().now(), connection, text);
            link.send(text);
        }, environment.owner(), new RpcSettings(real(CALL_TIMEOUT), real(REPLY_TIMEOUT), MAX_WAITING_CALLS), calls,
                environment.outbox()::pump);
        environment.outbox().attach(rpc);
        listener.onOpen();
    }

    private Duration real(Duration duration) {
        return Duration.ofMillis(Math.round(duration.toMillis() * environment.time().rate()));
    }

    @Override
    public void onText(String text) {
        logged(text, () -> rpc.onText(text));
    }

    @Override
    public void onUnreadable(String reason) {
        logged(reason, () -> rpc.onUnreadable(reason));
    }

    /** What has come is dealt with first and written to the log then. */
    private void logged(String what, Runnable dealt) {
        if (rpc != null) {
            log.received(environment.time().now(), link.generation(), what);
            try {
                dealt.run();
            } finally {
                log.write();
            }
        }
    }

    @Override
    public void onClosed(String reason) {
        LOG.info("Connection to the back office ended: {}", reason);
        listener.onClosed();
        hangUp();
    }

    @Override
    public void onRefused(Transport.Refusal refusal, String reason) {
        security.onRefused(refusal, reason);
    }

    @Override
    public void onStateChanged(LinkState state, String detail) {
        security.onLinkState(state);
        listener.onLinkChanged();
    }
}
