package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.controller.internal.journal.ControllerMemory;
import dcocpp.controller.internal.journal.Happening;
import dcocpp.controller.internal.journal.Happening.Kind;
import dcocpp.controller.internal.journal.JournalStore;
import dcocpp.controller.internal.journal.Wear;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JournalCommandTest {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path data;

    private JournalStore journal() {
        return new JournalStore(data.resolve("db").resolve("journal.db"));
    }

    private static JournalStamp stamp(int second) {
        return new JournalStamp(0, "run-1", 0, AT.plusSeconds(second));
    }

    private static Happening happening(int second, Kind kind, int connector, int times, String what, String detail) {
        return new Happening(stamp(second), kind, connector, AT.plusSeconds(second + times - 1), times, what, detail);
    }

    private static void fill(JournalStore journal) {
        journal.record(List.of(happening(0, Kind.STARTED, 0, 1, "charger started", "run run-1"),
                happening(1, Kind.HARDWARE, 0, 1, "in use", "sim"), happening(2, Kind.BUNDLE, 0, 1, "installed", "dcocpp.planner 1.0.1")));
        journal.append(List.of(new TransactionStarted(stamp(10), "t1", 1, new Token("CARD01", Token.Source.RFID), 1_000_400, -1)), List.of());
        journal.record(List.of(happening(11, Kind.PLAN, 0, 1, "sharing", "gun 1 60.0 kW of 60.0 kW from M1_0 M1_1; together 60.0 kW of 100.0 kW"),
                happening(600, Kind.FAULT, 2, 1, "ISOLATION", "12 kOhm"), happening(601, Kind.FAULT_GONE, 2, 7, "LOCK", "")));
        journal.append(List.of(new TransactionStopped(stamp(1800), "t1", 1, 24_456_900, StopReason.EV_DISCONNECTED, "")), List.of());
        journal.markDelivered(1, "4711");
        journal.record(List.of(happening(1801, Kind.COMMAND, 2, 1, "clear faults", "done")));
    }

    private String run(int expected, String... args) {
        StringWriter text = new StringWriter();
        List<String> all = new ArrayList<>(List.of("--data", data.toString(), "journal"));
        all.addAll(List.of(args));
        all.addAll(List.of("--config", data.resolve("charger.json").toString()));
        CommandLine command = Main.command().setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        assertEquals(expected, command.execute(all.toArray(String[]::new)), text.toString());
        return text.toString();
    }

    @Test
    void itReadsLikeALogbookOnARunningChargerAndOnAStoppedOne() {
        List<String> lines = List.of(
                "2026-03-01 10:00:00    -  charger started                                run run-1",
                "2026-03-01 10:00:01    -  hardware in use                                sim",
                "2026-03-01 10:00:02    -  bundle installed                               dcocpp.planner 1.0.1",
                "2026-03-01 10:00:10    1  session started                                CARD01 (rfid), register 1.000 kWh, delivered as 4711, t1",
                "2026-03-01 10:00:11    -  plan                                           gun 1 60.0 kW of 60.0 kW from M1_0 M1_1; together 60.0 kW of "
                        + "100.0 kW",
                "2026-03-01 10:10:00    2  fault ISOLATION                                12 kOhm",
                "2026-03-01 10:10:01    2  fault over LOCK                                7 times until 2026-03-01 10:10:07",
                "2026-03-01 10:30:00    1  session ended                      23.457 kWh  ev disconnected, not delivered yet, t1",
                "2026-03-01 10:30:01    2  command clear faults                           done");
        try (JournalStore journal = journal()) {
            fill(journal);
            assertEquals(lines, run(0).lines().toList());
        }
        assertEquals(lines, run(0).lines().toList());
        assertEquals(lines.subList(7, 9), run(0, "-n", "2").lines().toList());
        assertEquals(lines.subList(5, 9), run(0, "--since", "2026-03-01T10:05").lines().toList());
        assertEquals(List.of(lines.get(3), lines.get(4), lines.get(7)), run(0, "--transaction", "t1").lines().toList());
        assertFalse(run(0, "--connector", "2").contains("session"));
        assertEquals("", run(0, "--since", "1h"));
    }

    @Test
    void eachLineOfTheJsonIsOneObject() throws Exception {
        try (JournalStore journal = journal()) {
            fill(journal);
        }
        List<JsonNode> entries = new ArrayList<>();
        for (String line : run(0, "--json").lines().toList()) {
            entries.add(new ObjectMapper().readTree(line));
        }
        assertEquals(9, entries.size());
        assertEquals(new ObjectMapper().readTree("{\"at\":\"2026-03-01T10:30:00Z\",\"kind\":\"sessionEnded\",\"connectorId\":1,"
                + "\"transactionId\":\"t1\",\"reason\":\"evDisconnected\",\"registerMilliWh\":24456900,\"energyMilliWh\":23456500,"
                + "\"delivery\":\"pending\",\"deliveryDetail\":\"\"}"), entries.get(7));
        assertEquals(new ObjectMapper().readTree("{\"at\":\"2026-03-01T10:10:01Z\",\"kind\":\"faultGone\",\"connectorId\":2,"
                + "\"what\":\"LOCK\",\"detail\":\"\",\"times\":7,\"lastAt\":\"2026-03-01T10:10:07Z\",\"bootId\":\"run-1\"}"), entries.get(6));
    }

    @Test
    void aTagOrADetailWithControlCharactersStaysOnItsLine() throws Exception {
        try (JournalStore journal = journal()) {
            journal.append(List.of(new TransactionStarted(stamp(10), "t1", 1, new Token("A\nB\u001b[2J", Token.Source.RFID), 0, -1)),
                    List.of());
            journal.record(List.of(happening(11, Kind.FAULT, 2, 1, "ISOLATION", "12\r\nkOhm")));
        }
        List<String> lines = run(0).lines().toList();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).contains("A\\u000aB\\u001b[2J (rfid)"), lines.get(0));
        assertTrue(lines.get(1).endsWith("12\\u000d\\u000akOhm"), lines.get(1));
        assertEquals("A\nB\u001b[2J", new ObjectMapper().readTree(run(0, "--json").lines().findFirst().orElseThrow()).get("idTag").asText());
    }

    @Test
    void whatIsAddedIsFollowedUntilTheReaderOfTheOutputIsGone() throws Exception {
        try (JournalStore journal = journal()) {
            fill(journal);
            Tail tail = new Tail();
            Thread follower = new Thread(() -> Main.command().setOut(new PrintWriter(tail)).execute("--data", data.toString(), "journal",
                    "--config", "none", "-n", "1", "--follow"), "follower");
            follower.start();
            assertTrue(tail.first.await(20, TimeUnit.SECONDS));
            journal.record(List.of(happening(2000, Kind.ENDED, 0, 1, "charger ended", "run run-1")));
            assertTrue(tail.ended.await(20, TimeUnit.SECONDS));
            follower.join(20_000);
            assertFalse(follower.isAlive());
        }
    }

    /** Somebody who looks at the output and goes when he has seen the end. */
    private static final class Tail extends Writer {
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private final StringBuilder seen = new StringBuilder();

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            if (ended.getCount() == 0) {
                throw new IOException("gone");
            }
            seen.append(text, from, length);
        }

        @Override
        public void flush() throws IOException {
            if (ended.getCount() == 0) {
                throw new IOException("gone");
            }
            if (seen.indexOf("clear faults") >= 0) {
                first.countDown();
            }
            if (seen.indexOf("charger ended") >= 0) {
                ended.countDown();
            }
        }

        @Override
        public void close() {
        }
    }

    @Test
    void wearIsShownByPart() {
        try (JournalStore journal = journal()) {
            new ControllerMemory(journal).keepWear(List.of(new Wear(Wear.Kind.CONTACTOR, "GC_1", 0, 120, 3),
                    new Wear(Wear.Kind.MODULE, "M1_0", 4_500_000, 0, 0)));
        }
        assertEquals(List.of("           part              hours  operations  under load", "module     M1_0                1.3",
                "contactor  GC_1                            120           3"), run(0, "wear").lines().toList());
        assertEquals(List.of("{\"kind\":\"module\",\"part\":\"M1_0\",\"onMillis\":4500000}",
                "{\"kind\":\"contactor\",\"part\":\"GC_1\",\"operations\":120,\"operationsUnderLoad\":3}"),
                run(0, "wear", "--json").lines().toList());
    }

    @Test
    void textOfOthersMovesNoCursor() {
        try (JournalStore journal = journal()) {
            journal.record(List.of(happening(0, Kind.HARDWARE, 0, 1, "unavailable", "can: \u001b[2J\nno")));
        }
        assertTrue(run(0).contains("can: \\u001b[2J\\u000ano"));
    }

    @Test
    void whatIsMissingOrWrongIsSaid() throws Exception {
        assertTrue(run(1).contains("there is no journal " + data.resolve("db/journal.db")));
        assertTrue(run(1, "--follow").contains("there is no journal"));
        assertTrue(run(2, "-n", "-3").contains("-n must not be negative"));
        assertTrue(run(2, "--since", "yesterday").contains("--since yesterday is no time"));
        Files.createDirectories(data.resolve("elsewhere"));
        Files.writeString(data.resolve("elsewhere/journal.db"), "x".repeat(5000));
        Files.writeString(data.resolve("charger.json"), "{\"databaseDir\":\"elsewhere\"}");
        assertTrue(run(1).contains("elsewhere/journal.db cannot be opened") || run(1).contains("cannot be read"), run(1));
    }

    @Test
    void aMomentIsADateATimeOrHowLongAgoItIs() {
        assertEquals(Instant.parse("2026-01-31T00:00:00Z"), JournalText.moment("2026-01-31", AT));
        assertEquals(Instant.parse("2026-01-31T18:05:00Z"), JournalText.moment("2026-01-31 18:05", AT));
        assertEquals(Instant.parse("2026-01-31T18:05:07.5Z"), JournalText.moment("2026-01-31T18:05:07.5Z", AT));
        assertEquals(Instant.parse("2026-01-31T16:05:00Z"), JournalText.moment("2026-01-31T18:05+02:00", AT));
        assertEquals(AT.minusSeconds(5400), JournalText.moment("90m", AT));
        assertEquals(AT.minusSeconds(2 * 86_400), JournalText.moment("2d", AT));
        assertThrows(DateTimeException.class, () -> JournalText.moment("soon", AT));
    }
}
