package dcocpp.console.internal.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import jakarta.servlet.http.HttpServletRequest;

/**
 * One call of the API.
 *
 * @param method HTTP method
 * @param template path below {@code /api}, with variables in braces
 * @param handler what it does
 */
record Route(String method, String template, Handler handler) {

    /** What a call does. */
    @FunctionalInterface
    interface Handler {

        /**
         * Carries the call out.
         *
         * @param variables the path's variables, in their order
         */
        Answer handle(HttpServletRequest request, List<String> variables) throws ApiException, IOException;
    }

    /**
     * What a call answers.
     *
     * @param status HTTP status
     * @param body JSON; null when it is a picture
     * @param svg a picture; null when it is JSON
     */
    record Answer(int status, JsonNode body, String svg) {

        Answer(int status, JsonNode body) {
            this(status, body, null);
        }

        static Answer ok(JsonNode body) {
            return new Answer(200, body);
        }

        static Answer picture(String svg) {
            return new Answer(200, null, svg);
        }
    }

    /** The path's variables, when the path is of this template. */
    Optional<List<String>> match(String path) {
        String[] expected = template.split("/", -1);
        String[] actual = path.split("/", -1);
        if (expected.length != actual.length) {
            return Optional.empty();
        }
        List<String> variables = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            if (expected[i].startsWith("{")) {
                variables.add(actual[i]);
            } else if (!expected[i].equals(actual[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
