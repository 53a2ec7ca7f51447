package dcocpp.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.ocppcheck.FrameCheck;
import dcocpp.ocppcheck.OcppSchemas;

/** What the chargers of the tests of the whole have sent, by their own message logs, judged by the schemas of others. */
class MessageLogsTest {

    @Test
    void everyFrameThatAChargerSentIsRight() throws Exception {
        Repository.assumeWhole();
        int sent = 0;
        List<String> faults = new ArrayList<>();
        for (Path file : Repository.messageLogs()) {
            sent += check(file, faults);
        }
        assertEquals("", String.join("\n", faults));
        assertTrue(sent > 100, "only " + sent + " frames in " + Repository.messageLogs());
    }

    @Test
    void aWrongFrameInALogIsFound(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("ocpp.jsonl");
        Files.writeString(file, """
                {"at":"2026-01-01T00:00:00Z","connection":1,"direction":"in","frame":[2,"1","UnlockConnector",{"connectorId":1}]}
                {"at":"2026-01-01T00:00:00Z","connection":1,"direction":"out","frame":[3,"1",{"status":"Accepted"}]}
                {"at":"2026-01-01T00:00:00Z","connection":1,"direction":"out","frame":[2,"2","Heartbeat",{}]}
                """);
        List<String> faults = new ArrayList<>();
        assertEquals(2, check(file, faults));
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).contains("UnlockConnector.conf /status"), faults.get(0));
    }

    /** Returns how many frames were judged. */
    private static int check(Path file, List<String> faults) throws Exception {
        Map<Long, FrameCheck> connections = new HashMap<>();
        int sent = 0;
        for (String line : Files.readAllLines(file)) {
            JsonNode entry;
            try {
                entry = OcppSchemas.read(line);
            } catch (JsonProcessingException e) {
                // The charger was killed while it wrote this line.
                continue;
            }
            FrameCheck connection = connections.computeIfAbsent(entry.path("connection").longValue(),
                    number -> new FrameCheck(fault -> faults.add(file + ": " + fault)));
            // A frame that is no JSON is logged as "garbled", and is none of ours.
            if (entry.path("direction").asText().equals("out")) {
                connection.sent(entry.has("frame") ? entry.get("frame").toString() : entry.path("garbled").asText());
                sent++;
            } else if (entry.has("frame")) {
                connection.received(entry.get("frame").toString());
            }
        }
        return sent;
    }
}
