package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MessageLogTest {
    @TempDir
    private Path folder;

    private static String entry(String direction, int second, String frame) {
        return String.format("{\"at\":\"2026-01-01T12:00:%02dZ\",\"connection\":1,\"direction\":\"%s\",\"frame\":%s}", second, direction,
                frame);
    }

    private void append(String text) throws Exception {
        Files.writeString(folder.resolve("ocpp.jsonl"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void rotate() throws Exception {
        if (Files.exists(folder.resolve("ocpp.jsonl.1"))) {
            Files.move(folder.resolve("ocpp.jsonl.1"), folder.resolve("ocpp.jsonl.2"));
        }
        Files.move(folder.resolve("ocpp.jsonl"), folder.resolve("ocpp.jsonl.1"));
    }

    @Test
    void theLastLinesComeFromAllFilesOldestFirst() throws Exception {
        append("1\n2\n");
        rotate();
        append("3\n4\n");
        rotate();
        append("5\n");
        try (MessageLogFiles files = new MessageLogFiles(folder)) {
            assertEquals(List.of("2", "3", "4", "5"), files.last(4));
        }
        try (MessageLogFiles files = new MessageLogFiles(folder)) {
            assertEquals(List.of("1", "2", "3", "4", "5"), files.last(100));
        }
        try (MessageLogFiles files = new MessageLogFiles(folder)) {
            assertEquals(List.of(), files.last(0));
        }
    }

    @Test
    void whatIsAddedFollowsAlsoIntoANewFile() throws Exception {
        append("1\n");
        try (MessageLogFiles files = new MessageLogFiles(folder)) {
            List<String> seen = new ArrayList<>(files.last(10));
            append("2\nhal");
            seen.addAll(files.more());
            append("f\n4\n");
            rotate();
            append("5 \u00e4\n");
            seen.addAll(files.more());
            seen.addAll(files.more());
            assertEquals(List.of("1", "2", "half", "4", "5 \u00e4"), seen);
        }
    }

    @Test
    void aLogThatIsNotThereYetIsFollowedWhenItComes() throws Exception {
        try (MessageLogFiles files = new MessageLogFiles(folder)) {
            assertEquals(List.of(), files.last(10));
            append("1\n");
            assertEquals(List.of("1"), files.more());
        }
    }

    @Test
    void anAnswerIsShownWithItsCallAndItsTime() {
        MessageLogText text = new MessageLogText();
        List<String> lines = List.of(
                entry("out", 1, "[2,\"a\",\"StartTransaction\",{\"connectorId\":1,\"idTag\":\"TAG\"}]"),
                entry("in", 2, "[2,\"a\",\"Reset\",{\"type\":\"Soft\"}]"),
                entry("in", 3, "[3,\"a\",{\"transactionId\":7}]"),
                entry("out", 4, "[4,\"a\",\"InternalError\",\"no luck\",{}]"),
                entry("in", 5, "[3,\"zz\",{}]"),
                "{\"at\":\"2026-01-01T12:00:06Z\",\"connection\":1,\"direction\":\"in\",\"garbled\":\"hello\"}",
                "not ours");
        assertEquals(List.of(
                "2026-01-01 12:00:01.000  charger -> CSMS  StartTransaction                 connectorId=1  idTag=TAG",
                "2026-01-01 12:00:02.000  charger <- CSMS  Reset                            type=Soft",
                "2026-01-01 12:00:03.000  charger <- CSMS  StartTransaction answer          transactionId=7  (2000 ms)",
                "2026-01-01 12:00:04.000  charger -> CSMS  Reset REFUSED                    InternalError no luck  (2000 ms)",
                "2026-01-01 12:00:05.000  charger <- CSMS  (call zz) answer",
                "2026-01-01 12:00:06.000  charger <- CSMS  (no OCPP)                        hello",
                "not ours"), lines.stream().map(text::line).toList());
    }

    @Test
    void aLongPayloadIsCut() {
        String line = new MessageLogText().line(entry("out", 1, "[2,\"a\",\"DataTransfer\",{\"data\":\"" + "x".repeat(5000) + "\"}]"));
        assertTrue(line.length() < 300 && line.endsWith("x ..."), line);
    }

    private String run(int expected, String... args) {
        StringWriter text = new StringWriter();
        CommandLine command = Main.command().setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        assertEquals(expected, command.execute(args), text.toString());
        return text.toString();
    }

    @Test
    void controlCharactersOfTheOtherSideAreShownAndNotObeyed() throws Exception {
        Path config = Files.writeString(folder.resolve("charger.json"), "{\"messageLogPath\":\".\"}");
        String frame = "[2,\"a\",\"DataTransfer\",{\"data\":\"\\u001b[2J\\r\u009b1m\u202e\"}]";
        append(entry("in", 1, frame) + "\nno \u001b[31mjson\t\n");
        String[] call = {"--data", folder.toString(), "ocpp", "log", "--config", config.toString()};
        assertEquals("2026-01-01 12:00:01.000  charger <- CSMS  DataTransfer                     data=\\u001b[2J\\u000d\\u009b1m\\u202e\n"
                + "no \\u001b[31mjson\\u0009", run(0, call).strip());
        String json = run(0, "--data", folder.toString(), "ocpp", "log", "--config", config.toString(), "--json").lines().findFirst()
                .orElseThrow();
        assertTrue(json.contains("\\u001b[2J\\r\\u009b1m\\u202e"), json);
    }

    @Test
    void theCommandFindsTheLogWhereTheConfigurationSays() throws Exception {
        Path config = Files.writeString(folder.resolve("charger.json"), "{\"messageLogPath\":\".\"}");
        append(entry("out", 1, "[2,\"a\",\"Authorize\",{\"idTag\":\"TAG\"}]") + "\n" + entry("in", 2, "[3,\"a\",{}]") + "\n");
        String[] call = {"--data", folder.toString(), "ocpp", "log", "--config", config.toString(), "-n", "1"};
        assertEquals("2026-01-01 12:00:02.000  charger <- CSMS  Authorize answer                   (1000 ms)", run(0, call).strip());
        assertEquals(entry("in", 2, "[3,\"a\",{}]"), run(0, "--data", folder.toString(), "ocpp", "log", "--config", config.toString(),
                "-n", "1", "--json").strip());
        assertTrue(run(1, "--data", folder.resolve("none").toString(), "ocpp", "log").contains("there is no message log in"));
        assertTrue(run(2, "--data", folder.toString(), "ocpp", "log", "-n", "-3").contains("-n must not be negative"));
        assertTrue(run(5, "--data", folder.toString(), "ocpp", "resend").contains("no charger answers"));
    }
}
