package dcocpp.csms;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The path of a charge point's WebSocket: the CSMS's prefix, then the percent-encoded id. */
final class ChargePointPath {

    private ChargePointPath() {
    }

    /** The path prefix with exactly one slash at either end. */
    static String prefix(String path) {
        String inner = path == null ? "" : path.replaceAll("^/+|/+$", "");
        return inner.isEmpty() ? "/" : "/" + inner + "/";
    }

    /** The charge point's id, empty if the path is not below the prefix or has more than an id there. */
    static Optional<String> id(String prefix, String resource) {
        String path = resource.split("[?#]", 2)[0];
        if (!path.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            // URLDecoder is made for forms, where a plus sign is a blank; in a path it is a plus sign.
            String id = URLDecoder.decode(path.substring(prefix.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
            return id.isBlank() || id.contains("/") ? Optional.empty() : Optional.of(id);
        } catch (IllegalArgumentException badEscape) {
            return Optional.empty();
        }
    }
}
