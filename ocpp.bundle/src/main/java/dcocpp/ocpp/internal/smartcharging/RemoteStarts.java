package dcocpp.ocpp.internal.smartcharging;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.Token;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.SessionPhase;
import dcocpp.api.session.SessionSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;

/**
 * The TxProfiles that came with a remote start and wait for its transaction. When it begins the profile is its own; when the session ends
 * before, or never comes, the profile goes. Used on the owner thread only.
 */
final class RemoteStarts {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteStarts.class);

    /** Added to ConnectionTimeOut, within which the controller begins a session or does not. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ProfileStore profiles;
    private final Configuration configuration;
    private final TimeSource time;
    /** What is known of those that wait, by the profile's id. */
    private final Map<Integer, Wait> waits = new HashMap<>();

    /**
     * A wait for a transaction.
     *
     * @param sinceNanos process time
     * @param session the session that will become it; empty = not seen yet
     */
    private record Wait(long sinceNanos, String session) {
    }

    RemoteStarts(ProfileStore profiles, Configuration configuration, TimeSource time) {
        this.profiles = profiles;
        this.configuration = configuration;
        this.time = time;
    }

    void begun(int profileId) {
        waits.put(profileId, new Wait(time.nanoTime(), ""));
    }

    /** Ties profiles to transactions that have begun and drops those that wait for nothing. */
    void settle(ChargerSnapshot snapshot) {
        List<InstalledProfile> waiting = profiles.all().stream().filter(InstalledProfile::waits).toList();
        waits.keySet().retainAll(waiting.stream().map(installed -> installed.profile().id()).toList());
        for (InstalledProfile installed : waiting) {
            int id = installed.profile().id();
            // One from before a restart waits anew.
            Wait wait = waits.computeIfAbsent(id, unknown -> new Wait(time.nanoTime(), ""));
            Optional<SessionSnapshot> here = snapshot.connector(installed.profile().connectorId()).map(ConnectorSnapshot::session);
            Optional<SessionSnapshot> session = here.filter(found -> isOf(found, installed.remoteStartTag()));
            if (session.filter(SessionSnapshot::transactionActive).isPresent()) {
                profiles.put(installed.boundTo(session.get().transactionId()), List.of());
                LOG.info("Charging profile {} belongs to transaction {}", id, session.get().transactionId());
            } else if (session.isPresent()) {
                waits.put(id, new Wait(wait.sinceNanos(), session.get().sessionId()));
            } else if (!wait.session().isEmpty() && here.filter(found -> mayComeBack(found, wait)).isEmpty()
                    || time.nanoTime() - wait.sinceNanos() > patience().toNanos()) {
                profiles.removeIf(installed::equals);
                LOG.info("Charging profile {} goes: its remote start came to nothing", id);
            }
        }
    }

    private static boolean isOf(SessionSnapshot session, String idTag) {
        return session.phase() != SessionPhase.ENDED && session.token() != null
                && session.token().source() == Token.Source.REMOTE_START && session.token().idTag().equals(idTag);
    }

    /** Another token goes first; if it is refused, that of the remote start is asked about again. */
    private static boolean mayComeBack(SessionSnapshot session, Wait wait) {
        return session.phase() == SessionPhase.AUTHORIZING && session.sessionId().equals(wait.session());
    }

    private Duration patience() {
        return GRACE.plusSeconds(configuration.number("ConnectionTimeOut"));
    }
}
