package dcocpp.simrun.script;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;

/** Lengths of time as people write them: {@code 90 s}, {@code 1 h 30 min}, {@code 2 d}, with a minus before all of it if need be. */
final class Durations extends StdScalarDeserializer<Duration> {

    static final String FORM = "numbers with d, h, min, s or ms, such as 1 h 30 min";

    private static final long serialVersionUID = 1L;
    private static final Pattern PART = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*(d|h|min|ms|s)(?![a-zA-Z])");

    Durations() {
        super(Duration.class);
    }

    /**
     * The time that a text means.
     *
     * @throws IllegalArgumentException when it means none
     */
    static Duration parse(String text) {
        String trimmed = text.trim();
        boolean negative = trimmed.startsWith("-");
        String rest = negative ? trimmed.substring(1) : trimmed;
        Matcher part = PART.matcher(rest);
        double millis = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            millis += Double.parseDouble(part.group(1)) * millisOf(part.group(2));
            end = part.end();
        }
        if (end == 0 || end < rest.length()) {
            throw new IllegalArgumentException("'" + text + "' is no time; " + FORM);
        }
        return Duration.ofMillis(Math.round(negative ? -millis : millis));
    }

    private static long millisOf(String unit) {
        return switch (unit) {
            case "d" -> 86_400_000;
            case "h" -> 3_600_000;
            case "min" -> 60_000;
            case "s" -> 1000;
            default -> 1;
        };
    }

    /** For people: the two greatest units of it. */
    static String text(Duration duration) {
        long millis = Math.abs(duration.toMillis());
        String sign = duration.isNegative() ? "-" : "";
        if (millis < 60_000) {
            return sign + (millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s");
        }
        long minutes = millis / 60_000;
        String clock = String.format("%d:%02d:%02d", minutes / 60 % 24, minutes % 60, millis / 1000 % 60);
        return sign + (minutes >= 1440 ? minutes / 1440 + " d " : "") + clock;
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getText();
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw JsonMappingException.from(parser, e.getMessage());
        }
    }
}
