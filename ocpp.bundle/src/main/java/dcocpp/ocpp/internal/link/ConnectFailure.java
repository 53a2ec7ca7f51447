package dcocpp.ocpp.internal.link;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import org.eclipse.jetty.websocket.api.exceptions.UpgradeException;

/**
 * Why there is no connection, in words that a person at the charger can act on.
 *
 * @param refusal which side does not trust the other; null = neither, the back office was not reached
 */
record ConnectFailure(Transport.Refusal refusal, String text) {
    private static final int MAX_CAUSES = 20;
    /** The alerts of TLS with which a server turns down a client's certificate (RFC 8446, 6.2). */
    private static final Pattern CLIENT_REFUSED = Pattern.compile(
            "alert: (bad_certificate|unsupported_certificate|certificate_\\w+|unknown_ca|access_denied)");
    private static final Pattern OLD_VERSION = Pattern.compile("protocol_version|not accepted by client preferences|insufficient_security");

    /** How some servers turn down a certificate: without an alert, or with one that the end of the connection overtakes. */
    private static final Pattern CUT_OFF = Pattern.compile("(?i)connection reset|broken pipe");

    /** @param clientCertificate whether a certificate of ours was shown */
    static ConnectFailure of(Throwable failure, boolean clientCertificate) {
        List<Throwable> causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES).toList();
        Optional<UpgradeException> upgrade = first(causes, UpgradeException.class).filter(found -> found.getResponseStatusCode() > 0);
        if (upgrade.isPresent()) {
            return status(upgrade.get().getResponseStatusCode(), clientCertificate);
        }
        Optional<CertificateException> certificate = first(causes, CertificateException.class);
        if (certificate.isPresent()) {
            return new ConnectFailure(Transport.Refusal.CERTIFICATE, certificate.get().getMessage());
        }
        Optional<SSLException> tls = first(causes, SSLException.class);
        if (tls.isPresent()) {
            return tls(String.valueOf(tls.get().getMessage()));
        }
        Throwable root = causes.get(causes.size() - 1);
        return new ConnectFailure(causes.stream().anyMatch(ConnectFailure::isCutOff) ? Transport.Refusal.UNCLEAR : null,
                root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
    }

    private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static boolean isCutOff(Throwable cause) {
        return cause instanceof EOFException || cause instanceof ClosedChannelException
                || cause instanceof IOException && CUT_OFF.matcher(String.valueOf(cause.getMessage())).find();
    }

    private static ConnectFailure status(int status, boolean clientCertificate) {
        if (status == 400 && clientCertificate) {
            // What nginx answers to a certificate that it does not take.
            return new ConnectFailure(Transport.Refusal.CREDENTIALS,
                    "HTTP 400: the back office does not take the charger's certificate, or not the request");
        }
        return switch (status) {
            case 401, 403 -> new ConnectFailure(Transport.Refusal.CREDENTIALS,
                    "HTTP " + status + ": the back office refuses this charge point id or its AuthorizationKey");
            case 301, 302, 303, 307, 308 -> new ConnectFailure(Transport.Refusal.UNCLEAR, "HTTP " + status
                    + ": the back office redirects to another address, which is not followed; configure that address if it is right");
            case 404 -> new ConnectFailure(Transport.Refusal.UNCLEAR,
                    "HTTP 404: the back office does not know this address or charge point id");
            default -> new ConnectFailure(Transport.Refusal.UNCLEAR, "HTTP " + status + " instead of a WebSocket");
        };
    }

    private static ConnectFailure tls(String message) {
        if (CLIENT_REFUSED.matcher(message).find()) {
            return new ConnectFailure(Transport.Refusal.CREDENTIALS, "the back office refuses the charger's certificate: " + message);
        }
        if (OLD_VERSION.matcher(message).find()) {
            return new ConnectFailure(Transport.Refusal.TLS_VERSION, "the back office speaks neither TLS 1.2 nor 1.3: " + message);
        }
        return new ConnectFailure(Transport.Refusal.UNCLEAR, "TLS failed: " + message);
    }

    void tell(Transport.Events events) {
        if (refusal == null) {
            events.closed(text);
        } else {
            events.refused(refusal, text);
        }
    }
}
