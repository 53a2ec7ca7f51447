package dcocpp.hwsim.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads request bodies: small, JSON, no field that nobody knows. An empty body is an empty object. */
final class Bodies {

    static final int MAX_BYTES = 8192;

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    <T> T read(String contentType, InputStream in, Class<T> type) throws RequestException, IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new RequestException(413, "the body is longer than " + MAX_BYTES + " bytes", "send only the fields of this call");
        }
        ObjectReader reader = mapper.readerFor(type);
        if (bytes.length == 0) {
            return reader.readValue("{}");
        }
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).split(";")[0].trim().equals("application/json")) {
            throw new RequestException(415, "the body's content type is " + contentType, "send Content-Type: application/json, or no body");
        }
        try {
            T body = reader.readValue(bytes);
            if (body == null) {
                throw new RequestException(400, "the body is null", "send a JSON object, or no body");
            }
            return body;
        } catch (UnrecognizedPropertyException unknown) {
            throw new RequestException(400, "the body has an unknown field '" + unknown.getPropertyName() + "'",
                    unknown.getKnownPropertyIds() == null || unknown.getKnownPropertyIds().isEmpty() ? "this call has no fields"
                            : "known fields: " + unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted()
                                    .collect(Collectors.joining(", ")));
        } catch (JsonMappingException mismatch) {
            String field = mismatch.getPath().stream().map(JsonMappingException.Reference::getFieldName).map(String::valueOf)
                    .collect(Collectors.joining("."));
            throw new RequestException(400, "the body's " + (field.isEmpty() ? "content" : "field '" + field + "'") + " is wrong: "
                    + mismatch.getOriginalMessage(), "see docs/openapi.yaml for the fields of this call");
        } catch (JacksonException broken) {
            throw new RequestException(400, "the body is not JSON: " + broken.getOriginalMessage(), "send a JSON object, or no body");
        }
    }

    byte[] write(Object body) throws IOException {
        return mapper.writeValueAsBytes(body);
    }

    /** Fields of {@code plug}. */
    record Plug(String car, Double socPercent, Double targetSocPercent, String evMac, String evccid, String emaid, String stages) {
    }

    /** Fields of {@code fault}. */
    record InjectedFault(String cause, Double temperatureC, Double insulationKOhm, String moduleId) {
    }

    /** Fields of {@code clear}. */
    record Clear(String cause) {
    }

    /** Fields of {@code swipe}. */
    record Swipe(String idTag, Integer connector) {
    }

    /** A call without fields. */
    record None() {
    }
}
