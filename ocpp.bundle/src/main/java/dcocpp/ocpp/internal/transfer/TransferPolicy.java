package dcocpp.ocpp.internal.transfer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What the configuration permits.
 *
 * @param protocols how files may travel
 * @param maxBytes the largest file, in either direction
 * @param connectTimeout for the connection, real time
 * @param transferTimeout for the whole transfer, real time
 * @param caBundle PEM file with the authorities that servers are checked against; if there is no such file, those of the Java runtime
 *        count
 * @param dataFolder the charger's data folder; {@code file:} addresses must lie in its folder {@value #FILE_FOLDER}
 */
public record TransferPolicy(Set<Protocol> protocols, long maxBytes, Duration connectTimeout, Duration transferTimeout, Path caBundle,
        Path dataFolder) {

    /** The folder in the data folder in which {@code file:} addresses must lie. */
    public static final String FILE_FOLDER = "transfer";

    private static final String PROTOCOLS = "FirmwareManagement.SupportedFileTransferProtocols";

    public TransferPolicy {
        EnumSet<Protocol> copy = EnumSet.noneOf(Protocol.class);
        copy.addAll(protocols);
        protocols = Collections.unmodifiableSet(copy);
    }

    /** Reads the properties of the PIDs {@code dcocpp.ocpp} and {@code dcocpp.security}; what is not said is as safe as can be. */
    public static TransferPolicy of(Map<String, ?> properties) {
        Path data = Path.of(text(properties, "dataDir", "data")).toAbsolutePath().normalize();
        return new TransferPolicy(protocols(properties), number(properties, "maxBytes", 100L << 20),
                Duration.ofSeconds(number(properties, "connectTimeoutSeconds", 10)),
                Duration.ofSeconds(number(properties, "transferTimeoutSeconds", 60)),
                data.resolve(text(properties, "csmsCaBundle", "certs/ca/csms/CSMS_ROOT_CA.pem")), data);
    }

    /** Those that are offered, less what is not permitted. */
    private static Set<Protocol> protocols(Map<String, ?> properties) {
        boolean httpsOnly = flag(properties, "requireHttpsUploads", true);
        boolean files = flag(properties, "allowFileTargets", false);
        EnumSet<Protocol> permitted = EnumSet.noneOf(Protocol.class);
        for (String name : text(properties, PROTOCOLS, Protocol.HTTPS.name()).split(",")) {
            Protocol.of(name).filter(protocol -> switch (protocol) {
                case HTTPS -> true;
                case FILE -> files;
                case HTTP, FTP, FTPS -> !httpsOnly;
            }).ifPresent(permitted::add);
        }
        return permitted;
    }

    private static String text(Map<String, ?> properties, String name, String otherwise) {
        return properties.get(name) instanceof String text && !text.isBlank() ? text : otherwise;
    }

    private static long number(Map<String, ?> properties, String name, long otherwise) {
        return properties.get(name) instanceof Number number ? number.longValue() : otherwise;
    }

    private static boolean flag(Map<String, ?> properties, String name, boolean otherwise) {
        return properties.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    Path fileFolder() {
        return dataFolder.resolve(FILE_FOLDER);
    }
}
