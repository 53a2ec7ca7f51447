package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StatusCommandTest {

    @Test
    void theFieldBusesHaveALineEach() throws IOException {
        StringWriter text = new StringWriter();
        StatusCommand.print(new ObjectMapper().readTree("""
                {"hardware": {"name": "can", "condition": "ready", "detail": "", "pending": "", "buses": [
                  {"interface": "can0", "loadPercent": 54.322, "framesPerSecond": 482, "lostFrames": 3, "badFrames": 1, "sendGaps": 2},
                  {"interface": "can1", "framesPerSecond": 0, "lostFrames": 0, "badFrames": 0, "sendGaps": 0}]}}
                """), new PrintWriter(text, true));
        assertTrue(text.toString().contains("bus       can0 54.3 %, 482 frames/s, 3 lost, 1 bad, 2 pauses in sending"), text.toString());
        assertTrue(text.toString().contains("bus       can1, 0 frames/s"), text.toString());
    }

    @Test
    void whatComesFromElsewhereStaysOnItsLine() throws IOException {
        StringWriter text = new StringWriter();
        StatusCommand.print(new ObjectMapper().readTree("""
                {"connectors": [{"id": 1, "status": "Faulted", "faults": [{"cause": "INTERNAL", "detail": "a\\nb\\u001b[2J"},
                 {"cause": "ISOLATION", "detail": ""}]}]}
                """), new PrintWriter(text, true));
        assertTrue(text.toString().contains("     fault ISOLATION" + System.lineSeparator()), text.toString());
        assertTrue(text.toString().contains("     fault INTERNAL: a\\u000ab\\u001b[2J" + System.lineSeparator()), text.toString());
    }
}
