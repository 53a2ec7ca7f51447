package dcocpp.ocpp.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.store.DurableFile;

/** The file that keeps what the back office has set. It may hold the AuthorizationKey: only its owner reads it. */
final class UserConfig {
    private static final Logger LOG = LoggerFactory.getLogger(UserConfig.class);

    private final ObjectMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final Path file;

    UserConfig(Path file) {
        this.file = file;
    }

    /** What the file holds; nothing if it is not there or damaged, which is said. */
    Map<String, String> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return json.readValue(file.toFile(), new TypeReference<TreeMap<String, String>>() { });
        } catch (IOException e) {
            LOG.error("{} cannot be read, what the back office had set is lost: {}", file, e.getMessage());
            return Map.of();
        }
    }

    /** Replaces the file as a whole, durably. */
    void write(Map<String, String> values) throws IOException {
        DurableFile.write(file, json.writeValueAsBytes(new TreeMap<>(values)), true);
    }
}
