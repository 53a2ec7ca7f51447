package dcocpp.console.internal.api;

import java.util.Optional;

import dcocpp.console.internal.login.ApiToken;
import dcocpp.console.internal.login.Login;
import dcocpp.console.internal.login.SameOrigin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Who may call {@code /api}: the token, the console's login, and for a few paths everybody. */
final class ApiAccess {

    private static final int TOO_MANY_REQUESTS = 429;

    private final ApiToken token;
    private final Login login;
    private final boolean simOpen;

    ApiAccess(ApiToken token, Login login, boolean simOpen) {
        this.token = token;
        this.login = login;
        this.simOpen = simOpen;
    }

    /** Why the request is refused; empty when it is not. */
    Optional<ApiError> refusal(HttpServletRequest request) {
        Optional<String> foreign = SameOrigin.refusal(request);
        if (foreign.isPresent()) {
            return Optional.of(new ApiError(HttpServletResponse.SC_FORBIDDEN, "the request comes from another web site: "
                    + foreign.get(), "call the API from the charger's own pages or from a program"));
        }
        if (free(request) || token.shownBy(request)) {
            return Optional.empty();
        }
        return switch (login.check(request)) {
            case RIGHT -> Optional.empty();
            case LIMITED -> Optional.of(new ApiError(TOO_MANY_REQUESTS, "too many wrong logins", "wait ten seconds"));
            case WRONG -> Optional.of(unauthorized("the login is wrong"));
            case MISSING -> Optional.of(unauthorized(request.getHeader("Authorization") == null
                    ? "the request shows no token and no login" : "the token is wrong"));
        };
    }

    private static ApiError unauthorized(String what) {
        return new ApiError(HttpServletResponse.SC_UNAUTHORIZED, what, "send \"Authorization: Bearer <token>\" with the content of"
                + " api.token in the data folder (it is new at every start), or log in as the web console's user");
    }

    private boolean free(HttpServletRequest request) {
        String path = ApiServlet.path(request);
        if (path.equals("/health")) {
            return true;
        }
        return simOpen && path.startsWith("/sim/") && SameOrigin.staysOnThisMachine(request);
    }
}
