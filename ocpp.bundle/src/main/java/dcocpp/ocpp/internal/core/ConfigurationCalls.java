package dcocpp.ocpp.internal.core;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.rpc.ErrorCode;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Reply;

/** GetConfiguration and ChangeConfiguration. Used on the owner thread only. */
final class ConfigurationCalls implements Feature {
    private static final String AUTHORIZATION_KEY = "AuthorizationKey";
    private static final int MIN_KEY_LENGTH = 8;
    /** A key has 16 to 20 bytes, in hex twice as many characters. */
    private static final int MIN_HEX_LENGTH = 32;
    private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{2})+");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    private final Configuration configuration;
    private final FrameCodec codec;

    ConfigurationCalls(Environment environment) {
        configuration = environment.configuration();
        codec = environment.codec();
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        calls.on("GetConfiguration", this::get);
        calls.on("ChangeConfiguration", this::change);
    }

    private void get(ObjectNode payload, Reply reply) {
        JsonNode asked = payload.path("key");
        int most = configuration.number("GetConfigurationMaxKeys");
        if (asked.size() > most) {
            reply.error(ErrorCode.OccurenceConstraintViolation, "/key may have at most " + most + " items, it has " + asked.size()
                    + "; none at all means all keys");
            return;
        }
        ObjectNode answer = codec.newPayload();
        ArrayNode known = answer.putArray("configurationKey");
        if (asked.isEmpty()) {
            configuration.entries().stream().filter(entry -> entry.value() != null).forEach(entry -> add(known, entry));
        } else {
            ArrayNode unknown = codec.newPayload().arrayNode();
            for (JsonNode name : asked) {
                Configuration.Entry entry = configuration.entry(name.textValue());
                if (entry == null) {
                    unknown.add(name.textValue());
                } else {
                    add(known, entry);
                }
            }
            if (!unknown.isEmpty()) {
                answer.set("unknownKey", unknown);
            }
        }
        reply.result(answer);
    }

    private static void add(ArrayNode list, Configuration.Entry entry) {
        ObjectNode item = list.addObject().put("key", entry.name()).put("readonly", entry.readOnly());
        if (entry.value() != null) {
            item.put("value", entry.value());
        }
    }

    private void change(ObjectNode payload, Reply reply) {
        String name = payload.get("key").textValue();
        String value = payload.get("value").textValue();
        if (name.equalsIgnoreCase(AUTHORIZATION_KEY)) {
            value = plainKey(value);
            if (value.length() < MIN_KEY_LENGTH) {
                reply.status("Rejected");
                return;
            }
        }
        reply.status(configuration.change(name, value).name());
    }

    /** A key travels as hex and may be any bytes; what is too short for that may still be hex of readable text, or that text. */
    private static String plainKey(String value) {
        if (HEX.matcher(value).matches()) {
            String decoded = new String(HexFormat.of().parseHex(value), StandardCharsets.ISO_8859_1);
            if (value.length() >= MIN_HEX_LENGTH || PRINTABLE.matcher(decoded).matches()) {
                return decoded;
            }
        }
        return value;
    }
}
