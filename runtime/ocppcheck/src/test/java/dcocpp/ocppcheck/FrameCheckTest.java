package dcocpp.ocppcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCheckTest {

    private final List<String> faults = new ArrayList<>();
    private final FrameCheck check = new FrameCheck(faults::add);

    @ParameterizedTest
    @ValueSource(strings = {"[2,\"1\",\"Heartbeat\",{}]", "[4,\"-1\",\"GenericError\",\"what\",{}]",
        "[2,\"1\",\"StatusNotification\",{\"connectorId\":1,\"errorCode\":\"NoError\",\"status\":\"Available\"}]"})
    void aRightFrameIsNoFault(String frame) {
        check.sent(frame);
        assertEquals(List.of(), faults);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "no JSON # no JSON",
        "{} # no message type",
        "[5,\"1\",{}] # no message type",
        "[2,\"1\",\"Heartbeat\"] # must have 4 elements",
        "[2,\"1\",\"Heartbeat\",{\"a\":1}] # Heartbeat.req",
        "[2,\"1\",\"HeartBeat\",{}] # there is no such message",
        "[2,\"\",\"Heartbeat\",{}] # the id must be",
        "[2,\"1234567890123456789012345678901234567\",\"Heartbeat\",{}] # the id must be",
        "[2,\"1\",\"Authorize\",{\"idTag\":\"123456789012345678901\"}] # Authorize.req /idTag",
        "[3,\"1\",{}] # a result for no call",
        "[4,\"1\",\"OccurrenceConstraintViolation\",\"\",{}] # no error code",
        "[4,\"1\",\"GenericError\",\"\"] # must have 5 elements"})
    void aWrongFrameIsCaught(String frame, String fault) {
        check.sent(frame);
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).contains(fault), faults.get(0));
    }

    @Test
    void aResultIsJudgedByTheActionThatItAnswers() {
        check.received("[2,\"7\",\"Reset\",{\"type\":\"Soft\"}]");
        check.sent("[3,\"7\",{\"status\":\"Accepted\"}]");
        assertEquals(List.of(), faults);
        check.received("[2,\"8\",\"UnlockConnector\",{\"connectorId\":1}]");
        check.sent("[3,\"8\",{\"status\":\"Accepted\"}]");
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).contains("UnlockConnector.conf /status"), faults.get(0));
    }

    @Test
    void aCallIsAnsweredOnce() {
        check.received("[2,\"7\",\"Reset\",{\"type\":\"Soft\"}]");
        check.sent("[3,\"7\",{\"status\":\"Accepted\"}]");
        check.sent("[3,\"7\",{\"status\":\"Accepted\"}]");
        assertEquals(1, faults.size());
    }

    @Test
    void aWrongFrameFailsTheTestDuringWhichItWasSent() {
        FrameCheck.ofTest().sent("[2,\"1\",\"Heartbeat\",{\"a\":1}]");
        AssertionError error = assertThrows(AssertionError.class, () -> new FrameCheckExtension().afterEach(null));
        assertTrue(error.getMessage().contains("Heartbeat.req"), error.getMessage());
    }
}
