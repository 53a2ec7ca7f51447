package dcocpp.ocpp.internal.core;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.transfer.Queries;

/**
 * Every frame with its time and direction, one JSON object per line, in files of a bounded size and number. Secrets are
 * masked. Used on the owner thread, which writes what has gathered when it is done with what it does: neither an answer nor the call that
 * follows from one waits for the disk.
 */
final class MessageLog implements AutoCloseable {
    /** The file that is being written; older ones carry a number. */
    static final String FILE = "ocpp.jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(MessageLog.class);
    private static final String SECRET = "AuthorizationKey";
    private static final Pattern SECRET_KEY = Pattern.compile(SECRET, Pattern.CASE_INSENSITIVE);
    /** In the user part of an address: {@code ftp://user:password@host}. Begins where no long text can match in vain. */
    private static final Pattern PASSWORD = Pattern.compile("://([^\\s/:@\"]*):[^\\s/\"]*@");
    private static final String MASK = "***";

    private final ObjectMapper json = JsonMapper.builder().build();
    private final Path folder;
    private final long maxBytes;
    private final int oldFiles;
    private final Executor owner;
    private final List<Line> gathered = new ArrayList<>();
    private OutputStream out;
    private long size;
    private boolean failed;

    private record Line(Instant at, long connection, boolean sent, String frame) {
    }

    /**
     * @param maxBytes a file is full before it has more, unless a single line has
     * @param oldFiles how many full files are kept
     * @param owner whose thread calls the methods; it writes what was sent when it is done with what it does
     */
    MessageLog(Path folder, long maxBytes, int oldFiles, Executor owner) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.oldFiles = oldFiles;
        this.owner = owner;
    }

    void sent(Instant at, long connection, String frame) {
        gathered.add(new Line(at, connection, true, frame));
        if (gathered.size() == 1) {
            // Else somebody has promised already to write.
            try {
                owner.execute(this::write);
            } catch (RejectedExecutionException e) {
                LOG.debug("The last frames are written at once", e);
                write();
            }
        }
    }

    /** What follows from it may be sent first: whoever calls this calls {@link #write} when that is done. */
    void received(Instant at, long connection, String frame) {
        gathered.add(new Line(at, connection, false, frame));
    }

    /** Writes what has gathered. */
    void write() {
        if (gathered.isEmpty()) {
            return;
        }
        try {
            for (Line line : gathered) {
                write(text(line));
            }
            if (out != null) {
                out.flush();
            }
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                failed = true;
                LOG.error("Frames cannot be logged in {}: {}", folder, e.toString());
            }
            closeFile();
        } finally {
            gathered.clear();
        }
    }

    private void write(String text) throws IOException {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        if (out == null) {
            open();
        }
        if (size > 0 && size + line.length > maxBytes) {
            rotate();
        }
        out.write(line);
        size += line.length;
    }

    private String text(Line line) {
        String head = "{\"at\":\"" + OcppTime.format(line.at()) + "\",\"connection\":" + line.connection() + ",\"direction\":\""
                + (line.sent() ? "out" : "in") + "\",";
        String frame = line.frame();
        if (plain(frame) && (line.sent() || isArray(frame))) {
            return head + "\"frame\":" + frame + "}";
        }
        try {
            // An empty text is read as nothing at all, which cannot be written.
            return head + "\"frame\":" + (frame.isBlank() ? "\"\"" : masked(json.readTree(frame))) + "}";
        } catch (JsonProcessingException e) {
            String garbled = SECRET_KEY.matcher(frame).find() ? MASK : withoutSecrets(frame);
            return head + "\"garbled\":" + TextNode.valueOf(garbled) + "}";
        }
    }

    /**
     * Nothing in it can be a secret, break the line or hide from this look behind an escape: it is logged as it is, which is what most
     * frames are and much cheaper than to read it into a tree.
     */
    private static boolean plain(String frame) {
        for (int i = 0; i < frame.length(); i++) {
            char c = frame.charAt(i);
            if (c < ' ' || c == '\\' || c == ':' && frame.startsWith("://", i)
                    || (c == 'a' || c == 'A') && frame.regionMatches(true, i, SECRET, 0, SECRET.length())) {
                return false;
            }
        }
        return true;
    }

    /** What we send is JSON; what comes may be anything. */
    private boolean isArray(String frame) {
        try (JsonParser parser = json.createParser(frame)) {
            return parser.nextToken() == JsonToken.START_ARRAY && parser.skipChildren().currentToken() == JsonToken.END_ARRAY
                    && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** The same without secrets: values of the AuthorizationKey, and passwords and query strings in addresses. */
    private static JsonNode masked(JsonNode node) {
        if (node instanceof ObjectNode object) {
            boolean secret = SECRET_KEY.matcher(object.path("key").asText()).matches();
            object.properties().forEach(field -> field.setValue(secret && field.getKey().equals("value")
                    ? TextNode.valueOf(MASK) : masked(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i)));
            }
        } else if (node.isTextual()) {
            return TextNode.valueOf(withoutSecrets(node.textValue()));
        }
        return node;
    }

    private static String withoutSecrets(String text) {
        return Queries.masked(PASSWORD.matcher(text).replaceAll("://$1:" + MASK + "@"));
    }

    private void open() throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE);
        size = Files.exists(file) ? Files.size(file) : 0;
        out = new BufferedOutputStream(new FileOutputStream(file.toFile(), true));
    }

    private void rotate() throws IOException {
        closeFile();
        if (oldFiles == 0) {
            Files.delete(folder.resolve(FILE));
        }
        for (int i = oldFiles - 1; i >= 0; i--) {
            Path from = folder.resolve(i == 0 ? FILE : FILE + "." + i);
            if (Files.exists(from)) {
                Files.move(from, folder.resolve(FILE + "." + (i + 1)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
    }

    private void closeFile() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                LOG.debug("Closing the message log failed", e);
            }
            out = null;
        }
    }

    @Override
    public void close() {
        write();
        closeFile();
    }
}
