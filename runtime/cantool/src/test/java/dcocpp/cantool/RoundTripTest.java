package dcocpp.cantool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.can.internal.codec.CrcMode;
import dcocpp.can.internal.codec.Message;
import dcocpp.can.internal.codec.NamedSignal;
import dcocpp.can.internal.codec.Signal;
import dcocpp.can.internal.codec.SignalTable;
import dcocpp.canlog.CandumpLog;
import dcocpp.canlog.LoggedFrame;

/** Random values of every signal of the contract through our codec, and through an independent DBC library where there is one. */
class RoundTripTest {

    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String INSTALL = "sudo apt install python3-canmatrix";
    private static final Path DBC = Path.of("..", "..", "docs", "can", "dc_charger.dbc");
    private static final int ROUNDS = 40;

    @TempDir
    private Path folder;
    private final Random random = new Random(20_260_101);

    /** Random raw values of the signals that a frame of this message can carry together. */
    private Map<String, Long> values(Message message) {
        List<NamedSignal> all = SignalTable.of(message);
        boolean paged = all.stream().anyMatch(named -> Signal.multiplexer(named.signal()));
        long page = random.nextInt(2);
        Map<String, Long> values = new HashMap<>();
        for (NamedSignal named : all) {
            long low = Signal.lowest(named.signal());
            long high = Signal.highest(named.signal());
            long value = switch (random.nextInt(8)) {
                case 0 -> low;
                case 1 -> high;
                default -> low + Math.floorMod(random.nextLong(), high - low + 1);
            };
            if (paged && Signal.multiplexer(named.signal())) {
                values.put(named.name(), page);
            } else if (!paged || Signal.onPage(named.signal(), page)) {
                values.put(named.name(), value);
            }
        }
        return values;
    }

    private static ObjectNode object(Message message, Map<String, Long> values) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("plcId", 7).put("message", message.dbcName());
        ObjectNode signals = json.putObject("signals");
        for (NamedSignal named : SignalTable.of(message)) {
            Long raw = values.get(named.name());
            if (raw != null) {
                signals.put(named.name(), BigDecimal.valueOf(raw).divide(BigDecimal.valueOf(Signal.divisor(named.signal()))));
            }
        }
        return json;
    }

    private static String hex(LoggedFrame frame) {
        String line = CandumpLog.format(frame);
        return line.substring(line.indexOf('#') + 1);
    }

    private static void assertSameValues(JsonNode expected, JsonNode actual, String what) {
        assertEquals(expected.size(), actual.size(), what + " " + expected + " " + actual);
        expected.properties().forEach(entry -> assertEquals(0,
                new BigDecimal(entry.getValue().asText()).compareTo(new BigDecimal(actual.path(entry.getKey()).asText())),
                what + " " + entry.getKey()));
    }

    @Test
    void ourCodecReadsWhatItWrote() {
        for (Message message : Message.values()) {
            for (int round = 0; round < ROUNDS; round++) {
                ObjectNode written = object(message, values(message));
                LoggedFrame frame = FrameEncoder.encode(written);
                ObjectNode read = new FrameDecoder(CrcMode.STRICT).decode(CandumpLog.parse(CandumpLog.format(frame)));
                assertSameValues(written.path("signals"), read.path("signals"), message.dbcName());
                assertEquals(7, read.path("plcId").asInt());
            }
        }
    }

    @Test
    void anyFrameIsDecodedAndItsLineReadsBack() {
        FrameDecoder strict = new FrameDecoder(CrcMode.STRICT);
        FrameDecoder legacy = new FrameDecoder(CrcMode.LEGACY);
        Message[] messages = Message.values();
        for (int i = 0; i < 20_000; i++) {
            int id = LoggedFrame.EXTENDED | (random.nextBoolean() ? messages[random.nextInt(messages.length)].id(random.nextInt(16))
                    : random.nextInt(LoggedFrame.EXTENDED_MASK + 1));
            if (random.nextInt(10) == 0) {
                id = random.nextInt(LoggedFrame.STANDARD_MASK + 1);
            }
            int kind = random.nextInt(20);
            id = kind == 0 ? id | LoggedFrame.REMOTE : kind == 1 ? id & LoggedFrame.EXTENDED_MASK | LoggedFrame.ERROR : id;
            long payload = (id & LoggedFrame.REMOTE) != 0 ? 0 : random.nextLong();
            LoggedFrame frame = new LoggedFrame(i * 1000L, "can0", id, random.nextInt(9), payload);
            assertEquals(frame, CandumpLog.parse(CandumpLog.format(frame)));
            ObjectNode seen = strict.decode(frame);
            assertEquals(seen.path("signals"), legacy.decode(frame).path("signals"));
            if (seen.path("message").isNull() && !seen.has("kind")) {
                assertEquals(frame, FrameEncoder.encode(seen), seen.toString());
            }
        }
    }

    @Test
    void canmatrixReadsWhatWeWriteAndWeWhatItWrites() throws IOException, InterruptedException {
        boolean there = Files.isExecutable(PYTHON)
                && run(List.of(PYTHON.toString(), "-c", "import canmatrix.formats"), Path.of("/dev/null")).exit() == 0;
        if (!there) {
            System.out.println("NOT RUN: round trip through an independent DBC library: " + INSTALL);
        }
        Assumptions.assumeTrue(there, INSTALL);
        List<ObjectNode> ours = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        List<String> ourBytes = new ArrayList<>();
        for (Message message : Message.values()) {
            for (int round = 0; round < ROUNDS; round++) {
                Map<String, Long> values = values(message);
                ObjectNode written = object(message, values);
                String bytes = hex(FrameEncoder.encode(written));
                ours.add(written);
                ourBytes.add(bytes);
                asked.add("D " + message.base() + " " + bytes);
                asked.add("E " + message.base() + " " + Lines.mapper().writeValueAsString(values));
            }
        }
        Path questions = Files.write(folder.resolve("questions.txt"), asked);
        Path script = folder.resolve("codec.py");
        try (InputStream source = RoundTripTest.class.getResourceAsStream("canmatrix_codec.py")) {
            Files.copy(source, script);
        }
        Result result = run(List.of(PYTHON.toString(), script.toString(), DBC.toAbsolutePath().toString()), questions);
        List<String> answers = result.output().lines().filter(line -> line.startsWith("=")).map(line -> line.substring(1)).toList();
        assertEquals(asked.size(), answers.size(), result.output());
        for (int i = 0; i < ours.size(); i++) {
            String what = ours.get(i).path("message").asText() + " " + ourBytes.get(i);
            assertSameValues(ours.get(i).path("signals"), Lines.mapper().readTree(answers.get(2 * i)), what);
            assertEquals(ourBytes.get(i), answers.get(2 * i + 1), what);
        }
    }

    private record Result(int exit, String output) {
    }

    private Result run(List<String> command, Path input) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command).redirectInput(input.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), "no end: " + command);
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), Files.readString(output));
    }
}
