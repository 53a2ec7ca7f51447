package dcocpp.ocpp.internal.rpc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.ocpp.internal.message.Catalogue;
import dcocpp.ocpp.internal.message.InvalidPayloadException;
import dcocpp.testkit.FakeTimeSource;

class RpcEndpointTest {

    /** Calls of the back office that are answered with an empty payload. */
    private static final String ONE = "GetDiagnostics";
    private static final String OTHER = "UpdateFirmware";

    private final Catalogue catalogue = Catalogue.load();
    private final FrameCodec codec = new FrameCodec(catalogue);
    private final FakeTimeSource time = new FakeTimeSource();
    private final List<String> sent = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> handled = new ArrayList<>();
    private final Deque<Reply> owed = new ArrayDeque<>();
    private boolean answerLater;
    private int idleSignals;

    private final RpcEndpoint rpc = new RpcEndpoint(codec, sent::add, time.newAgent("test"),
            new RpcSettings(Duration.ofSeconds(30), Duration.ofSeconds(25), 4), this::onCall, () -> idleSignals++);

    private void onCall(Frame.Call call, Reply reply) {
        handled.add(call.action());
        if (call.action().equals("Explode")) {
            throw new IllegalStateException("bug");
        }
        if (answerLater) {
            owed.add(reply);
        } else {
            reply.result(codec.newPayload());
        }
    }

    private String call(String action) {
        return call(action, codec.newPayload());
    }

    private String call(String action, ObjectNode payload) {
        assertDoesNotThrow(() -> rpc.call(catalogue.get(action), payload, outcomes::add));
        return idOf(sent.get(sent.size() - 1));
    }

    private void receive(String id, String action) {
        rpc.onText("[2,\"" + id + "\",\"" + action + "\",{}]");
    }

    private static String idOf(String frame) {
        return frame.split("\"")[1];
    }

    /** A right answer to a heartbeat. */
    private static String timeOfDay(String id) {
        return "[3,\"" + id + "\",{\"currentTime\":\"2026-01-31T12:00:00Z\"}]";
    }

    @Test
    void onlyOneCallIsUnderWay() {
        call("Heartbeat");
        assertFalse(rpc.idle());
        assertThrows(IllegalStateException.class, () -> rpc.call(catalogue.get("Heartbeat"), codec.newPayload(), outcomes::add));
    }

    @Test
    void eachCallHasAFreshId() {
        String first = call("Heartbeat");
        rpc.onText(timeOfDay(first));
        String second = call("Heartbeat");
        assertNotEquals(first, second);
        assertEquals(36, second.length(), "no id may be longer");
        RpcEndpoint next = new RpcEndpoint(codec, sent::add, time.newAgent("next"),
                new RpcSettings(Duration.ofSeconds(30), Duration.ofSeconds(25), 4), this::onCall, () -> { });
        assertDoesNotThrow(() -> next.call(catalogue.get("Heartbeat"), codec.newPayload(), outcomes::add));
        assertNotEquals(second.substring(0, 18), idOf(sent.get(sent.size() - 1)).substring(0, 18), "another connection, other ids");
    }

    @Test
    void anAnswerReachesItsCallAndTheNextMayGo() {
        String id = call("Heartbeat");
        rpc.onText(timeOfDay(id));
        Outcome.Answered answered = assertInstanceOf(Outcome.Answered.class, outcomes.get(0));
        assertEquals("2026-01-31T12:00:00Z", answered.payload().get("currentTime").textValue());
        assertTrue(rpc.idle());
        assertEquals(1, idleSignals);
    }

    @Test
    void anErrorIsAnOutcomeAndTellsWhetherTheActionIsUnsupported() {
        String id = call("FirmwareStatusNotification", codec.newPayload().put("status", "Idle"));
        rpc.onText("[4,\"" + id + "\",\"NotImplemented\",\"no\",{}]");
        assertTrue(assertInstanceOf(Outcome.Refused.class, outcomes.get(0)).unsupported());
    }

    @Test
    void anAnswerThatBreaksItsSchemaIsAFailedCallAndTheNextWorks() {
        String id = call("Authorize", codec.newPayload().put("idTag", "A"));
        rpc.onText("[3,\"" + id + "\",{\"idTagInfo\":{\"status\":\"accepted\"}}]");
        Outcome.Unusable unusable = assertInstanceOf(Outcome.Unusable.class, outcomes.get(0));
        assertTrue(unusable.reason().startsWith("/idTagInfo/status must be one of"), unusable.reason());
        id = call("Heartbeat");
        rpc.onText(timeOfDay(id));
        assertInstanceOf(Outcome.Answered.class, outcomes.get(1));
    }

    @Test
    void anAnswerInWhichOnlyWhatIsOptionalIsWrongSaysSo() {
        String id = call("Authorize", codec.newPayload().put("idTag", "A"));
        rpc.onText("[3,\"" + id + "\",{\"idTagInfo\":{\"status\":\"Accepted\",\"expiryDate\":\"\",\"parentIdTag\":\"B\"}}]");
        Outcome.Unusable unusable = assertInstanceOf(Outcome.Unusable.class, outcomes.get(0));
        assertTrue(unusable.complete());
        assertEquals("{\"idTagInfo\":{\"status\":\"Accepted\",\"parentIdTag\":\"B\"}}", unusable.right().toString());
    }

    @Test
    void anUnusableAnswerTellsWhatIsRightInIt() {
        String id = call("BootNotification", codec.newPayload().put("chargePointVendor", "A").put("chargePointModel", "B"));
        rpc.onText("[3,\"" + id + "\",{\"status\":\"Accepted\",\"interval\":300}]");
        Outcome.Unusable unusable = assertInstanceOf(Outcome.Unusable.class, outcomes.get(0));
        assertEquals("/currentTime is required", unusable.reason());
        assertFalse(unusable.complete());
        assertEquals("{\"status\":\"Accepted\",\"interval\":300}", unusable.right().toString());
    }

    @ParameterizedTest
    @CsvSource({"NotImplemented,false", "InternalError,false", "GenericError,false", "Nonsense,false", "FormationViolation,true",
        "FormatViolation,true", "OccurenceConstraintViolation,true", "ProtocolError,true"})
    void anErrorTellsWhetherTheMessageItselfIsAtFault(String code, boolean faulty) {
        String id = call("FirmwareStatusNotification", codec.newPayload().put("status", "Idle"));
        rpc.onText("[4,\"" + id + "\",\"" + code + "\",\"no\",{}]");
        assertEquals(faulty, assertInstanceOf(Outcome.Refused.class, outcomes.get(0)).faulty());
    }

    @Test
    void anAnswerThatIsNoJsonObjectFailsItsCallAtOnce() {
        String id = call("Heartbeat");
        rpc.onText("[3,\"" + id + "\",7]");
        assertInstanceOf(Outcome.Unusable.class, outcomes.get(0));
        assertEquals(1, sent.size(), "an answer is never answered");
    }

    @Test
    void aCallWithoutAnswerTimesOutAndItsLateAnswerIsIgnored() {
        String id = call("Heartbeat");
        time.advance(Duration.ofSeconds(29));
        assertTrue(outcomes.isEmpty());
        time.advance(Duration.ofSeconds(1));
        assertInstanceOf(Outcome.TimedOut.class, outcomes.get(0));
        rpc.onText(timeOfDay(id));
        assertEquals(1, outcomes.size());
        assertTrue(rpc.idle());
    }

    @Test
    void eachCallHasItsOwnTimeForTheAnswer() {
        String first = call("Heartbeat");
        time.advance(Duration.ofSeconds(29));
        rpc.onText(timeOfDay(first));
        call("Heartbeat");
        time.advance(Duration.ofSeconds(29));
        assertEquals(1, outcomes.size());
        time.advance(Duration.ofSeconds(1));
        assertInstanceOf(Outcome.TimedOut.class, outcomes.get(1));
    }

    @Test
    void callThatTheConnectionDoesNotTakeTimesOut() {
        RpcEndpoint broken = new RpcEndpoint(codec, text -> {
            throw new IllegalStateException("no connection");
        }, time.newAgent("broken"), new RpcSettings(Duration.ofSeconds(30), Duration.ofSeconds(25), 4), this::onCall, () -> { });
        assertThrows(IllegalStateException.class, () -> broken.call(catalogue.get("Heartbeat"), codec.newPayload(), outcomes::add));
        time.advance(Duration.ofSeconds(30));
        assertInstanceOf(Outcome.TimedOut.class, outcomes.get(0));
        assertTrue(broken.idle());
    }

    @Test
    void anAnswerToAnUnknownIdIsIgnored() {
        String id = call("Heartbeat");
        rpc.onText("[3,\"someone-else\",{}]");
        assertTrue(outcomes.isEmpty());
        rpc.onText(timeOfDay(id));
        assertEquals(1, outcomes.size());
    }

    @Test
    void pipelinedCallsAreAnsweredOneAfterTheOtherInTheirOrder() {
        answerLater = true;
        receive("1", ONE);
        receive("2", OTHER);
        assertEquals(List.of(ONE), handled);
        owed.remove().result(codec.newPayload());
        assertEquals(List.of(ONE, OTHER), handled);
        owed.remove().result(codec.newPayload());
        assertEquals(List.of("[3,\"1\",{}]", "[3,\"2\",{}]"), sent);
    }

    @Test
    void aCallOfOursWaitsWhileWeOweAnAnswer() {
        answerLater = true;
        receive("1", ONE);
        assertFalse(rpc.idle());
        owed.remove().result(codec.newPayload());
        assertTrue(rpc.idle());
        assertEquals(1, idleSignals);
    }

    @Test
    void tooManyWaitingCallsAreRefusedWithTheirOwnIds() {
        answerLater = true;
        for (int i = 0; i < 6; i++) {
            receive(String.valueOf(i), ONE);
        }
        assertEquals(1, sent.size());
        assertTrue(sent.get(0).startsWith("[4,\"5\",\"GenericError\""), sent.get(0));
    }

    @Test
    void aCallOfOursThatBreaksItsSchemaIsNotSent() {
        InvalidPayloadException e = assertThrows(InvalidPayloadException.class,
                () -> rpc.call(catalogue.get("Authorize"), codec.newPayload().put("tag", "A"), outcomes::add));
        assertEquals("it breaks its schema: [/idTag is required][/tag]", e.getMessage());
        assertTrue(sent.isEmpty() && outcomes.isEmpty() && rpc.idle());
        time.advance(Duration.ofMinutes(1));
        assertTrue(outcomes.isEmpty());
    }

    @Test
    void anAnswerOfOursThatBreaksItsSchemaIsAPlainFailure() {
        answerLater = true;
        receive("1", "Reset");
        owed.remove().result(codec.newPayload().put("status", "Perhaps"));
        assertTrue(sent.get(0).startsWith("[4,\"1\",\"InternalError\""), sent.get(0));
        receive("2", "Reset");
        owed.remove().result(codec.newPayload().put("status", "Accepted").put("reason", "x"));
        assertTrue(sent.get(1).startsWith("[4,\"2\",\"InternalError\""), sent.get(1));
        receive("3", "Reset");
        owed.remove().result(codec.newPayload().put("status", "Accepted"));
        assertEquals("[3,\"3\",{\"status\":\"Accepted\"}]", sent.get(2));
    }

    @Test
    void aHandlerThatFailsIsAnsweredAndTheNextCallIsServed() {
        receive("1", "Explode");
        receive("2", ONE);
        assertTrue(sent.get(0).startsWith("[4,\"1\",\"InternalError\""), sent.get(0));
        assertEquals("[3,\"2\",{}]", sent.get(1));
    }

    @Test
    void aHandlerThatNeverAnswersIsAnsweredForBeforeTheBackOfficeGivesUp() {
        answerLater = true;
        receive("1", ONE);
        time.advance(Duration.ofSeconds(25));
        assertTrue(sent.get(0).startsWith("[4,\"1\",\"InternalError\""), sent.get(0));
        owed.remove().result(codec.newPayload());
        assertEquals(1, sent.size(), "one answer only");
    }

    @Test
    void garbageIsAnsweredUnderTheIdMinusOneAndTheConnectionGoesOn() {
        rpc.onText("garbage");
        rpc.onUnreadable("binary");
        receive("1", ONE);
        assertTrue(sent.get(0).startsWith("[4,\"-1\",\"GenericError\""), sent.get(0));
        assertTrue(sent.get(1).startsWith("[4,\"-1\",\"GenericError\""), sent.get(1));
        assertEquals("[3,\"1\",{}]", sent.get(2));
    }

    @Test
    void anUnknownMessageTypeIsIgnored() {
        rpc.onText("[5,\"1\",\"Send\",{}]");
        assertTrue(sent.isEmpty());
    }

    @Test
    void theEndOfTheConnectionEndsTheCallAndForgetsWhatIsOwed() {
        answerLater = true;
        call("Heartbeat");
        receive("1", ONE);
        rpc.close();
        assertInstanceOf(Outcome.Disconnected.class, outcomes.get(0));
        int before = sent.size();
        owed.remove().result(codec.newPayload());
        receive("2", ONE);
        assertEquals(before, sent.size());
        time.advance(Duration.ofMinutes(1));
        assertEquals(1, outcomes.size());
    }
}
