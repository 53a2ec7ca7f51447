package dcocpp.ocpp.internal.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * Where the back office is and how patient the link is. All times are real time.
 *
 * @param uri the complete address, charge point id included; null = this link is never connected
 * @param user the user name of HTTP Basic authentication: the charge point's id
 * @param password its password (the AuthorizationKey), or null for none
 * @param clientCertificate whether TLS shows a certificate of ours
 * @param connectTimeout for the TCP connection and the upgrade
 * @param pingInterval zero for no pings
 * @param pongTimeout after which a silent peer counts as gone
 * @param maxMessageChars larger messages are refused, the connection lives on
 */
public record LinkSettings(URI uri, String user, String password, boolean clientCertificate, Duration connectTimeout,
        Duration pingInterval, Duration pongTimeout, int maxMessageChars, Backoff.Settings backoff) {

    /** OCPP-J 1.6 on the wire. */
    public static final String SUBPROTOCOL = "ocpp1.6";

    public LinkSettings {
        Objects.requireNonNull(user);
        Objects.requireNonNull(connectTimeout);
        Objects.requireNonNull(pingInterval);
        Objects.requireNonNull(pongTimeout);
        Objects.requireNonNull(backoff);
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return "LinkSettings[" + forPeople(uri) + ", user " + user + (password == null ? ", no password]" : ", with password]");
    }

    /** An address without user and password that may stand in it; empty for null. */
    public static String forPeople(URI address) {
        return address == null ? "" : withoutUserInfo(address.toString());
    }

    private static String withoutUserInfo(String address) {
        return address.replaceFirst("//[^/?#]*@", "//");
    }

    /**
     * The address of a charge point: the base, a slash and the percent-encoded id, unless the base ends in the id. A query stays behind it.
     *
     * @throws IllegalArgumentException if the base is no usable ws or wss address; the message says why
     */
    public static URI address(String base, String chargePointId) {
        if (chargePointId.isBlank()) {
            throw new IllegalArgumentException("the charge point's id is empty");
        }
        String encoded = URLEncoder.encode(chargePointId, StandardCharsets.UTF_8).replace("+", "%20");
        int question = base.indexOf('?');
        String query = question < 0 ? "" : base.substring(question);
        String text = question < 0 ? base : base.substring(0, question);
        if (!text.contains("://")) {
            text = "ws://" + text;
        }
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.endsWith("/" + chargePointId)) {
            text = text.substring(0, text.length() - chargePointId.length() - 1);
        }
        if (!text.endsWith("/" + encoded)) {
            text = text + "/" + encoded;
        }
        text += query;
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // Without the cause, whose text has the whole address.
            throw new IllegalArgumentException("'" + withoutUserInfo(base) + "' is no address: " + e.getReason());
        }
        if (!"ws".equalsIgnoreCase(uri.getScheme()) && !"wss".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("'" + withoutUserInfo(base) + "' must start with ws:// or wss://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("'" + withoutUserInfo(base) + "' names no host");
        }
        return uri;
    }
}
