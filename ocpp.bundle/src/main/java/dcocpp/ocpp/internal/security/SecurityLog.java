package dcocpp.ocpp.internal.security;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All security events, a JSON object in each line. A full file becomes the old one, and the one before that goes. Events are rare, so the
 * file is opened for each. Used on the owner thread only.
 */
final class SecurityLog {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityLog.class);

    static final String FILE = "security.jsonl";
    static final String OLD_FILE = FILE + ".1";
    private static final long MAX_BYTES = 1_000_000;

    private final ObjectMapper json = new ObjectMapper();
    private final Path folder;

    SecurityLog(Path folder) {
        this.folder = folder;
    }

    /** A log that cannot be written is said, and does not keep the charger from charging. */
    void write(Instant at, String type, String techInfo) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
                Files.move(file, folder.resolve(OLD_FILE), StandardCopyOption.REPLACE_EXISTING);
            }
            try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND)) {
                out.write(json.createObjectNode().put("at", at.toString()).put("type", type).put("techInfo", techInfo).toString());
                out.newLine();
            }
        } catch (IOException e) {
            LOG.error("The security event {} cannot be logged in {}: {}", type, file, e.toString());
        }
    }
}
