package dcocpp.ocpp.internal.security;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.config.Configuration.Change;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.SecurityEvents;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.link.LinkState;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.store.OcppStore;

/**
 * The security profile: what it asks of the connection, and how the back office raises it. A higher profile is tried once; only when it
 * has worked it is kept, and the old one is never used again. The trial is kept on disk, since many back offices reset the charger right
 * after they have raised its profile. Used on the owner thread only.
 */
final class SecurityProfiles implements Feature {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityProfiles.class);

    private static final String KEY = "SecurityProfile";
    private static final String AUTHORIZATION_KEY = "AuthorizationKey";
    private static final String TRIAL = "security.profile.trial";
    /** From the answer to the end of the connection, real time: the answer gets through, and a reset that follows it. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Configuration configuration;
    private final OcppStore store;
    private final TimeSource time;
    private final ScheduledExecutorService owner;
    private final SecurityFiles files;
    private final URI address;
    private final SecurityEvents events;
    private final Security.Relink relink;

    /** The profile that is being tried; 0 = none. */
    private int trial;
    private boolean attempted;
    private Transport.Refusal said;

    /** @param address the configured address; null = none */
    SecurityProfiles(Environment environment, SecurityFiles files, URI address, SecurityEvents events, Security.Relink relink) {
        configuration = environment.configuration();
        store = environment.store();
        time = environment.time();
        owner = environment.owner();
        this.files = files;
        this.address = address;
        this.events = events;
        this.relink = relink;
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        configuration.guard(KEY, value -> Optional.of(raise(Integer.parseInt(value))));
    }

    @Override
    public void start() {
        store.fact(TRIAL).map(Integer::parseInt).filter(wanted -> wanted > configuration.number(KEY)).ifPresent(this::begin);
    }

    /** What counts for the next connection. */
    Security.Demand demand() {
        int profile = inForce();
        String key = configuration.text(AUTHORIZATION_KEY);
        String password = (profile == 1 || profile == 2) && !key.isEmpty() ? key : null;
        if (address == null) {
            return new Security.Demand(null, password, false, "no address: chargePoint.centralSystemURI is empty");
        }
        boolean secure = "wss".equalsIgnoreCase(address.getScheme());
        if (secure && profile < 2) {
            return new Security.Demand(address, null, false, "wss:// needs SecurityProfile 2 or 3, it is " + profile
                    + ": the charger does not connect");
        }
        if (!secure && profile >= 2 && !raised()) {
            return new Security.Demand(address, null, false, "SecurityProfile " + profile + " needs an address that begins with wss://: "
                    + "the charger does not connect");
        }
        URI uri = profile >= 2 ? URI.create("wss" + address.toString().substring(address.getScheme().length())) : address;
        return new Security.Demand(uri, password, profile == 3, null);
    }

    private int inForce() {
        return trial > 0 ? trial : configuration.number(KEY);
    }

    /** The file's ws:// is older than the profile that the back office has set: the same host, port and path are meant. */
    private boolean raised() {
        return inForce() > Integer.parseInt(configuration.base(KEY));
    }

    private Change raise(int wanted) {
        Optional<String> refusal = refusal(wanted);
        if (refusal.isPresent()) {
            LOG.warn("SecurityProfile {} is refused: {}", wanted, refusal.get());
            return Change.Rejected;
        }
        store.write(writer -> writer.fact(TRIAL, Integer.toString(wanted)));
        owner.schedule(() -> {
            begin(wanted);
            relink.update();
            relink.reconnect("SecurityProfile " + wanted + " is tried");
        }, Math.round(PAUSE.toNanos() * time.rate()), TimeUnit.NANOSECONDS);
        return Change.Accepted;
    }

    private Optional<String> refusal(int wanted) {
        if (wanted <= configuration.number(KEY)) {
            return Optional.of("it is " + configuration.number(KEY) + " and is only ever raised");
        }
        if (store.fact(TRIAL).filter(text -> !text.equals("0")).isPresent()) {
            return Optional.of("another one is being tried");
        }
        if (wanted < 3 && configuration.text(AUTHORIZATION_KEY).isEmpty()) {
            return Optional.of("there is no AuthorizationKey");
        }
        if (wanted >= 2) {
            try {
                if (new CertificateFile(files.csmsRoots()).read().isEmpty()) {
                    return Optional.of("there is no root certificate in " + files.csmsRoots());
                }
                if (wanted == 3) {
                    new ClientIdentity(files).load();
                }
            } catch (IOException e) {
                return Optional.of(e.getMessage());
            }
        }
        return Optional.empty();
    }

    private void begin(int wanted) {
        trial = wanted;
        attempted = false;
    }

    /** The link has changed. */
    void onLinkState(LinkState state) {
        if (state == LinkState.OPEN) {
            said = null;
        }
        if (trial == 0) {
            return;
        }
        switch (state) {
            case CONNECTING -> attempted = true;
            case WAITING -> {
                if (attempted) {
                    failed();
                }
            }
            case OPEN -> {
                if (attempted) {
                    succeeded();
                } else {
                    // This attempt began before the trial.
                    owner.execute(() -> relink.reconnect("SecurityProfile " + trial + " is tried"));
                }
            }
            case OFF -> LOG.debug("The trial goes on with the next connection");
        }
    }

    private void succeeded() {
        int wanted = trial;
        int old = configuration.number(KEY);
        if (configuration.settle(KEY, Integer.toString(wanted)) == Change.Accepted) {
            LOG.info("SecurityProfile {} works and is kept", wanted);
            events.raise("ReconfigurationOfSecurityParameters", "SecurityProfile " + old + " -> " + wanted);
        }
        end();
    }

    private void failed() {
        LOG.warn("SecurityProfile {} did not work, back to {}", trial, configuration.number(KEY));
        end();
        relink.update();
    }

    private void end() {
        trial = 0;
        store.write(writer -> writer.fact(TRIAL, "0"));
    }

    /** A connection failed because one side does not trust the other: said once, until there is a connection again. */
    void onRefused(Transport.Refusal refusal, String reason) {
        Optional<String> event = switch (refusal) {
            case CREDENTIALS -> Optional.of("FailedToAuthenticateAtCentralSystem");
            case CERTIFICATE -> Optional.of("InvalidCentralSystemCertificate");
            case TLS_VERSION -> Optional.of("InvalidTLSVersion");
            case UNCLEAR -> Optional.empty();
        };
        if (event.isPresent() && refusal != said) {
            said = refusal;
            events.raise(event.get(), reason);
        }
    }

    @Override
    public void onKeyChanged(String key) {
        if (key.equals(AUTHORIZATION_KEY)) {
            events.raise("ReconfigurationOfSecurityParameters", AUTHORIZATION_KEY);
        }
    }

    /** Whether the connection depends on roots that we trust. */
    boolean needsRoots() {
        return inForce() >= 2;
    }

    /** Whether the connection depends on a certificate of ours. */
    boolean needsClientCertificate() {
        return inForce() == 3;
    }
}
