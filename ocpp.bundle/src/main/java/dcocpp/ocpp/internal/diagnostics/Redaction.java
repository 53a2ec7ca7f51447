package dcocpp.ocpp.internal.diagnostics;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import dcocpp.ocpp.internal.transfer.Queries;

/**
 * Takes out of logs what must not leave the charger: passwords, keys, query strings of addresses, and all but the end of the tokens of
 * customers. Tokens are known from the fields that hold them; what was seen once is found in free text too.
 */
final class Redaction {
    private static final Set<String> TOKEN_FIELDS = Set.of("idTag", "parentIdTag");
    private static final String SECRET_KEY = "AuthorizationKey";
    private static final String MASK = "***";
    /** Shorter words are too likely to mean something else. */
    private static final int LEAST_TOKEN = 4;
    private static final int SHOWN = 4;

    private static final Pattern LOGIN = Pattern.compile("(?<=:(?:\\\\)?/(?:\\\\)?/)[^/\\s\"\\\\]+(?=@)");
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:password|authorizationkey|authorization|secret)[\"']?\\s*[=:]\\s*[\"']?)((?:basic |bearer )?[^\\s\"',;}]+)");
    private static final Pattern TOKEN_FIELD = Pattern.compile("(\"(?:idTag|parentIdTag)\"\\s*:\\s*\")([^\"]*)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");

    private final Set<String> tokens = new HashSet<>();
    /** Tokens that are more than one word. */
    private final Set<String> odd = new HashSet<>();

    /** Remembers a token and returns what may be shown of it: its last characters, and never more than half of it. */
    String token(String token) {
        if (token.length() >= LEAST_TOKEN) {
            (WORD.matcher(token).matches() ? tokens : odd).add(token);
        }
        return "…" + token.substring(token.length() - Math.min(SHOWN, token.length() / 2));
    }

    /** Changes the tree in place. */
    void json(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("key").asText().equalsIgnoreCase(SECRET_KEY) && object.has("value")) {
                object.put("value", MASK);
            }
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getValue().isTextual()) {
                    String text = field.getValue().textValue();
                    field.setValue(new TextNode(TOKEN_FIELDS.contains(field.getKey()) ? token(text) : text(text)));
                } else {
                    json(field.getValue());
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, new TextNode(text(array.get(i).textValue())));
                } else {
                    json(array.get(i));
                }
            }
        }
    }

    /** A line of free text. */
    String text(String line) {
        String masked = Queries.masked(LOGIN.matcher(line).replaceAll(MASK));
        masked = SECRET.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
        masked = TOKEN_FIELD.matcher(masked).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + token(found.group(2))));
        if (!tokens.isEmpty()) {
            masked = WORD.matcher(masked).replaceAll(found -> Matcher.quoteReplacement(
                    tokens.contains(found.group()) ? token(found.group()) : found.group()));
        }
        for (String token : odd) {
            masked = masked.replace(token, token(token));
        }
        return masked;
    }
}
