package dcocpp.ocpp.internal.diagnostics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalException;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.transfer.Abort;
import dcocpp.ocpp.internal.transfer.TransferException;

/**
 * Packs what a support engineer needs into one zip: messages, logs, the latest transactions, the keys of OCPP, versions. The newest come
 * first and the oldest are left out when it becomes too large. {@link Redaction} goes over all of it. Safe for use by several threads.
 */
final class Archive {
    /** The log of security events, one JSON object with its time as {@code at} in each line; rotated files have something behind it. */
    static final String SECURITY_LOG = "security.jsonl";

    private static final int TRANSACTIONS = 1000;

    private final ObjectMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final ObjectMapper lines = JsonMapper.builder().build();
    private final String chargePointId;
    private final Path messageLogs;
    private final Path logs;
    private final Journal journal;
    private final long maxBytes;

    /**
     * What is wanted.
     *
     * @param security only the log of security events
     * @param from what is older is left out
     * @param until what is newer is left out
     * @param keys the keys of OCPP as a back office sees them
     */
    record Order(boolean security, Instant from, Instant until, Collection<Configuration.Entry> keys) {

        private boolean wants(Instant at) {
            return !at.isBefore(from) && !at.isAfter(until);
        }
    }

    /**
     * @param messageLogs folder of the logs of OCPP messages and security events
     * @param logs folder of the charger's log
     * @param maxBytes the file may have
     */
    Archive(String chargePointId, Path messageLogs, Path logs, Journal journal, long maxBytes) {
        this.chargePointId = chargePointId;
        this.messageLogs = messageLogs;
        this.logs = logs;
        this.journal = journal;
        this.maxBytes = maxBytes;
    }

    /** There are security events to be told. */
    boolean hasSecurityLog() {
        try {
            return !newestFirst(messageLogs, SECURITY_LOG + "*").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    void write(Path file, Order order, Abort abort) throws TransferException {
        Redaction redaction = new Redaction();
        ObjectNode about = json.createObjectNode().put("chargePointId", chargePointId)
                .put("from", order.from().equals(Instant.EPOCH) ? "the beginning" : order.from().toString())
                .put("until", order.until().equals(Instant.MAX) ? "now" : order.until().toString());
        ArrayNode leftOut = about.putArray("leftOut");
        try (Zip zip = new Zip(file, maxBytes)) {
            if (order.security()) {
                addLogs(zip, "", newestFirst(messageLogs, SECURITY_LOG + "*"), order, redaction, leftOut, abort);
            } else {
                // First of all what tells which words are tokens.
                zip.text("transactions.json", json.writeValueAsString(transactions(order, redaction)));
                zip.text("configuration.json", json.writeValueAsString(keys(order, redaction)));
                zip.text("bundles.txt", bundles());
                addLogs(zip, "ocpp/", messageLogs(), order, redaction, leftOut, abort);
                addLogs(zip, "log/", newestFirst(logs, "*.log*"), order, redaction, leftOut, abort);
            }
            zip.text("about.json", json.writeValueAsString(about));
        } catch (IOException e) {
            throw new TransferException(e);
        }
    }

    private List<Path> messageLogs() throws IOException {
        return newestFirst(messageLogs, "*.jsonl*").stream().filter(log -> !log.getFileName().toString().startsWith(SECURITY_LOG)).toList();
    }

    private static List<Path> newestFirst(Path folder, String names) throws IOException {
        record Dated(Path file, FileTime changed) {
        }
        List<Dated> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
                for (Path file : files) {
                    if (Files.isRegularFile(file) && Files.size(file) > 0) {
                        found.add(new Dated(file, Files.getLastModifiedTime(file)));
                    }
                }
            }
        }
        found.sort(Comparator.comparing(Dated::changed).reversed().thenComparing(Dated::file));
        return found.stream().map(Dated::file).toList();
    }

    private void addLogs(Zip zip, String folder, List<Path> files, Order order, Redaction redaction, ArrayNode leftOut, Abort abort)
            throws IOException, TransferException {
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (zip.full()) {
                leftOut.add(folder + name);
            } else if (!Files.getLastModifiedTime(file).toInstant().isBefore(order.from())) {
                zip.begin(folder + (name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name));
                if (!addLines(zip, file, order, redaction, abort)) {
                    leftOut.add(folder + name + " from some line on");
                }
                zip.end();
            }
        }
    }

    /** @return whether all of it found place */
    private boolean addLines(Zip zip, Path file, Order order, Redaction redaction, Abort abort) throws IOException, TransferException {
        boolean wanted = false;
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                abort.check();
                if (zip.full()) {
                    return false;
                }
                JsonNode object = line.startsWith("{") ? tree(line) : null;
                Instant at = object == null ? timeAtTheBeginning(line) : OcppTime.parse(object.path("at").asText()).orElse(null);
                // A line without a time belongs to the one before it, as those of a stack trace do.
                wanted = at == null ? wanted : order.wants(at);
                if (wanted && object != null) {
                    redaction.json(object);
                    zip.line(lines.writeValueAsString(object));
                } else if (wanted) {
                    zip.line(redaction.text(line));
                }
            }
            return true;
        }
    }

    /** Null if it is no JSON, such as a line that is just being written. */
    private JsonNode tree(String line) {
        try {
            return lines.readTree(line);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static Instant timeAtTheBeginning(String line) {
        int end = line.indexOf(' ');
        return end <= 0 ? null : OcppTime.parse(line.substring(0, end)).orElse(null);
    }

    private JsonNode transactions(Order order, Redaction redaction) {
        ArrayNode list = json.createArrayNode();
        try {
            for (TransactionRecord record : journal.transactions(TRANSACTIONS)) {
                String idTag = redaction.token(record.started().token().idTag());
                boolean ended = record.stopped() != null;
                if (record.started().stamp().at().isAfter(order.until())
                        || ended && record.stopped().stamp().at().isBefore(order.from())) {
                    continue;
                }
                ObjectNode entry = list.addObject().put("transactionId", record.started().transactionId())
                        .put("connectorId", record.started().connectorId()).put("idTag", idTag)
                        .put("source", record.started().token().source().name())
                        .put("started", record.started().stamp().at().toString())
                        .put("meterStartMilliWh", record.started().meterMilliWh())
                        .put("startDelivery", record.startDelivery().state() + " " + record.startDelivery().detail());
                if (ended) {
                    entry.put("stopped", record.stopped().stamp().at().toString())
                            .put("meterStopMilliWh", record.stopped().meterMilliWh()).put("reason", record.stopped().reason().name())
                            .put("stopDelivery", record.stopDelivery().state() + " " + record.stopDelivery().detail());
                }
            }
        } catch (JournalException e) {
            list.add("the journal cannot be read: " + e.getMessage());
        }
        return list;
    }

    private JsonNode keys(Order order, Redaction redaction) {
        ObjectNode keys = json.createObjectNode();
        order.keys().stream().filter(entry -> entry.value() != null)
                .forEach(entry -> keys.put(entry.name(), redaction.text(entry.value())));
        return keys;
    }

    /** One in each line with its version; none outside a framework. */
    private static String bundles() {
        Bundle own = FrameworkUtil.getBundle(Archive.class);
        List<String> all = new ArrayList<>();
        if (own != null && own.getBundleContext() != null) {
            for (Bundle bundle : own.getBundleContext().getBundles()) {
                all.add(bundle.getSymbolicName() + " " + bundle.getVersion() + (bundle.getState() == Bundle.ACTIVE ? "" : " not active"));
            }
        }
        return String.join("\n", all);
    }
}
