package dcocpp.update.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the services that a manifest promises, from its Provide-Capability header (OSGi Core, section 3.2.4). */
final class Capabilities {

    private static final String SERVICE = "osgi.service";
    private static final String OBJECT_CLASS = "objectClass";

    private Capabilities() {
    }

    /** The class names of all services in the header; empty for a missing header. */
    static Set<String> services(String header) {
        Set<String> services = new LinkedHashSet<>();
        for (String clause : split(header == null ? "" : header, ',')) {
            List<String> parts = split(clause, ';');
            if (!parts.isEmpty() && parts.get(0).strip().equals(SERVICE)) {
                parts.stream().skip(1).forEach(parameter -> addObjectClasses(parameter, services));
            }
        }
        return services;
    }

    private static void addObjectClasses(String parameter, Set<String> services) {
        int equals = parameter.indexOf('=');
        if (equals < 0 || parameter.charAt(equals - 1) == ':') {
            return; // a directive such as uses:=
        }
        String name = parameter.substring(0, equals).strip();
        if (name.equals(OBJECT_CLASS) || name.startsWith(OBJECT_CLASS + ":")) {
            String value = parameter.substring(equals + 1).strip();
            String unquoted = value.startsWith("\"") && value.endsWith("\"") && value.length() > 1
                    ? value.substring(1, value.length() - 1) : value;
            for (String service : unquoted.split(",")) {
                services.add(service.strip());
            }
        }
    }

    /** Splits at the separator outside quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (char c : text.toCharArray()) {
            quoted ^= c == '"';
            if (c == separator && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
