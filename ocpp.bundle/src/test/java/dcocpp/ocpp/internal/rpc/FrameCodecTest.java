package dcocpp.ocpp.internal.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.ocpp.internal.message.Catalogue;
import dcocpp.ocpp.internal.rpc.BadFrameException.Kind;

class FrameCodecTest {

    private final FrameCodec codec = new FrameCodec(Catalogue.load().words());

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "[2,\"a\",\"Heartbeat\",{}]",
        "[2,\"a\",\"DataTransfer\",{\"vendorId\":\"x\",\"data\":\"\\\"quoted\\\"\"}]",
        "[3,\"a\",{\"currentTime\":\"2026-01-01T00:00:00Z\"}]",
        "[2,\"a\",\"DataTransfer\",{\"vendorId\":\"\",\"data\":\"\\u0000\\n\\\\ \u00e4\u20ac\ud83d\ude97\",\"a\\\"b\":[[],{},-1.5,null,true]}]",
        "[2,\"a\",\"StatusNotification\",{\"status\":\"Charging\",\"errorCode\":\"charging\",\"info\":\"Chargeng\"}]",
        "[4,\"a\",\"NotImplemented\",\"why\",{}]"})
    void aFrameThatIsReadAndWrittenStaysTheSame(String text) throws BadFrameException {
        assertEquals(text, codec.encode(codec.decode(text)));
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
        BadFrameException e = assertThrows(BadFrameException.class, () -> codec.decode(text));
        assertEquals(kind, e.kind());
        assertEquals(id, e.id());
        assertEquals(code, e.code(), e.getMessage());
    }

    @Test
    void aFrameOfManyFieldsIsReadAndWrittenToo() throws BadFrameException {
        StringBuilder text = new StringBuilder("[2,\"a\",\"DataTransfer\",{\"f0\":0");
        for (int i = 1; i < 2000; i++) {
            text.append(",\"f").append(i).append("\":\"").append("x".repeat(i)).append('"');
        }
        text.append("}]");
        assertEquals(text.toString(), codec.encode(codec.decode(text.toString())));
    }

    @Test
    void aWordOfOcppIsTheSameObjectInAllFrames() throws BadFrameException {
        String text = "[2,\"a\",\"Reset\",{\"type\":\"Hard\"}]";
        Frame.Call one = assertInstanceOf(Frame.Call.class, codec.decode(text));
        Frame.Call other = assertInstanceOf(Frame.Call.class, codec.decode(text));
        assertSame(one.payload().get("type"), other.payload().get("type"));
    }

    @Test
    void anErrorIsUnderstoodWithoutDescriptionAndDetails() throws BadFrameException {
        Frame.Failure failure = assertInstanceOf(Frame.Failure.class, codec.decode("[4,\"a\",\"InternalError\"]"));
        assertEquals("InternalError", failure.code());
    }

    @Test
    void aPayloadNestedWithoutEndIsRefusedAndNotFollowed() {
        String deep = "[2,\"a\",\"Reset\",{\"x\":" + "[".repeat(100_000);
        BadFrameException e = assertThrows(BadFrameException.class, () -> codec.decode(deep));
        assertEquals("a", e.id());
    }

    @Test
    void aDescriptionIsCutToWhatTheProtocolAllows() throws BadFrameException {
        String text = codec.encode(new Frame.Failure("a", "GenericError", "x".repeat(300)));
        assertTrue(text.length() < 300, text);
        codec.decode(text);
    }

    @Test
    void aPayloadOfAnyJsonComesBackAsItWasSent() throws Exception {
        String frame = "[2,\"id\",\"DataTransfer\",{\"text\":\"a\\n\\\"\u00e9\",\"int\":-1,\"long\":99999999999,"
                + "\"big\":123456789012345678901234567890,\"decimal\":58800.50,\"small\":1E-7,\"yes\":true,\"no\":false,\"nothing\":null,"
                + "\"list\":[1,[],{}],\"object\":{\"a\":{\"b\":[]}}}]";
        assertEquals(frame, codec.encode(codec.decode(frame)));
    }
}
