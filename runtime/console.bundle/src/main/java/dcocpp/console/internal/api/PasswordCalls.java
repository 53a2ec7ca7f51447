package dcocpp.console.internal.api;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dcocpp.console.internal.login.Login;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Changing the console's password. */
final class PasswordCalls {

    private static final int LONGEST_BODY = 4096;
    private static final String FORM = "{\"currentPassword\": \"...\", \"newPassword\": \"...\"}";

    private final Login login;

    private PasswordCalls(Login login) {
        this.login = login;
    }

    static List<Route> routes(Login login) {
        PasswordCalls calls = new PasswordCalls(login);
        return List.of(new Route("POST", "/console/password", (request, variables) -> calls.change(request)));
    }

    private Route.Answer change(HttpServletRequest request) throws ApiException, IOException {
        JsonNode body = body(request);
        try {
            return switch (login.changePassword(text(body, "currentPassword"), text(body, "newPassword"), request.getRemoteAddr())) {
                case RIGHT -> Route.Answer.ok(Json.object().put("outcome", "done"));
                case LIMITED -> throw new ApiException(429, "too many wrong logins", "wait ten seconds");
                default -> throw new ApiException(HttpServletResponse.SC_FORBIDDEN, "currentPassword is wrong",
                        "a forgotten password is replaced by deleting console.credentials in the data folder and restarting");
            };
        } catch (IllegalArgumentException e) {
            throw new ApiException(HttpServletResponse.SC_BAD_REQUEST, "newPassword is too weak", e.getMessage());
        }
    }

    private static JsonNode body(HttpServletRequest request) throws ApiException, IOException {
        byte[] content = request.getInputStream().readNBytes(LONGEST_BODY);
        try {
            return Json.parse(content);
        } catch (JsonProcessingException e) {
            throw new ApiException(HttpServletResponse.SC_BAD_REQUEST, "the body is not JSON", FORM);
        }
    }

    private static String text(JsonNode body, String name) throws ApiException {
        if (body == null || !body.path(name).isTextual()) {
            throw new ApiException(HttpServletResponse.SC_BAD_REQUEST, name + " is missing", FORM);
        }
        return body.get(name).textValue();
    }
}
