package dcocpp.ocpp.internal.transfer;

import java.util.Locale;
import java.util.Optional;

/** How a file can travel; the names are those of SupportedFileTransferProtocols. */
public enum Protocol {
    HTTP, HTTPS, FTP, FTPS, FILE;

    /** The protocol of this name or scheme, in any case. */
    static Optional<Protocol> of(String name) {
        for (Protocol protocol : values()) {
            if (protocol.name().equals(name.strip().toUpperCase(Locale.ROOT))) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
