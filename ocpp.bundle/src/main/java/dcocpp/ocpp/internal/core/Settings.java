package dcocpp.ocpp.internal.core;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.security.SecurityFiles;
import dcocpp.ocpp.internal.transfer.TransferPolicy;

/**
 * What the configuration says, besides the keys of OCPP. A change of one of these makes a new charge point.
 *
 * @param chargePointId our id at the back office
 * @param address the back office's address with our id; null = none is configured and the charger stays offline
 * @param databaseFolder where the store is
 * @param logFolder where the message log is
 * @param userConfig the file that keeps what the back office sets
 * @param security where certificates and keys are
 * @param run which run of the process this is
 * @param transfers how files may travel
 */
public record Settings(String chargePointId, URI address, Path databaseFolder, Path logFolder, Path userConfig, SecurityFiles security,
        String run, TransferPolicy transfers) {

    /**
     * Reads the properties of the PIDs {@code dcocpp.ocpp} and {@code dcocpp.security}.
     *
     * @throws IllegalArgumentException if one of them is missing or cannot be used; the message names it
     */
    public static Settings of(Map<String, ?> properties) {
        String id = text(properties, "chargePointId");
        URI address = "".equals(properties.get("centralSystemURI")) ? null
                : LinkSettings.address(text(properties, "centralSystemURI"), id);
        SecurityFiles security = new SecurityFiles(path(properties, "csmsCaBundle"), path(properties, "manufacturerCaBundle"),
                path(properties, "clientCertDir"), path(properties, "clientKeyDir"));
        ProcessHandle process = ProcessHandle.current();
        String run = process.pid() + " " + process.info().startInstant().map(Instant::toString).orElse("");
        return new Settings(id, address, path(properties, "databaseDir"), path(properties, "messageLogPath"),
                path(properties, "userConfig"), security, run, TransferPolicy.of(properties));
    }

    /** The address for people, without a password that may stand in it; empty when there is none. */
    public String addressText() {
        return LinkSettings.forPeople(address);
    }

    private static Path path(Map<String, ?> properties, String name) {
        return Path.of(text(properties, name));
    }

    private static String text(Map<String, ?> properties, String name) {
        if (properties.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException("the configuration has no " + name);
    }

    /** The keys of OCPP among the properties: {@code Section.Key}. */
    public static Map<String, Object> keys(Map<String, ?> properties) {
        Map<String, Object> keys = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (name.indexOf('.') > 0 && Character.isUpperCase(name.charAt(0))) {
                keys.put(name, value);
            }
        });
        // charger.json has a name of its own for it; the key, where somebody gives it, wins.
        Object profileTimeout = properties.get("profileTimeoutSeconds");
        if (profileTimeout != null) {
            keys.putIfAbsent("Internal.ProfileTimeout", profileTimeout);
        }
        return keys;
    }
}
