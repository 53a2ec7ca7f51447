package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.api.io.TempDir;

class MessageLogTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000Z");

    @TempDir
    private Path folder;

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    @Test
    void aFrameIsALineOfJsonWithTimeDirectionAndConnection() throws Exception {
        try (MessageLog log = new MessageLog(folder, 1000, 2, Runnable::run)) {
            log.sent(NOON, 3, "[2,\"a\",\"Heartbeat\",{}]");
            log.received(NOON, 3, "garbled [");
        }
        assertEquals(List.of(
                "{\"at\":\"2026-01-01T12:00:00.000Z\",\"connection\":3,\"direction\":\"out\",\"frame\":[2,\"a\",\"Heartbeat\",{}]}",
                "{\"at\":\"2026-01-01T12:00:00.000Z\",\"connection\":3,\"direction\":\"in\",\"garbled\":\"garbled [\"}"),
                lines(MessageLog.FILE));
    }

    @Test
    void anAnswerDoesNotWaitForTheDisk() throws Exception {
        List<Runnable> later = new ArrayList<>();
        try (MessageLog log = new MessageLog(folder, 1000, 2, later::add)) {
            log.received(NOON, 1, "[2,\"a\",\"Reset\",{}]");
            log.sent(NOON, 1, "[3,\"a\",{}]");
            assertFalse(Files.exists(folder.resolve(MessageLog.FILE)));
            assertEquals(List.of(), later, "the owner writes when the frame is dealt with");
            log.write();
            assertEquals(2, lines(MessageLog.FILE).size());
            log.sent(NOON, 1, "[2,\"b\",\"Heartbeat\",{}]");
            assertEquals(2, lines(MessageLog.FILE).size());
            later.remove(0).run();
            assertEquals(3, lines(MessageLog.FILE).size());
            log.sent(NOON, 1, "[2,\"c\",\"Heartbeat\",{}]");
        }
        assertEquals(4, lines(MessageLog.FILE).size(), "what has gathered is written at the end");
        later.forEach(Runnable::run);
        assertEquals(4, lines(MessageLog.FILE).size());
    }

    @Test
    void framesAreWrittenAtOnceWhenTheOwnerTakesNoMoreWork() throws Exception {
        try (MessageLog log = new MessageLog(folder, 1000, 2, task -> {
            throw new RejectedExecutionException();
        })) {
            log.sent(NOON, 1, "[2,\"a\",\"Heartbeat\",{}]");
            assertEquals(1, lines(MessageLog.FILE).size());
        }
    }

    @Test
    void filesAreBoundedInSizeAndNumberAndTheLogGoesOnAfterARestart() throws Exception {
        for (int restart = 0; restart < 4; restart++) {
            try (MessageLog log = new MessageLog(folder, 300, 2, Runnable::run)) {
                for (int i = 0; i < 5; i++) {
                    log.sent(NOON, 1, "[3,\"" + restart + "-" + i + "\",{\"data\":\"€€€€\"}]");
                }
            }
        }
        try (var files = Files.list(folder)) {
            List<Path> all = files.sorted().toList();
            assertEquals(List.of("ocpp.jsonl", "ocpp.jsonl.1", "ocpp.jsonl.2"), all.stream().map(file -> file.getFileName().toString()).toList());
            for (Path file : all) {
                assertTrue(Files.size(file) <= 300, file + " has " + Files.size(file) + " bytes");
            }
        }
        assertTrue(lines(MessageLog.FILE).get(lines(MessageLog.FILE).size() - 1).contains("3-4"));
    }

    @Test
    void oneFileAloneIsBoundedToo() throws Exception {
        try (MessageLog log = new MessageLog(folder, 300, 0, Runnable::run)) {
            for (int i = 0; i < 20; i++) {
                log.sent(NOON, 1, "[2,\"" + i + "\",\"Heartbeat\",{}]");
            }
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(folder.resolve(MessageLog.FILE)), files.toList());
        }
        assertTrue(Files.size(folder.resolve(MessageLog.FILE)) <= 300);
        assertTrue(lines(MessageLog.FILE).get(lines(MessageLog.FILE).size() - 1).contains("\"19\""));
    }

    @Test
    void aSecretIsMaskedInWholeAndInGarbledFrames() throws Exception {
        try (MessageLog log = new MessageLog(folder, 10_000, 2, Runnable::run)) {
            log.received(NOON, 1, "[2,\"a\",\"ChangeConfiguration\",{\"key\":\"AuthorizationKey\",\"value\":\"se\\\"cret\"}]");
            log.received(NOON, 1, "[2,\"a\",\"ChangeConfiguration\",{\"value\":\"secret\",\"key\":\"authorizationkey\"");
        }
        for (String line : lines(MessageLog.FILE)) {
            assertFalse(line.contains("cret"), line);
            new ObjectMapper().readTree(line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2,\"a\",\"ChangeConfiguration\",{\"key\":\"authorizationKEY\",\"value\":\"secret\"}]",
        "[2,\"a\",\"ChangeConfiguration\",{\"key\":\"\\u0041uthorizationKey\",\"value\":\"secret\"}]",
        "[2,\"a\",\"GetLog\",{\"at\":\"ftp:\\u002f/joe:secret@host\"}]",
        "[2,\"a\",\"ChangeConfiguration\",{\"key\":\"AuthorizationKey\",\"value\":\"secret\"}"})
    void noWayOfWritingItGetsASecretIntoTheLog(String frame) throws Exception {
        try (MessageLog log = new MessageLog(folder, 10_000, 2, Runnable::run)) {
            log.received(NOON, 1, frame);
        }
        assertFalse(lines(MessageLog.FILE).get(0).contains("secret"), lines(MessageLog.FILE).get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2,\"a\",\n\"Heartbeat\",{}]", "[2,\"a\",\"Heartbeat\",{}", "[2,\"a\",\"Heartbeat\",{}] x", "nonsense", "",
        "[3,\"a\",{\"data\":\"line\u2028end\"}]"})
    void whateverComesIsOneLineOfJson(String frame) throws Exception {
        try (MessageLog log = new MessageLog(folder, 10_000, 2, Runnable::run)) {
            log.received(NOON, 1, frame);
            log.sent(NOON, 1, "[3,\"b\",{}]");
        }
        assertEquals(2, lines(MessageLog.FILE).size());
        for (String line : lines(MessageLog.FILE)) {
            assertEquals(1, new ObjectMapper().readTree(line).get("connection").intValue());
        }
    }

    @Test
    void onlyTheSecretIsMaskedAndPasswordsInAddressesAre() throws Exception {
        try (MessageLog log = new MessageLog(folder, 10_000, 2, Runnable::run)) {
            log.sent(NOON, 1, "[3,\"a\",{\"configurationKey\":[{\"key\":\"AuthorizationKey\",\"readonly\":false,\"value\":\"secret\"},"
                    + "{\"key\":\"HeartbeatInterval\",\"readonly\":false,\"value\":\"300\"}]}]");
            log.received(NOON, 1, "[2,\"b\",\"GetDiagnostics\",{\"location\":\"ftp://joe:se@cret@host:21/a@b:c@d\"}]");
            log.received(NOON, 1, "[2,\"b\",\"GetDiagnostics\",{\"location\":\"ftp://joe:secret@host/");
        }
        List<String> lines = lines(MessageLog.FILE);
        assertTrue(lines.get(0).contains("\"value\":\"***\"},{\"key\":\"HeartbeatInterval\""), lines.get(0));
        assertTrue(lines.get(0).contains("\"value\":\"300\""), lines.get(0));
        assertTrue(lines.get(1).contains("\"ftp://joe:***@host:21/a@b:c@d\""), lines.get(1));
        assertTrue(lines.get(2).contains("ftp://joe:***@host/"), lines.get(2));
    }

    @Test
    void aPasswordInAnAddressIsMasked() throws Exception {
        try (MessageLog log = new MessageLog(folder, 10_000, 2, Runnable::run)) {
            log.received(NOON, 1, "[2,\"a\",\"GetDiagnostics\",{\"location\":\"ftp://user:secret@host/in\"}]");
            log.received(NOON, 1, "[2,\"a\",\"GetDiagnostics\",{\"location\":\"ftp:\\/\\/user:secret@host\\/in\"}]");
            log.received(NOON, 1, "[2,\"a\",\"DataTransfer\",{\"vendorId\":\"me@home\",\"data\":\"http://host/a@b\"}]");
        }
        List<String> lines = lines(MessageLog.FILE);
        assertTrue(lines.get(0).contains("ftp://user:***@host/in"), lines.get(0));
        assertTrue(lines.get(1).contains("ftp://user:***@host/in"), lines.get(1));
        assertTrue(lines.get(2).contains("http://host/a@b"), lines.get(2));
    }

    @Test
    void aQueryStringOfAnAddressIsMasked() throws Exception {
        try (MessageLog log = new MessageLog(folder, 10_000, 2, Runnable::run)) {
            log.received(NOON, 1, "[2,\"a\",\"GetLog\",{\"log\":{\"remoteLocation\":\"https://host/x?sv=1&sig=secret\"}}]");
            log.received(NOON, 1, "[2,\"a\",\"UpdateFirmware\",{\"location\":\"https:\\/\\/host\\/x?sig=secret");
            log.received(NOON, 1, "[2,\"a\",\"DataTransfer\",{\"vendorId\":\"v\",\"data\":\"see http://host/a, is it right?\"}]");
        }
        List<String> lines = lines(MessageLog.FILE);
        assertTrue(lines.get(0).contains("\"https://host/x?***\""), lines.get(0));
        assertFalse(lines.get(1).contains("secret"), lines.get(1));
        assertTrue(lines.get(2).contains("is it right?"), lines.get(2));
    }

    @Test
    void aFolderThatCannotBeWrittenDoesNotStopTheProtocol() throws Exception {
        Path file = Files.createFile(folder.resolve("not-a-folder"));
        try (MessageLog log = new MessageLog(file, 1000, 2, Runnable::run)) {
            log.sent(NOON, 1, "[2,\"a\",\"Heartbeat\",{}]");
            log.sent(NOON, 1, "[2,\"b\",\"Heartbeat\",{}]");
        }
        assertTrue(Files.isRegularFile(file));
    }
}
