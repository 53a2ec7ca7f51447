package dcocpp.ocpp.internal.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.testing.FakeJournal;
import dcocpp.ocpp.internal.transfer.Abort;
import dcocpp.ocpp.internal.transfer.TransferException;
import dcocpp.testkit.FakeTimeSource;

/** What is in the file for the support engineer, and what is not. */
class ArchiveTest {

    private static final long MAX_BYTES = 250_000;
    private static final Instant FROM = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-01-01T11:00:00Z");

    @TempDir
    private Path folder;
    private final FakeJournal journal = new FakeJournal(new FakeTimeSource());
    private Path messages;
    private Path logs;

    @BeforeEach
    void setUp() throws IOException {
        messages = Files.createDirectories(folder.resolve("ocpp"));
        logs = Files.createDirectories(folder.resolve("log"));
    }

    private Map<String, String> pack(Instant from, Instant until, Configuration.Entry... keys) throws IOException, TransferException {
        Path file = folder.resolve("out.zip");
        new Archive("cp", messages, logs, journal, MAX_BYTES)
                .write(file, new Archive.Order(false, from, until, List.of(keys)), new Abort());
        assertTrue(Files.size(file) <= MAX_BYTES);
        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    private Map<String, String> everything() throws IOException, TransferException {
        return pack(Instant.EPOCH, Instant.MAX);
    }

    @Test
    void onlyLinesOfTheTimeAskedAreIn() throws Exception {
        Files.writeString(messages.resolve("ocpp.jsonl"), """
                {"at":"2026-01-01T09:59:59Z","frame":[2,"1","Heartbeat",{}]}
                {"at":"2026-01-01T10:30:00Z","frame":[2,"2","Heartbeat",{}]}
                {"at":"2026-01-01T11:00:01Z","frame":[2,"3","Heartbeat",{}]}
                {"at":"2026-01-01T11:00:02Z","fr""");
        Files.writeString(logs.resolve("charger.log"), """
                2026-01-01T11:59:59.000+02:00 INFO  before
                  at before
                2026-01-01T12:30:00.000+02:00 ERROR within
                  at within
                2026-01-01T13:30:00.000+02:00 INFO  after
                """);
        Map<String, String> content = pack(FROM, UNTIL);
        assertEquals("{\"at\":\"2026-01-01T10:30:00Z\",\"frame\":[2,\"2\",\"Heartbeat\",{}]}\n", content.get("ocpp/ocpp.jsonl"));
        assertEquals("2026-01-01T12:30:00.000+02:00 ERROR within\n  at within\n", content.get("log/charger.log"));
    }

    @Test
    void transactionsOfTheTimeAskedAreIn() throws Exception {
        journal.started("tx-1", 1, "CUSTOMER", 0);
        assertTrue(pack(Instant.parse("2026-01-02T00:00:00Z"), Instant.MAX).get("transactions.json").contains("tx-1"), "it still runs");
        assertFalse(pack(Instant.EPOCH, Instant.parse("2025-12-31T00:00:00Z")).get("transactions.json").contains("tx-1"));
    }

    @Test
    void aJournalThatCannotBeReadDoesNotKeepTheRestBack() throws Exception {
        journal.breakDown(true);
        Files.writeString(logs.resolve("charger.log"), "2026-01-01T10:00:00Z INFO here\n");
        Map<String, String> content = everything();
        assertTrue(content.get("transactions.json").contains("the disk is gone"));
        assertTrue(content.get("log/charger.log").contains("here"));
    }

    @Test
    void oldLogsThatWereCompressedAreReadable() throws Exception {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(logs.resolve("charger.2026-01-01.0.log.gz")))) {
            out.write("2026-01-01T10:00:00Z INFO yesterday\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals("2026-01-01T10:00:00Z INFO yesterday\n", everything().get("log/charger.2026-01-01.0.log"));
    }

    @Test
    void tokensKeysAndPasswordsAreNotIn() throws Exception {
        journal.started("tx-1", 1, "04A2B3C4D5E680", 0);
        Files.writeString(messages.resolve("ocpp.jsonl"), """
                {"at":"2026-01-01T10:00:00Z","frame":[2,"1","Authorize",{"idTag":"DE-8AA-1A2B3C"}]}
                {"at":"2026-01-01T10:00:00Z","frame":[3,"1",{"idTagInfo":{"status":"Accepted","parentIdTag":"GROUP77"}}]}
                {"at":"2026-01-01T10:00:00Z","frame":[2,"2","SendLocalList",{"localAuthorizationList":[{"idTag":"LISTED01"}]}]}
                {"at":"2026-01-01T10:00:00Z","frame":[2,"3","ChangeConfiguration",{"key":"authorizationkey","value":"hunter2hunter2"}]}
                {"at":"2026-01-01T10:00:00Z","frame":[2,"4","GetDiagnostics",{"location":"ftp://user:hunter3@host/x"}]}
                {"at":"2026-01-01T10:00:00Z","frame":[2,"6","GetLog",{"log":{"remoteLocation":"https://host/x?sv=1&sig=hunter8"}}]}
                {"at":"2026-01-01T10:00:00Z","garbled":"[2,\\"7\\",\\"GetDiagnostics\\",{\\"location\\":\\"https:\\/\\/host\\/?sig=hunter9"}
                {"at":"2026-01-01T10:00:00Z","garbled":"[2,\\"5\\",\\"Authorize\\",{\\"idTag\\":\\"BROKEN99\\""}
                """);
        Files.writeString(logs.resolve("charger.log"), """
                2026-01-01T10:00:00Z INFO token 04A2B3C4D5E680, then DE-8AA-1A2B3C and GROUP77.
                2026-01-01T10:00:00Z INFO to https://user:hunter4@host/ with password=hunter5 and Authorization: Basic aHVudGVyNg==
                2026-01-01T10:00:00Z INFO is this at http://host/x?X-Amz-Signature=hunter10 or not? Who knows.
                """);
        String all = pack(Instant.EPOCH, Instant.MAX, new Configuration.Entry("Some", true, "http://a:hunter7@b/"),
                new Configuration.Entry("AuthorizationKey", false, null)).toString();
        for (String secret : List.of("04A2B3C4D5E680", "DE-8AA-1A2B3C", "GROUP77", "LISTED01", "BROKEN99", "hunter", "aHVudGVyNg")) {
            assertFalse(all.contains(secret), secret + " in " + all);
        }
        assertTrue(all.contains("is this at http://host/x?*** or not? Who knows."), all);
        assertTrue(all.contains("token …E680, then …2B3C and …P77."), all);
    }

    @Test
    void theOldestIsLeftOutWhenItBecomesTooLarge() throws Exception {
        Random random = new Random(1);
        for (int age = 0; age < 5; age++) {
            StringBuilder text = new StringBuilder();
            for (int line = 0; line < 2000; line++) {
                text.append("{\"at\":\"2026-01-01T10:00:00Z\",\"n\":\"").append(Long.toHexString(random.nextLong()))
                        .append(Long.toHexString(random.nextLong())).append(Long.toHexString(random.nextLong())).append("\"}\n");
            }
            Path file = Files.writeString(messages.resolve("ocpp.jsonl" + (age == 0 ? "" : "." + age)), text);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T00:00:00Z").minusSeconds(age)));
        }
        Map<String, String> content = everything();
        assertEquals(2000, content.get("ocpp/ocpp.jsonl").lines().count());
        assertFalse(content.containsKey("ocpp/ocpp.jsonl.4"));
        assertTrue(content.get("about.json").contains("ocpp/ocpp.jsonl.4"), content.get("about.json"));
    }
}
