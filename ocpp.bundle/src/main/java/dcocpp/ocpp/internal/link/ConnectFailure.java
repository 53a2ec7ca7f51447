package dcocpp.ocpp.internal.link;

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
 * @param refusal which side does not trust the other; null = neither, something else went wrong
 */
record ConnectFailure(Transport.Refusal refusal, String text) {
    private static final int MAX_CAUSES = 20;
    /** The alerts of TLS with which a server turns down a client's certificate (RFC 8446, 6.2). */
    private static final Pattern CLIENT_REFUSED = Pattern.compile(
            "alert: (bad_certificate|unsupported_certificate|certificate_\\w+|unknown_ca|access_denied)");
    private static final Pattern OLD_VERSION = Pattern.compile("protocol_version|not accepted by client preferences|insufficient_security");

    static ConnectFailure of(Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES).toList();
        Optional<UpgradeException> upgrade = first(causes, UpgradeException.class).filter(found -> found.getResponseStatusCode() > 0);
        if (upgrade.isPresent()) {
            return status(upgrade.get().getResponseStatusCode());
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
        return new ConnectFailure(null, root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
    }

    private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static ConnectFailure status(int status) {
        return switch (status) {
            case 401, 403 -> new ConnectFailure(Transport.Refusal.CREDENTIALS,
                    "HTTP " + status + ": the back office refuses this charge point id or its AuthorizationKey");
            case 301, 302, 303, 307, 308 -> new ConnectFailure(null, "HTTP " + status + ": the back office redirects to another address, which is not "
                    + "followed; configure that address if it is right");
            case 404 -> new ConnectFailure(null, "HTTP 404: the back office does not know this address or charge point id");
            default -> new ConnectFailure(null, "HTTP " + status + " instead of a WebSocket");
        };
    }

    private static ConnectFailure tls(String message) {
        if (CLIENT_REFUSED.matcher(message).find()) {
            return new ConnectFailure(Transport.Refusal.CREDENTIALS, "the back office refuses the charger's certificate: " + message);
        }
        if (OLD_VERSION.matcher(message).find()) {
            return new ConnectFailure(Transport.Refusal.TLS_VERSION, "the back office speaks neither TLS 1.2 nor 1.3: " + message);
        }
        return new ConnectFailure(null, "TLS failed: " + message);
    }

    void tell(Transport.Events events) {
        if (refusal == null) {
            events.closed(text);
        } else {
            events.refused(refusal, text);
        }
    }
}
