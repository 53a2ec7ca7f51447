package dcocpp.ocpp.internal.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.ocpp.internal.message.Catalogue;
import dcocpp.ocpp.internal.message.InvalidPayloadException;
import dcocpp.ocpp.internal.rpc.BadFrameException.Kind;

class FrameCodecTest {

    private final Catalogue catalogue = Catalogue.load();
    private final FrameCodec codec = new FrameCodec(catalogue);
    private final FrameWriter writer = new FrameWriter();

    /** With a heartbeat of ours under way, its id is {@code a}. */
    private Frame decode(String text) throws BadFrameException {
        return codec.decode(text, id -> id.equals("a") ? catalogue.find("Heartbeat") : Optional.empty());
    }

    private Frame.Call decodeCall(String text) throws BadFrameException {
        return assertInstanceOf(Frame.Call.class, decode(text));
    }

    private String encode(Frame frame) throws InvalidPayloadException {
        if (frame instanceof Frame.Call call) {
            return writer.call(call.id(), call.type().orElseThrow(), call.payload());
        } else if (frame instanceof Frame.Result result) {
            return writer.result(result.id(), catalogue.get("Heartbeat"), result.payload());
        }
        Frame.Failure failure = (Frame.Failure) frame;
        return writer.failure(failure.id(), ErrorCode.valueOf(failure.code()), failure.description());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "[2,\"a\",\"Heartbeat\",{}]",
        "[2,\"a\",\"DataTransfer\",{\"vendorId\":\"x\",\"data\":\"\\\"quoted\\\"\"}]",
        "[3,\"a\",{\"currentTime\":\"2026-01-01T00:00:00Z\"}]",
        "[2,\"a\\\"\",\"DataTransfer\",{\"data\":\"\\u0000\\n\\\\ \u00e4\u20ac\ud83d\ude97\",\"vendorId\":\"\"}]",
        "[2,\"a\",\"StatusNotification\",{\"status\":\"Charging\",\"errorCode\":\"NoError\",\"connectorId\":1,\"info\":null}]",
        "[4,\"a\",\"NotImplemented\",\"why\",{}]"})
    void aFrameThatIsReadAndWrittenStaysTheSame(String text) throws Exception {
        assertEquals(text, encode(decode(text)));
    }

    @Test
    void nothingOfATextIsLeftInTheNext() throws Exception {
        String right = "[2,\"a\",\"Reset\",{\"type\":\"Hard\"}]";
        Frame.Call wrong = decodeCall("[2,\"a\",\"Reset\",{\"type\":\"Hard\",\"x\":\"" + "x".repeat(100_000) + "\"}]");
        for (int i = 0; i < 3; i++) {
            assertThrows(InvalidPayloadException.class, () -> encode(wrong));
            assertEquals(right, encode(decode(right)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "hello # CALL # -1 # GenericError",
        "'' # CALL # -1 # GenericError",
        "{} # CALL # -1 # GenericError",
        "[] # CALL # -1 # GenericError",
        "[\"2\",\"a\",\"Reset\",{}] # CALL # -1 # GenericError",
        "[2,7,\"Reset\",{}] # CALL # -1 # FormationViolation",
        "[2,\"\",\"Reset\",{}] # CALL # -1 # FormationViolation",
        "[2,\"1234567890123456789012345678901234567\",\"Reset\",{}] # CALL # -1 # FormationViolation",
        "[2,\"a\"] # CALL # a # ProtocolError",
        "[2,\"a\",\"Reset\"] # CALL # a # ProtocolError",
        "[2,\"a\",\"Reset\",{},1] # CALL # a # ProtocolError",
        "[2,\"a\",5,{}] # CALL # a # FormationViolation",
        "[2,\"a\",\"Reset\",[]] # CALL # a # FormationViolation",
        "[2,\"a\",\"Reset\",null] # CALL # a # FormationViolation",
        "[2,\"a\",\"Reset\",{\"type\":] # CALL # a # FormationViolation",
        "[2,\"a\",\"Reset\",{\"type\" # CALL # a # FormationViolation",
        "[2,\"a\",\"Reset\",{}] x # CALL # a # FormationViolation",
        "[3,\"a\"] # ANSWER # a # ProtocolError",
        "[3,\"a\",5] # ANSWER # a # FormationViolation",
        "[4,\"a\"] # ANSWER # a # ProtocolError",
        "[9,\"a\",\"Reset\",{}] # OTHER # -1 # GenericError"})
    void aBadFrameIsNamedWithItsIdAndItsCode(String text, Kind kind, String id, ErrorCode code) {
        BadFrameException e = assertThrows(BadFrameException.class, () -> decode(text));
        assertEquals(kind, e.kind());
        assertEquals(id, e.id());
        assertEquals(code, e.code(), e.getMessage());
    }

    @Test
    void aFrameOfManyFieldsIsReadToo() throws BadFrameException {
        StringBuilder payload = new StringBuilder("{\"f0\":0");
        for (int i = 1; i < 2000; i++) {
            payload.append(",\"f").append(i).append("\":\"").append("x".repeat(i)).append('"');
        }
        payload.append('}');
        Frame.Call call = decodeCall("[2,\"a\",\"DataTransfer\"," + payload + "]");
        assertEquals(payload.toString(), call.payload().toString());
        assertEquals(2000, call.findings().unknown().size());
    }

    @Test
    void aFrameOfAnyLengthIsWritten() throws Exception {
        for (int length = 1; length < 100_000; length *= 3) {
            String text = "[2,\"a\",\"DataTransfer\",{\"vendorId\":\"x\",\"data\":\"" + "\\n".repeat(length) + "\"}]";
            assertEquals(text, encode(decode(text)));
        }
    }

    @Test
    void aWordOfOcppIsTheSameObjectInAllFrames() throws BadFrameException {
        String text = "[2,\"a\",\"Reset\",{\"type\":\"Hard\"}]";
        assertSame(decodeCall(text).payload().get("type"), decodeCall(text).payload().get("type"));
    }

    @Test
    void anActionThatNobodyKnowsIsReadWithItsPayload() throws BadFrameException {
        Frame.Call call = decodeCall("[2,\"a\",\"Dance\",{\"how\":[{\"fast\":1}]}]");
        assertEquals("Dance", call.action());
        assertTrue(call.type().isEmpty());
        assertEquals("{\"how\":[{\"fast\":1}]}", call.payload().toString());
    }

    @Test
    void anAnswerIsCheckedByTheCallThatHasItsId() throws BadFrameException {
        Frame.Result ours = assertInstanceOf(Frame.Result.class, decode("[3,\"a\",{\"currentTime\":\"soon\"}]"));
        assertTrue(ours.findings().faultText().startsWith("/currentTime must be a time"), ours.findings().faultText());
        Frame.Result other = assertInstanceOf(Frame.Result.class, decode("[3,\"b\",{\"currentTime\":\"soon\"}]"));
        assertNull(other.findings().faultText());
    }

    @Test
    void anErrorIsUnderstoodWithoutDescriptionAndDetails() throws BadFrameException {
        Frame.Failure failure = assertInstanceOf(Frame.Failure.class, decode("[4,\"a\",\"InternalError\"]"));
        assertEquals("InternalError", failure.code());
    }

    @Test
    void aPayloadNestedWithoutEndIsRefusedAndNotFollowed() {
        String deep = "[2,\"a\",\"Reset\",{\"x\":" + "[".repeat(100_000);
        BadFrameException e = assertThrows(BadFrameException.class, () -> decode(deep));
        assertEquals("a", e.id());
    }

    @Test
    void aDescriptionIsCutToWhatTheProtocolAllows() throws BadFrameException {
        String text = writer.failure("a", ErrorCode.GenericError, "x".repeat(300));
        assertTrue(text.length() < 300, text);
        decode(text);
    }

    @Test
    void aPayloadOfAnyJsonIsReadAsItWasSent() throws Exception {
        String payload = "{\"text\":\"a\\n\\\"\u00e9\",\"int\":-1,\"long\":99999999999,"
                + "\"big\":123456789012345678901234567890,\"decimal\":58800.50,\"small\":1E-7,\"yes\":true,\"no\":false,\"nothing\":null,"
                + "\"list\":[1,[],{}],\"object\":{\"a\":{\"b\":[]}},\"a\\\"b\":[[],{},-1.5,null,true]}";
        assertEquals(payload, decodeCall("[2,\"id\",\"DataTransfer\"," + payload + "]").payload().toString());
    }
}
