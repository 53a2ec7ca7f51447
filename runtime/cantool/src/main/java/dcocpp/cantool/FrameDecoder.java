package dcocpp.cantool;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.can.internal.codec.Crc8;
import dcocpp.can.internal.codec.CrcMode;
import dcocpp.can.internal.codec.Message;
import dcocpp.can.internal.codec.NamedSignal;
import dcocpp.can.internal.codec.SegmentBuffer;
import dcocpp.can.internal.codec.Signal;
import dcocpp.canlog.LoggedFrame;

/** Frames as JSON objects. It remembers the segments of identities, so it needs the frames in their order. Not thread-safe. */
public final class FrameDecoder {

    private static final int NANO_DIGITS = 9;

    private final CrcMode crcMode;
    private final Map<String, SegmentBuffer> identities = new HashMap<>();

    /**
     * @param crcMode in {@link CrcMode#LEGACY} a frame whose checksum is 0 counts as one without
     */
    public FrameDecoder(CrcMode crcMode) {
        this.crcMode = crcMode;
    }

    /** Any frame, also one that the contract does not know: its {@code message} is null, and its bytes are in {@code data}. */
    public ObjectNode decode(LoggedFrame frame) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("t", BigDecimal.valueOf(frame.epochNanos(), NANO_DIGITS).stripTrailingZeros());
        json.put("iface", frame.iface());
        json.put("id", String.format("0x%X", frame.error() ? frame.rawId() & LoggedFrame.EXTENDED_MASK : frame.id()));
        Message message = message(frame);
        if (message == null) {
            return unknown(frame, json);
        }
        json.put("plcId", frame.id() & Message.PLC_ID_MASK);
        json.put("message", message.dbcName());
        json.put("crc", crc(message, frame));
        ObjectNode signals = json.putObject("signals");
        for (NamedSignal named : NamedSignal.carried(message, frame.payload())) {
            int signal = named.signal();
            if (Signal.start(signal) + Signal.length(signal) <= 8 * frame.length()) {
                signals.put(named.name(), value(signal, frame.payload()));
            }
        }
        if (frame.length() < LoggedFrame.MAX_LENGTH) {
            json.put("length", frame.length());
        }
        identity(message, frame, json);
        return json;
    }

    /** The message of a frame; null for one that is none of the contract's. */
    static Message message(LoggedFrame frame) {
        return frame.extended() && !frame.error() && !frame.remote() ? Message.of(frame.id()) : null;
    }

    private static ObjectNode unknown(LoggedFrame frame, ObjectNode json) {
        json.putNull("plcId").putNull("message").put("crc", "none").putObject("signals");
        byte[] data = new byte[frame.length()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (frame.payload() >>> 8 * i);
        }
        json.put("data", HexFormat.of().withUpperCase().formatHex(data));
        if (frame.error()) {
            json.put("kind", "error");
        } else if (frame.remote()) {
            json.put("kind", "remote");
        }
        if (!frame.extended() && !frame.error()) {
            json.put("extended", false);
        }
        return json;
    }

    private String crc(Message message, LoggedFrame frame) {
        if (!message.checksummed()) {
            return "none";
        }
        if (frame.length() == LoggedFrame.MAX_LENGTH && CrcMode.STRICT.accepts(frame.payload())) {
            return "ok";
        }
        boolean absent = Crc8.stored(frame.payload()) == 0 && crcMode == CrcMode.LEGACY && frame.length() == LoggedFrame.MAX_LENGTH;
        return absent ? "none" : "bad";
    }

    /** Exact: the raw number with the decimals of the signal's scale. */
    private static BigDecimal value(int signal, long payload) {
        int decimals = Signal.divisor(signal) == 100 ? 2 : Signal.divisor(signal) == 10 ? 1 : 0;
        BigDecimal value = BigDecimal.valueOf(Signal.raw(signal, payload), decimals).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private void identity(Message message, LoggedFrame frame, ObjectNode json) {
        if (frame.length() < message.minimumLength()) {
            return;
        }
        SegmentBuffer buffer = switch (message) {
            case RFID_EVENT, EV_MAC, EMAID0, EMAID1, EVCCID -> identities.computeIfAbsent(frame.iface() + frame.id(),
                    any -> new SegmentBuffer());
            default -> null;
        };
        if (buffer == null) {
            return;
        }
        boolean complete = message == Message.RFID_EVENT ? buffer.rfid(frame.payload(), frame.epochNanos())
                : buffer.identity(frame.payload(), frame.epochNanos());
        if (complete) {
            boolean contract = message == Message.EMAID0 || message == Message.EMAID1;
            String text = contract ? buffer.text() : "";
            json.putObject("identity").put("source", message == Message.RFID_EVENT ? "RFID" : message.dbcName())
                    .put("value", text.isEmpty() ? buffer.hex() : text);
        }
    }
}
