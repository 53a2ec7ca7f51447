package dcocpp.csms;

import eu.chargetime.ocpp.FeatureRepository;
import eu.chargetime.ocpp.ISessionFactory;
import eu.chargetime.ocpp.PromiseRepository;
import eu.chargetime.ocpp.Queue;
import eu.chargetime.ocpp.Server;
import eu.chargetime.ocpp.Session;
import eu.chargetime.ocpp.SimplePromiseFulfiller;
import eu.chargetime.ocpp.feature.profile.ServerCoreProfile;
import eu.chargetime.ocpp.feature.profile.ServerFirmwareManagementProfile;
import eu.chargetime.ocpp.feature.profile.ServerLocalAuthListProfile;
import eu.chargetime.ocpp.feature.profile.ServerRemoteTriggerProfile;
import eu.chargetime.ocpp.feature.profile.ServerReservationProfile;
import eu.chargetime.ocpp.feature.profile.ServerSmartChargingProfile;
import eu.chargetime.ocpp.feature.profile.securityext.ServerSecurityExtProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A small CSMS for OCPP 1.6-J on loopback.
 *
 * <p>Every charge point is let in, its id being the last part of its path; what it is answered says the
 * {@link CsmsPolicy}. Thread-safe. Listeners are called one message at a time, in the order of the wire, on a thread of
 * their own; they may send commands, and may wait for them.
 */
public final class DemoCsms implements AutoCloseable {

    private final Ledger ledger = new Ledger();
    private final Faults faults = new Faults();
    private final FrameLog log;
    private final Sessions sessions;
    private final LinkListener listener;
    private final Server server;
    private final URI uri;
    private volatile CsmsPolicy policy;

    private DemoCsms(URI wanted, CsmsPolicy policy, Clock clock) throws IOException {
        this.policy = policy;
        this.log = new FrameLog(clock);
        FeatureRepository features = new FeatureRepository();
        this.sessions = new Sessions(features, this::policy);
        Answers answers = new Answers(ledger, this::policy, clock, sessions::chargePoint);
        features.addFeatureProfile(new ServerCoreProfile(answers));
        features.addFeatureProfile(new ServerFirmwareManagementProfile(answers));
        features.addFeatureProfile(new ServerSecurityExtProfile(answers));
        features.addFeatureProfile(new ServerLocalAuthListProfile());
        features.addFeatureProfile(new ServerReservationProfile());
        features.addFeatureProfile(new ServerSmartChargingProfile());
        features.addFeatureProfile(new ServerRemoteTriggerProfile());
        // Not the library's session factory: that one answers calls on a pool of threads, in any order.
        ISessionFactory inOrder = radio -> new Session(radio, new Queue(), new SimplePromiseFulfiller(), features);
        String prefix = ChargePointPath.prefix(wanted.getPath());
        this.listener = new LinkListener(inOrder, log, faults, prefix);
        this.server = new Server(listener, features, new PromiseRepository());
        server.open(wanted.getHost(), Math.max(0, wanted.getPort()), sessions);
        try {
            this.uri = URI.create("ws://" + wanted.getHost() + ":" + listener.port() + prefix);
        } catch (IOException notBound) {
            close();
            throw new IOException("the CSMS cannot listen at " + wanted + ": " + notBound.getMessage(), notBound);
        }
    }

    /** Starts one that accepts everything and goes by the system's clock; see {@link #start(URI, CsmsPolicy, Clock)}. */
    public static DemoCsms start(URI uri) throws IOException {
        return start(uri, CsmsPolicy.acceptAll(), Clock.systemUTC());
    }

    /** Starts one on an ephemeral port of 127.0.0.1, with the path that SteVe has. */
    public static DemoCsms startEphemeral() throws IOException {
        return start(URI.create("ws://127.0.0.1:0/steve/websocket/CentralSystemService/"));
    }

    /**
     * Starts one and returns when it listens.
     *
     * @param uri {@code ws://host:port/path/} of loopback; port 0, or none, picks a free one, {@link #uri()} tells which
     * @param policy how it answers
     * @param clock gives currentTime; the clock of a charger that runs faster than real time follows it
     * @throws IllegalArgumentException if the URI is not ws or not loopback
     * @throws IOException if the address cannot be bound
     */
    public static DemoCsms start(URI uri, CsmsPolicy policy, Clock clock) throws IOException {
        if (!"ws".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(uri + " is not of the form ws://host:port/path/; the demonstration CSMS speaks no TLS");
        }
        if (!isLoopback(uri)) {
            throw new IllegalArgumentException(
                    uri + " is not loopback; the demonstration CSMS knows no security and serves only this machine");
        }
        return new DemoCsms(uri, policy, clock);
    }

    /** True if the URI's host is this machine's loopback, so that a demonstration CSMS may listen there. */
    public static boolean isLoopback(URI uri) {
        try {
            return uri.getHost() != null && InetAddress.getByName(uri.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** Where it listens, with the real port and a slash at the end: the centralSystemURI of a charger. */
    public URI uri() {
        return uri;
    }

    /** The policy in force. */
    public CsmsPolicy policy() {
        return policy;
    }

    /** Puts another policy in force for all that comes from now on. */
    public void policy(CsmsPolicy next) {
        policy = next;
    }

    /** What shall go wrong. */
    public Faults faults() {
        return faults;
    }

    /**
     * Takes the CSMS off the network or puts it back: the links are cut and new ones refused, while all that was received
     * is kept.
     */
    public void reachable(boolean on) {
        faults.unreachable(!on);
        if (!on) {
            listener.links().forEach(Link::cut);
        }
    }

    /** Ids of the charge points that are connected now. */
    public Set<String> connected() {
        return sessions.connected();
    }

    /** Commands to a charge point, connected or not. */
    public ChargePoint chargePoint(String id) {
        return new ChargePoint(id, new ChargePoint.Wire() {
            @Override
            public CompletableFuture<String> call(String chargePointId, String action, String payload) {
                return sessions.call(server, chargePointId, action, payload);
            }

            @Override
            public void raw(String chargePointId, String frame) {
                listener.links().filter(link -> link.chargePointId().equals(chargePointId)).forEach(link -> link.send(frame));
            }

            @Override
            public void disconnect(String chargePointId, boolean politely) {
                listener.links().filter(link -> link.chargePointId().equals(chargePointId))
                        .forEach(politely ? Link::disconnect : Link::cut);
            }
        });
    }

    /** The transactions as received, by their ids; a snapshot. */
    public List<CsmsTransaction> transactions() {
        return ledger.transactions();
    }

    /** StopTransactions that named no known transaction, or that differed from the first stop of theirs. */
    public List<CsmsTransaction.Stop> failedStops() {
        return ledger.failedStops();
    }

    /** The last 50,000 frames in the order of the wire; a snapshot. */
    public List<OcppMessage> log() {
        return log.messages();
    }

    /** The first frame of the log that fits, waiting for it if there is none yet. */
    public OcppMessage await(Predicate<OcppMessage> wanted, Duration patience) throws InterruptedException, TimeoutException {
        return log.await(0, wanted, patience, "such message");
    }

    /** The first frame after the given one that fits, waiting for it if there is none yet. */
    public OcppMessage awaitAfter(OcppMessage earlier, Predicate<OcppMessage> wanted, Duration patience)
            throws InterruptedException, TimeoutException {
        return log.await(earlier.number(), wanted, patience, "such message after number " + earlier.number());
    }

    /** The charger's first call of this action, waiting for it if there is none yet. */
    public OcppMessage awaitCall(String action, Duration patience) throws InterruptedException, TimeoutException {
        return log.await(0, message -> message.isCallFromCharger(action), patience, action + " from the charger");
    }

    /** Tells the listener of every frame from now on. */
    public void addListener(Consumer<OcppMessage> messages) {
        log.addListener(messages);
    }

    /** Tells the listener no more. */
    public void removeListener(Consumer<OcppMessage> messages) {
        log.removeListener(messages);
    }

    /** Closes all links and the port. What was received can still be read. */
    @Override
    public void close() {
        server.close();
        log.close();
    }
}
