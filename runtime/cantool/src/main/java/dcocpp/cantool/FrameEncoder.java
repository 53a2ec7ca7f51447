package dcocpp.cantool;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dcocpp.can.internal.codec.Crc8;
import dcocpp.can.internal.codec.Message;
import dcocpp.can.internal.codec.NamedSignal;
import dcocpp.can.internal.codec.Signal;
import dcocpp.can.internal.codec.SignalTable;
import dcocpp.canlog.LoggedFrame;

/** Frames from JSON objects as {@link FrameDecoder} writes them. What does not fit is refused and never rounded or cut. */
public final class FrameEncoder {

    private static final String CHECKSUM = "CRC8";
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private FrameEncoder() {
    }

    /**
     * The frame that an object describes. Signals that are missing are 0, the checksum is computed unless it is given.
     *
     * @throws IllegalArgumentException with what does not fit, for people
     */
    public static LoggedFrame encode(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("no JSON object");
        }
        long nanos = nanos(json.path("t"));
        String iface = json.path("iface").asText("can0");
        if (!iface.matches("[^\\s()#]{1,15}")) {
            throw new IllegalArgumentException("iface is \"" + iface + "\", must be the name of an interface");
        }
        if (!json.hasNonNull("message")) {
            return bytes(json, nanos, iface);
        }
        Message message = message(json.path("message").asText());
        long payload = payload(message, json.path("signals"));
        int length = json.path("length").asInt(LoggedFrame.MAX_LENGTH);
        return new LoggedFrame(nanos, iface, LoggedFrame.EXTENDED | id(message, json), length, payload);
    }

    private static long nanos(JsonNode t) {
        if (t.isMissingNode() || t.isNull()) {
            return 0;
        }
        if (!t.isNumber() || t.decimalValue().signum() < 0 || t.decimalValue().precision() - t.decimalValue().scale() > 10) {
            throw new IllegalArgumentException("t is " + t + ", must be seconds since 1970");
        }
        return t.decimalValue().multiply(NANOS).longValue();
    }

    private static LoggedFrame bytes(JsonNode json, long nanos, String iface) {
        if (json.has("kind") || !json.path("data").isTextual() || !json.path("id").isTextual()) {
            throw new IllegalArgumentException("neither \"message\" and \"signals\" nor \"id\" and \"data\" of a data frame");
        }
        boolean extended = json.path("extended").asBoolean(true);
        int id = number(json.path("id").asText());
        if (id > (extended ? LoggedFrame.EXTENDED_MASK : LoggedFrame.STANDARD_MASK)) {
            throw new IllegalArgumentException("id " + json.path("id").asText() + " has too many bits");
        }
        byte[] data = HexFormat.of().parseHex(json.path("data").asText());
        long payload = 0;
        for (int i = 0; i < Math.min(data.length, LoggedFrame.MAX_LENGTH); i++) {
            payload |= (data[i] & 0xFFL) << 8 * i;
        }
        return new LoggedFrame(nanos, iface, extended ? LoggedFrame.EXTENDED | id : id, data.length, payload);
    }

    private static int number(String hex) {
        if (!hex.matches("0x[0-9A-Fa-f]{1,7}|0x[01][0-9A-Fa-f]{7}")) {
            throw new IllegalArgumentException("id is \"" + hex + "\", must be such as 0x162");
        }
        return Integer.parseInt(hex.substring(2), 16);
    }

    private static Message message(String name) {
        for (Message message : Message.values()) {
            if (message.dbcName().equals(name)) {
                return message;
            }
        }
        throw new IllegalArgumentException("the contract has no message \"" + name + "\"");
    }

    private static int id(Message message, JsonNode json) {
        JsonNode plcId = json.path("plcId");
        if (plcId.isMissingNode() && json.path("id").isTextual()) {
            int id = number(json.path("id").asText());
            if (Message.of(id) != message) {
                throw new IllegalArgumentException("id " + json.path("id").asText() + " is not of " + message.dbcName());
            }
            return id;
        }
        if (!plcId.isIntegralNumber() || plcId.longValue() < 0 || plcId.longValue() > Message.PLC_ID_MASK) {
            throw new IllegalArgumentException("plcId is " + plcId + ", must be 0 to 15");
        }
        int id = message.id(plcId.intValue());
        if (json.path("id").isTextual() && number(json.path("id").asText()) != id) {
            throw new IllegalArgumentException("id " + json.path("id").asText() + " is not that of " + message.dbcName()
                    + " of PLC " + plcId);
        }
        return id;
    }

    private static long payload(Message message, JsonNode signals) {
        if (!signals.isMissingNode() && !signals.isObject()) {
            throw new IllegalArgumentException("signals is " + signals + ", must be an object");
        }
        long payload = 0;
        List<NamedSignal> all = SignalTable.of(message);
        for (Map.Entry<String, JsonNode> entry : signals.properties()) {
            NamedSignal named = all.stream().filter(one -> one.name().equals(entry.getKey())).findFirst().orElseThrow(
                    () -> new IllegalArgumentException(message.dbcName() + " has no signal \"" + entry.getKey() + "\""));
            payload = Signal.put(named.signal(), payload, raw(named, entry.getValue()));
        }
        List<NamedSignal> carried = NamedSignal.carried(message, payload);
        for (Map.Entry<String, JsonNode> entry : signals.properties()) {
            if (carried.stream().noneMatch(one -> one.name().equals(entry.getKey()))) {
                throw new IllegalArgumentException(entry.getKey() + " is not on the page that the multiplexer selects");
            }
        }
        return message.checksummed() && !signals.has(CHECKSUM) ? Crc8.seal(payload) : payload;
    }

    private static long raw(NamedSignal named, JsonNode value) {
        int signal = named.signal();
        if (value.isBoolean() && Signal.length(signal) == 1) {
            return value.booleanValue() ? 1 : 0;
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException(named.name() + " is " + value + ", must be a number");
        }
        BigDecimal scale = BigDecimal.valueOf(Signal.divisor(signal));
        BigDecimal raw = value.decimalValue().multiply(scale);
        BigDecimal lowest = BigDecimal.valueOf(Signal.lowest(signal));
        BigDecimal highest = BigDecimal.valueOf(Signal.highest(signal));
        if (raw.compareTo(lowest) < 0 || raw.compareTo(highest) > 0) {
            throw new IllegalArgumentException(named.name() + " is " + value + ", must be " + lowest.divide(scale) + " to "
                    + highest.divide(scale));
        }
        if (raw.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(named.name() + " is " + value + ", must be a multiple of "
                    + BigDecimal.ONE.divide(scale).toPlainString());
        }
        return raw.longValue();
    }
}
