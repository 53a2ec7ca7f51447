package dcocpp.ocpp.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.AuthorizationRequest;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.authorization.AuthorizationFeature;
import dcocpp.api.update.BundleInstaller;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.diagnostics.DiagnosticsFeature;
import dcocpp.ocpp.internal.feature.Controller;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.Wishes;
import dcocpp.ocpp.internal.firmware.FirmwareFeature;
import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.link.LinkState;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.message.Catalogue;
import dcocpp.ocpp.internal.outbox.Notices;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.reservation.ReservationFeature;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.security.Security;
import dcocpp.ocpp.internal.smartcharging.SmartCharging;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.transaction.ClockCorrection;
import dcocpp.ocpp.internal.transaction.JournalFollower;
import dcocpp.ocpp.internal.transaction.MeterValues;
import dcocpp.ocpp.internal.transaction.Sampler;
import dcocpp.ocpp.internal.transaction.TransactionListener;
import dcocpp.ocpp.internal.transaction.TransactionQueue;
import dcocpp.ocpp.internal.transaction.TransactionTable;
import dcocpp.ocpp.internal.transfer.Courier;

/**
 * The OCPP 1.6 charge point: its parts, put together on one owner thread. Whatever comes from outside is posted to that
 * thread; every method that is not said to be thread-safe is called on it.
 */
public final class ChargePoint implements Connection.Listener, Registration.Listener, TransactionListener, CommandCalls.Surroundings,
        Security.Relink {
    private static final Logger LOG = LoggerFactory.getLogger(ChargePoint.class);

    private static final String DISCONNECTED = "link.disconnected";

    /**
     * What the charge point uses of the rest of the world.
     *
     * @param controller the services of the controller
     * @param transport makes connections to the back office
     * @param courier brings files
     * @param handlers answer DataTransfer for other bundles
     * @param installer the runtime's installing service; gives null while there is none
     */
    public record Outside(Controller controller, Transport transport, Courier courier, DataTransferHandlers handlers,
            Supplier<BundleInstaller> installer) {
    }

    private final Settings settings;
    private final Controller controller;
    private final TimeSource time;
    private final ScheduledExecutorService owner;
    private final Catalogue catalogue = Catalogue.load();
    private final FrameCodec codec = new FrameCodec(catalogue);
    private final Configuration configuration;
    private final OcppStore store;
    private final Outbox outbox;
    private final TransactionTable transactions;
    private final TransactionQueue queue;
    private final JournalFollower follower;
    private final Sampler sampler;
    private final Registration registration;
    private final Heartbeat heartbeat;
    private final ClockSync clock;
    private final StatusReporter statuses;
    private final AuthorizationFeature authorization;
    private final Wishes wishes;
    private final Security security;
    private final Notices notices;
    private final CallRouter router;
    private final FeatureSet features;
    private final Connection connection;

    private Instant linkSince;
    private volatile BackOfficeLink published;
    private volatile boolean closed;

    /** Opens the store and puts the parts together; nothing runs before {@link #start}. */
    public ChargePoint(Settings settings, Map<String, ?> keys, Outside outside, TimeSource time, ScheduledExecutorService owner,
            RandomGenerator random) {
        this(settings, new OcppStore(settings.databaseFolder()), keys, outside, time, owner, random);
    }

    /** With a store that is open; it is closed with the charge point. */
    public ChargePoint(Settings settings, OcppStore store, Map<String, ?> keys, Outside outside, TimeSource time,
            ScheduledExecutorService owner, RandomGenerator random) {
        this.settings = settings;
        this.store = store;
        controller = outside.controller();
        this.time = time;
        this.owner = owner;
        configuration = new Configuration(keys, MeterValues.supported(), settings.userConfig());
        outbox = new Outbox(catalogue, time);
        transactions = new TransactionTable(store);
        queue = new TransactionQueue(store, controller.journal(), transactions, configuration, codec, time, owner, outbox::pump, this);
        ClockCorrection correction = new ClockCorrection(store, transactions, codec, time);
        follower = new JournalFollower(store, controller.journal(), transactions, queue, configuration, codec, correction, time, owner);
        sampler = new Sampler(controller.status(), transactions, follower, configuration, outbox, codec, time, owner);
        clock = new ClockSync(time, this::onClockSet, () -> {
            if (correction.synced()) {
                queue.changed();
                sampler.replan();
            }
        });
        registration = new Registration(outbox, configuration, codec, owner, clock, this);
        heartbeat = new Heartbeat(outbox, configuration, codec, owner, clock);
        wishes = new Wishes(store, controller.inbox(), time);
        statuses = new StatusReporter(outbox, configuration, codec, time, owner, wishes::wholeChargerInoperative);
        Environment environment = new Environment(controller, configuration, store, outbox, codec, time, owner, transactions, wishes);
        security = new Security(environment, settings.security(), settings.address(), settings.logFolder(), settings.run(), this);
        authorization = new AuthorizationFeature(environment, statuses);
        router = new CallRouter(catalogue, () -> registration.state() == Registration.State.REJECTED, security::onInvalidMessage,
                () -> configuration.flag("RejectUnknownFields"));
        notices = new Notices(store, outbox, codec, owner);
        TriggerCalls triggers = new TriggerCalls(environment, registration, heartbeat, statuses);
        SmartCharging smartCharging = new SmartCharging(environment);
        features = new FeatureSet(Stream.concat(security.features().stream(), Stream.of(
                smartCharging,
                new CommandCalls(environment, smartCharging, this),
                new ConfigurationCalls(environment),
                new DataTransferCalls(environment, outside.handlers()),
                authorization,
                new ReservationFeature(environment),
                new FirmwareFeature(environment, notices, outside.courier(), outside.installer(), security.events(),
                        settings.transfers().dataFolder(), settings.security().manufacturerRoots()),
                new DiagnosticsFeature(environment, notices, outside.courier(), settings.chargePointId(), settings.logFolder(),
                        settings.transfers()),
                triggers)).toList(), time, owner);
        features.all().forEach(feature -> feature.register(router, triggers));
        outbox.transactionsFrom(queue);
        adaptConfiguration();
        configuration.onChange(this::onKeyChanged);
        connection = new Connection(environment, settings, security, router, outside.transport(), random, this);
        published = new BackOfficeLink(BackOfficeLink.State.DISCONNECTED, settings.addressText(), "not started", null, 0);
    }

    /** Some keys follow from what this charge point is. */
    private void adaptConfiguration() {
        DerivedKeys.apply(configuration, settings, features.all());
        if (!configuration.text("AuthorizationKey").isEmpty() && security.demand().password() == null) {
            LOG.warn("There is an AuthorizationKey, and SecurityProfile {} does not use it", configuration.text("SecurityProfile"));
        }
    }

    /** Begins: what the back office wants to the controller, what the journal holds to the queue, then the link. */
    public void start() {
        clock.watch(owner, heartbeat::ask);
        try {
            features.start(this::onStartedLate, wishes::begin);
            follower.follow();
            controller.snapshot().ifPresent(statuses::update);
            sampler.replan();
        } finally {
            connectUnlessDisconnected(() -> {
                authorization.onLink(connection.state());
                publish();
            });
        }
    }

    /** A feature missed what happened before the disk let it start. */
    private void onStartedLate(Feature feature) {
        controller.snapshot().ifPresent(feature::onChanged);
        if (outbox.online()) {
            feature.onAccepted();
        }
    }

    /**
     * Sends no request more, and waits for the answer to the one under way: it must not be lost to whoever comes next.
     *
     * @param done called when there is nothing to wait for any more, at least once
     */
    public void drain(Runnable done) {
        authorization.stop();
        outbox.drain(done);
    }

    /** Says good-bye to the back office; nothing is sent any more. */
    public void sayGoodBye() {
        heartbeat.stop();
        clock.stop();
        sampler.stop();
        statuses.stop();
        notices.stop();
        try {
            features.stop();
        } finally {
            connection.shutDown();
        }
    }

    /** Closes the files. Thread-safe once the owner thread does nothing more. */
    public void close() {
        if (!closed) {
            closed = true;
            features.awaitEnd();
            connection.close();
            store.close();
        }
    }

    /** Connects for good. */
    public void connect() {
        store.write(writer -> writer.fact(DISCONNECTED, "false"));
        connection.connect();
    }

    /** Disconnects until {@link #connect}, also over a restart. */
    public void disconnect() {
        store.write(writer -> writer.fact(DISCONNECTED, "true"));
        connection.disconnect("disconnected by the operator");
        publish();
    }

    /** The link as it is now; thread-safe. */
    public BackOfficeLink link() {
        return published;
    }

    public void authorize(AuthorizationRequest request) {
        authorization.authorize(request);
    }

    /** The charger has changed, or there is something new in the journal. */
    public void update(ChargerSnapshot snapshot) {
        follower.follow();
        statuses.update(snapshot);
        sampler.replan();
        features.tell(feature -> feature.onChanged(snapshot));
    }

    /** Other values for the keys of OCPP, without a new connection. */
    public void rebase(Map<String, ?> keys) {
        configuration.rebase(keys);
        adaptConfiguration();
        connectUnlessDisconnected(connection::update);
    }

    /** @param instead what is done where the operator has disconnected us for good */
    private void connectUnlessDisconnected(Runnable instead) {
        if (store.fact(DISCONNECTED).map(Boolean::parseBoolean).orElse(false)) {
            instead.run();
        } else {
            connection.connect();
        }
    }

    private void onKeyChanged(String key) {
        switch (key) {
            case "HeartbeatInterval" -> heartbeat.restart();
            case "MeterValueSampleInterval", "ClockAlignedDataInterval" -> sampler.replan();
            case "WebSocketPingInterval", "SecurityProfile" -> connection.update();
            case "AuthorizationKey" -> {
                connection.update();
                if (security.demand().password() != null) {
                    // After the answer to the call that changed it.
                    owner.schedule(() -> connection.reconnect("the AuthorizationKey has changed"), Math.round(1000 * time.rate()),
                            TimeUnit.MILLISECONDS);
                }
            }
            default -> LOG.debug("{} is in force", key);
        }
        features.tell(feature -> feature.onKeyChanged(key));
    }

    // ---- the link

    @Override
    public void onOpen() {
        queue.connected();
        registration.connected();
    }

    @Override
    public void onClosed() {
        heartbeat.stop();
        registration.disconnected();
        features.tell(Feature::onDisconnected);
    }

    @Override
    public void onLinkChanged() {
        linkSince = time.now();
        authorization.onLink(connection.state());
        publish();
    }

    @Override
    public void update() {
        connection.update();
    }

    @Override
    public void reconnect(String reason) {
        connection.reconnect(reason);
    }

    private void publish() {
        Security.Demand demand = security.demand();
        boolean open = connection.state() == LinkState.OPEN;
        boolean accepted = open && registration.state() == Registration.State.ACCEPTED;
        BackOfficeLink.State state = switch (connection.state()) {
            case OFF -> BackOfficeLink.State.DISCONNECTED;
            case CONNECTING, WAITING -> BackOfficeLink.State.CONNECTING;
            case OPEN -> accepted ? BackOfficeLink.State.ACCEPTED : BackOfficeLink.State.CONNECTED;
        };
        String detail = switch (state) {
            case ACCEPTED -> "";
            case CONNECTED -> "registration: " + registration.state();
            default -> Optional.ofNullable(demand.problem()).orElseGet(connection::detail);
        };
        BackOfficeLink now = new BackOfficeLink(state, LinkSettings.forPeople(demand.uri()), detail, linkSince, queue.waiting());
        if (!now.equals(published)) {
            published = now;
            controller.inbox().link(now);
        }
    }

    // ---- the registration

    private void onClockSet(Duration difference) {
        sampler.replan();
        security.onClockSet(difference);
        features.tell(Feature::onClockSet);
    }

    @Override
    public void onAccepted() {
        statuses.tellAll();
        heartbeat.restart();
        features.tell(Feature::onAccepted);
        notices.pump();
    }

    @Override
    public void onRegistration() {
        authorization.onRegistration();
        publish();
    }

    @Override
    public boolean accepted() {
        return outbox.online();
    }

    @Override
    public void resetting(boolean underWay) {
        security.resetting(underWay);
    }

    /** The charger was reset without ending the process: it registers anew, now or with the next connection that is wanted. */
    public void afterSoftReset() {
        security.afterSoftReset();
        registration.forget();
        if (connection.state() == LinkState.OPEN) {
            authorization.onReconnect();
        }
        connection.reconnect("the charger was reset");
    }

    // ---- the transactions

    @Override
    public void onStarted(String transactionId, String idTag, JsonNode idTagInfo) {
        authorization.started(transactionId, idTag, idTagInfo);
    }

    @Override
    public void onStopped(String idTag, JsonNode idTagInfo) {
        authorization.learn(idTag, idTagInfo);
    }

    @Override
    public void onQueueChanged() {
        publish();
    }
}
