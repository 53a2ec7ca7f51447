package dcocpp.ocpp.internal.core;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every frame with its time and direction, one JSON object per line, in files of a bounded size and number. Secrets are
 * masked. Used on the owner thread only.
 */
final class MessageLog implements AutoCloseable {
    /** The file that is being written; older ones carry a number. */
    static final String FILE = "ocpp.jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(MessageLog.class);
    private static final Pattern VALUE = Pattern.compile("(\"value\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\"");

    /** User and password in an address; JSON may write its slashes escaped. */
    private static final Pattern LOGIN = Pattern.compile("(?<=:(?:\\\\)?/(?:\\\\)?/)[^/\\s\"\\\\]+(?=@)");

    private final ObjectMapper json = JsonMapper.builder().build();
    private final Path folder;
    private final long maxChars;
    private final int oldFiles;
    private BufferedWriter writer;
    private long size;
    private boolean failed;

    MessageLog(Path folder, long maxChars, int oldFiles) {
        this.folder = folder;
        this.maxChars = maxChars;
        this.oldFiles = oldFiles;
    }

    void sent(Instant at, long connection, String frame) {
        write(at, connection, "out", frame);
    }

    void received(Instant at, long connection, String frame) {
        write(at, connection, "in", frame);
    }

    private void write(Instant at, long connection, String direction, String frame) {
        ObjectNode line = json.createObjectNode().put("at", at.toString()).put("connection", connection).put("direction", direction);
        String masked = mask(frame);
        try {
            line.set("frame", json.readTree(masked));
        } catch (JsonProcessingException e) {
            line.put("garbled", masked.equals(frame) ? frame : "***");
        }
        try {
            String text = line.toString();
            if (writer == null) {
                open();
            } else if (size + text.length() > maxChars) {
                rotate();
            }
            writer.write(text);
            writer.newLine();
            writer.flush();
            size += text.length() + 1L;
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                failed = true;
                LOG.error("Frames cannot be logged in {}: {}", folder, e.toString());
            }
            close();
        }
    }

    /** ChangeConfiguration of the AuthorizationKey, and addresses of files, are what carries a secret in clear. */
    private static String mask(String frame) {
        String masked = frame.toLowerCase(Locale.ROOT).contains("authorizationkey")
                ? VALUE.matcher(frame).replaceAll("$1\"***\"") : frame;
        return LOGIN.matcher(masked).replaceAll("***");
    }

    private void open() throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE);
        size = Files.exists(file) ? Files.size(file) : 0;
        writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void rotate() throws IOException {
        close();
        for (int i = oldFiles - 1; i >= 0; i--) {
            Path from = folder.resolve(i == 0 ? FILE : FILE + "." + i);
            if (Files.exists(from)) {
                Files.move(from, folder.resolve(FILE + "." + (i + 1)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
    }

    @Override
    public void close() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException e) {
                LOG.debug("Closing the message log failed", e);
            }
            writer = null;
        }
    }
}
