package dcocpp.ocpp.internal.security;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.SecurityEvents;
import dcocpp.ocpp.internal.link.LinkState;
import dcocpp.ocpp.internal.link.Transport;

/** The security extension as the charge point sees it: its parts, put together. Used on the owner thread only. */
public final class Security {
    private final EventReporter events;
    private final SecurityProfiles profiles;
    private final CertificateSigning certificate;
    private final CertificateCalls roots;

    /** Makes the link follow the profile and the certificate. */
    public interface Relink {

        /** The next connection is another one. */
        void update();

        /** Ends the connection and makes a new one. */
        void reconnect(String reason);
    }

    /**
     * What the profile asks of a connection.
     *
     * @param uri where it goes; null = nowhere
     * @param password of HTTP Basic authentication; null = none
     * @param clientCertificate whether a certificate of ours is shown
     * @param problem why there can be no connection, for people; null = nothing is wrong
     */
    public record Demand(URI uri, String password, boolean clientCertificate, String problem) {
    }

    /**
     * @param address the configured address; null = none
     * @param logFolder where the security log is
     * @param run which run of the process this is
     */
    public Security(Environment environment, SecurityFiles files, URI address, Path logFolder, String run, Relink relink) {
        events = new EventReporter(environment, logFolder, run);
        profiles = new SecurityProfiles(environment, files, address, events, relink);
        certificate = new CertificateSigning(environment, files, events, profiles, relink);
        roots = new CertificateCalls(environment, files, events, profiles);
    }

    public List<Feature> features() {
        return List.of(events, profiles, certificate, roots);
    }

    public SecurityEvents events() {
        return events;
    }

    /** What counts for the next connection. */
    public Demand demand() {
        return profiles.demand();
    }

    /** The link has changed. */
    public void onLinkState(LinkState state) {
        profiles.onLinkState(state);
        if (state == LinkState.OPEN) {
            certificate.onOpen();
        }
    }

    /** A connection failed because one side does not trust the other. */
    public void onRefused(Transport.Refusal refusal, String reason) {
        profiles.onRefused(refusal, reason);
        certificate.onRefused(refusal);
    }

    /** A message came that is none of OCPP. */
    public void onInvalidMessage(String reason) {
        events.invalidMessage(reason);
    }

    /** The clock was set. */
    public void onClockSet(Duration difference) {
        events.raise("SettingSystemTime", "by " + difference);
    }

    /** A reset that the back office has asked for begins, or has come to nothing. */
    public void resetting(boolean underWay) {
        events.resetting(underWay);
    }

    /** The charger was reset without ending the process. */
    public void afterSoftReset() {
        events.softReset();
    }
}
