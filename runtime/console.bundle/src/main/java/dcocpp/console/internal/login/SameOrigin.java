package dcocpp.console.internal.login;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Refuses what another web site makes a browser send. A browser adds the stored login to such a request by itself, so the login alone
 * proves nothing for requests that change something.
 */
public final class SameOrigin {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private SameOrigin() {
    }

    /** Why the request is refused; empty when it is not. Requests of no browser carry none of the headers and are not refused. */
    public static Optional<String> refusal(HttpServletRequest request) {
        if (SAFE_METHODS.contains(request.getMethod())) {
            return Optional.empty();
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_SITES.contains(site)) {
            return Optional.of("Sec-Fetch-Site is " + site);
        }
        String host = request.getHeader("Host");
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return same(origin, host) ? Optional.empty() : Optional.of("Origin is " + origin);
        }
        String referer = request.getHeader("Referer");
        if (referer != null) {
            return same(referer, host) ? Optional.empty() : Optional.of("Referer is of another site");
        }
        return Optional.empty();
    }

    /** The request comes from this machine, and from no page of another site whose name was rebound to it. */
    public static boolean staysOnThisMachine(HttpServletRequest request) {
        return comesFromLoopback(request) && addressedToLoopback(request);
    }

    private static boolean comesFromLoopback(HttpServletRequest request) {
        try {
            // always a number: nothing is looked up
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** By number or as localhost, which a rebound name never is; the sender writes this header as he likes. */
    private static boolean addressedToLoopback(HttpServletRequest request) {
        String host = request.getHeader("Host");
        if (host == null) {
            return false;
        }
        try {
            String name = new URI("http://" + host).getHost();
            return name != null && (name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean same(String origin, String host) {
        if (host == null) {
            return false;
        }
        try {
            URI from = new URI(origin);
            if (from.getHost() == null || from.getScheme() == null) {
                return false;
            }
            // Without a port the Host header means the port of the scheme; behind a proxy with TLS that is the browser's scheme.
            URI to = new URI(from.getScheme() + "://" + host);
            return to.getHost() != null && from.getHost().equalsIgnoreCase(to.getHost()) && port(from) == port(to);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
    }
}
