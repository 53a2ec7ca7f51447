package dcocpp.launcher.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The raw record in a file: one JSON object a line, each with its {@code type}. Every line is in the file as soon as it is written. */
final class RecordFile implements AutoCloseable {

    static final String NAME = "samples.jsonl";

    private static final ObjectMapper JSON = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final BufferedWriter out;

    private RecordFile(BufferedWriter out) {
        this.out = out;
    }

    /** Begins the record in a folder that has none. */
    static RecordFile create(Path folder) throws LaunchException {
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            return new RecordFile(Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW));
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "cannot begin the record " + file + ": " + e
                    + "; choose a folder with --out that has none and can be written", e);
        }
    }

    void write(SoakRecord.Run run) throws LaunchException {
        line("run", run);
    }

    void write(Sample sample) throws LaunchException {
        line("sample", sample);
    }

    void write(SoakRecord.Event event) throws LaunchException {
        line("event", event);
    }

    void write(SoakRecord.Complaint complaint) throws LaunchException {
        line("complaint", complaint);
    }

    void write(SoakRecord.Transaction transaction) throws LaunchException {
        line("transaction", transaction);
    }

    void write(SoakRecord.End end) throws LaunchException {
        line("end", end);
    }

    private void line(String type, Object value) throws LaunchException {
        try {
            ObjectNode node = JSON.createObjectNode().put("type", type);
            node.setAll((ObjectNode) JSON.valueToTree(value));
            out.write(node.toString());
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "the record cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a record, also that of a run that was killed: a last line that was cut off is passed over.
     *
     * @throws LaunchException when there is none, or something in it is no record
     */
    static SoakRecord read(Path folder) throws LaunchException {
        Path file = folder.resolve(NAME);
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new LaunchException(ExitCode.FAILED, "there is no " + NAME + " in " + folder + "; it is where --out of the run said", e);
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage(), e);
        }
        SoakRecord.Run run = null;
        Optional<SoakRecord.End> end = Optional.empty();
        List<Sample> samples = new ArrayList<>();
        List<SoakRecord.Event> events = new ArrayList<>();
        List<SoakRecord.Complaint> complaints = new ArrayList<>();
        List<SoakRecord.Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                ObjectNode node = (ObjectNode) JSON.readTree(lines.get(i));
                switch (node.path("type").asText()) {
                    case "run" -> run = JSON.treeToValue(node, SoakRecord.Run.class);
                    case "sample" -> samples.add(JSON.treeToValue(node, Sample.class));
                    case "event" -> events.add(JSON.treeToValue(node, SoakRecord.Event.class));
                    case "complaint" -> complaints.add(JSON.treeToValue(node, SoakRecord.Complaint.class));
                    case "transaction" -> transactions.add(JSON.treeToValue(node, SoakRecord.Transaction.class));
                    case "end" -> end = Optional.of(JSON.treeToValue(node, SoakRecord.End.class));
                    default -> throw notARecord(file, i, null);
                }
            } catch (JsonProcessingException | ClassCastException e) {
                if (i < lines.size() - 1) {
                    throw notARecord(file, i, e);
                }
            }
        }
        if (run == null) {
            throw new LaunchException(ExitCode.FAILED, file + " does not say what was run: it is no record of charger soak");
        }
        return new SoakRecord(run, samples, events, complaints, transactions, end);
    }

    private static LaunchException notARecord(Path file, int line, Exception cause) {
        return new LaunchException(ExitCode.FAILED, "line " + (line + 1) + " of " + file + " is no line of a record", cause);
    }

    @Override
    public void close() throws LaunchException {
        try {
            out.close();
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "the record cannot be written: " + e.getMessage(), e);
        }
    }
}
