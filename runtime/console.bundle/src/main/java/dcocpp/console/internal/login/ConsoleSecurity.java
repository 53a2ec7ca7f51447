package dcocpp.console.internal.login;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Guards every request to the web console. The framework property {@code felix.webconsole.security.providers=dcocpp} switches the
 * console's own login off and keeps the console shut (404) while this service is not there.
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=dcocpp")
public final class ConsoleSecurity implements SecurityProvider {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSecurity.class);
    private static final int TOO_MANY_REQUESTS = 429;

    private final Login login;

    @Activate
    public ConsoleSecurity(@Reference Login login) {
        this.login = login;
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> foreign = SameOrigin.refusal(request);
        if (foreign.isPresent()) {
            LOG.warn("refused a {} to {} from another web site: {}", request.getMethod(), request.getRequestURI(), foreign.get());
            answer(response, HttpServletResponse.SC_FORBIDDEN, "Refused: the request comes from another web site.");
            return null;
        }
        // The console's pages may not be put into a frame of another site, and their answers are nobody else's to guess at.
        response.setHeader("X-Frame-Options", "SAMEORIGIN");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        Login.Verdict verdict = login.check(request);
        if (verdict == Login.Verdict.RIGHT) {
            return Credentials.USER;
        }
        if (verdict == Login.Verdict.LIMITED) {
            response.setHeader("Retry-After", Long.toString(LoginLimiter.RECOVERY.toSeconds()));
            answer(response, TOO_MANY_REQUESTS, "Too many wrong logins: wait " + LoginLimiter.RECOVERY.toSeconds() + " seconds.");
            return null;
        }
        challenge(response);
        return null;
    }

    private static void challenge(HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", Login.CHALLENGE);
        answer(response, HttpServletResponse.SC_UNAUTHORIZED, "Log in with the password that the charger showed at its first start.");
    }

    private static void answer(HttpServletResponse response, int status, String text) {
        try {
            response.setStatus(status);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().println(text);
            response.flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** There is one user, who may do everything. */
    @Override
    public boolean authorize(Object user, String role) {
        return Credentials.USER.equals(user);
    }

    /** With HTTP Basic a browser forgets the login only when it is refused once. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        challenge(response);
    }
}
