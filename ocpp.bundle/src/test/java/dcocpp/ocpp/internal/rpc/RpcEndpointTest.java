package dcocpp.ocpp.internal.rpc;

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

import org.junit.jupiter.api.Test;

import dcocpp.ocpp.internal.message.Catalogue;
import dcocpp.testkit.FakeTimeSource;

class RpcEndpointTest {

    private final FrameCodec codec = new FrameCodec(Catalogue.load().words());
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
        rpc.call(action, codec.newPayload(), payload -> payload.has("bad") ? "/bad is wrong" : null, outcomes::add);
        return idOf(sent.get(sent.size() - 1));
    }

    private static String idOf(String frame) {
        return frame.split("\"")[1];
    }

    @Test
    void onlyOneCallIsUnderWay() {
        call("Heartbeat");
        assertFalse(rpc.idle());
        assertThrows(IllegalStateException.class, () -> call("Heartbeat"));
    }

    @Test
    void eachCallHasAFreshId() {
        String first = call("Heartbeat");
        rpc.onText("[3,\"" + first + "\",{}]");
        assertNotEquals(first, call("Heartbeat"));
    }

    @Test
    void anAnswerReachesItsCallAndTheNextMayGo() {
        String id = call("Heartbeat");
        rpc.onText("[3,\"" + id + "\",{\"x\":1}]");
        Outcome.Answered answered = assertInstanceOf(Outcome.Answered.class, outcomes.get(0));
        assertEquals(1, answered.payload().get("x").intValue());
        assertTrue(rpc.idle());
        assertEquals(1, idleSignals);
    }

    @Test
    void anErrorIsAnOutcomeAndTellsWhetherTheActionIsUnsupported() {
        String id = call("SecurityEventNotification");
        rpc.onText("[4,\"" + id + "\",\"NotImplemented\",\"no\",{}]");
        assertTrue(assertInstanceOf(Outcome.Refused.class, outcomes.get(0)).unsupported());
    }

    @Test
    void anAnswerThatBreaksItsSchemaIsAFailedCallAndTheNextWorks() {
        String id = call("Authorize");
        rpc.onText("[3,\"" + id + "\",{\"bad\":1}]");
        assertInstanceOf(Outcome.Unusable.class, outcomes.get(0));
        id = call("Heartbeat");
        rpc.onText("[3,\"" + id + "\",{}]");
        assertInstanceOf(Outcome.Answered.class, outcomes.get(1));
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
        rpc.onText("[3,\"" + id + "\",{}]");
        assertEquals(1, outcomes.size());
        assertTrue(rpc.idle());
    }

    @Test
    void anAnswerToAnUnknownIdIsIgnored() {
        String id = call("Heartbeat");
        rpc.onText("[3,\"someone-else\",{}]");
        assertTrue(outcomes.isEmpty());
        rpc.onText("[3,\"" + id + "\",{}]");
        assertEquals(1, outcomes.size());
    }

    @Test
    void pipelinedCallsAreAnsweredOneAfterTheOtherInTheirOrder() {
        answerLater = true;
        rpc.onText("[2,\"1\",\"First\",{}]");
        rpc.onText("[2,\"2\",\"Second\",{}]");
        assertEquals(List.of("First"), handled);
        owed.remove().result(codec.newPayload());
        assertEquals(List.of("First", "Second"), handled);
        owed.remove().result(codec.newPayload());
        assertEquals(List.of("[3,\"1\",{}]", "[3,\"2\",{}]"), sent);
    }

    @Test
    void aCallOfOursWaitsWhileWeOweAnAnswer() {
        answerLater = true;
        rpc.onText("[2,\"1\",\"UnlockConnector\",{}]");
        assertFalse(rpc.idle());
        owed.remove().result(codec.newPayload());
        assertTrue(rpc.idle());
        assertEquals(1, idleSignals);
    }

    @Test
    void tooManyWaitingCallsAreRefusedWithTheirOwnIds() {
        answerLater = true;
        for (int i = 0; i < 6; i++) {
            rpc.onText("[2,\"" + i + "\",\"Reset\",{}]");
        }
        assertEquals(1, sent.size());
        assertTrue(sent.get(0).startsWith("[4,\"5\",\"GenericError\""), sent.get(0));
    }

    @Test
    void aHandlerThatFailsIsAnsweredAndTheNextCallIsServed() {
        rpc.onText("[2,\"1\",\"Explode\",{}]");
        rpc.onText("[2,\"2\",\"Reset\",{}]");
        assertTrue(sent.get(0).startsWith("[4,\"1\",\"InternalError\""), sent.get(0));
        assertEquals("[3,\"2\",{}]", sent.get(1));
    }

    @Test
    void aHandlerThatNeverAnswersIsAnsweredForBeforeTheBackOfficeGivesUp() {
        answerLater = true;
        rpc.onText("[2,\"1\",\"UnlockConnector\",{}]");
        time.advance(Duration.ofSeconds(25));
        assertTrue(sent.get(0).startsWith("[4,\"1\",\"InternalError\""), sent.get(0));
        owed.remove().result(codec.newPayload());
        assertEquals(1, sent.size(), "one answer only");
    }

    @Test
    void garbageIsAnsweredUnderTheIdMinusOneAndTheConnectionGoesOn() {
        rpc.onText("garbage");
        rpc.onUnreadable("binary");
        rpc.onText("[2,\"1\",\"Reset\",{}]");
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
        rpc.onText("[2,\"1\",\"UnlockConnector\",{}]");
        rpc.close();
        assertInstanceOf(Outcome.Disconnected.class, outcomes.get(0));
        int before = sent.size();
        owed.remove().result(codec.newPayload());
        rpc.onText("[2,\"2\",\"Reset\",{}]");
        assertEquals(before, sent.size());
        time.advance(Duration.ofMinutes(1));
        assertEquals(1, outcomes.size());
    }
}
