package dcocpp.ocpp.internal.core;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.transfer.TransferPolicy;

/**
 * What the configuration says, besides the keys of OCPP. A change of one of these makes a new charge point.
 *
 * @param chargePointId our id at the back office
 * @param address the back office's address with our id; null = none is configured and the charger stays offline
 * @param databaseFolder where the store is
 * @param logFolder where the message log is
 * @param userConfig the file that keeps what the back office sets
 * @param transfers how files may travel
 * @param manufacturerRoots folder with the roots that sign firmware
 */
public record Settings(String chargePointId, URI address, Path databaseFolder, Path logFolder, Path userConfig, TransferPolicy transfers,
        Path manufacturerRoots) {

    private static final String MANUFACTURER_ROOTS = "certs/ca/manufacturer";

    /**
     * Reads the properties of the PIDs {@code dcocpp.ocpp} and {@code dcocpp.security}.
     *
     * @throws IllegalArgumentException if one of them is missing or cannot be used; the message names it
     */
    public static Settings of(Map<String, ?> properties) {
        String id = text(properties, "chargePointId");
        URI address = "".equals(properties.get("centralSystemURI")) ? null
                : LinkSettings.address(text(properties, "centralSystemURI"), id);
        TransferPolicy transfers = TransferPolicy.of(properties);
        Path roots = Path.of(properties.get("manufacturerCaDir") instanceof String folder ? folder : MANUFACTURER_ROOTS);
        return new Settings(id, address, Path.of(text(properties, "databaseDir")), Path.of(text(properties, "messageLogPath")),
                Path.of(text(properties, "userConfig")), transfers, transfers.dataFolder().resolve(roots));
    }

    /** The address for people; empty when there is none. */
    public String addressText() {
        return address == null ? "" : address.toString();
    }

    private static String text(Map<String, ?> properties, String name) {
        if (properties.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException("dcocpp.ocpp has no " + name);
    }

    /** The keys of OCPP among the properties: {@code Section.Key}. */
    public static Map<String, Object> keys(Map<String, ?> properties) {
        Map<String, Object> keys = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (name.indexOf('.') > 0 && Character.isUpperCase(name.charAt(0))) {
                keys.put(name, value);
            }
        });
        return keys;
    }
}
