package dcocpp.console.internal.api;

import java.io.IOException;
import java.net.URL;
import java.security.SecureRandom;
import java.util.Optional;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.console.internal.login.ApiToken;
import dcocpp.console.internal.login.DataFolder;
import dcocpp.console.internal.login.Login;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The door to {@code /api}. Other bundles hang their servlets behind it by selecting the context of this name; without this bundle there
 * is no context and thus no API.
 */
@Component(service = ServletContextHelper.class)
@HttpWhiteboardContext(name = ApiContext.NAME, path = "/api")
public final class ApiContext extends ServletContextHelper {

    static final String NAME = "dcocpp.api";

    private static final Logger LOG = LoggerFactory.getLogger(ApiContext.class);

    private final ApiToken token;
    private final ApiAccess access;

    @Activate
    public ApiContext(BundleContext context, @Reference Login login) throws IOException {
        token = ApiToken.create(DataFolder.of(context), new SecureRandom());
        access = new ApiAccess(token, login, Boolean.parseBoolean(context.getProperty("dcocpp.sim.open")));
    }

    @Deactivate
    void deactivate() throws IOException {
        token.delete();
    }

    @Override
    public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        Optional<ApiError> refusal = access.refusal(request);
        if (refusal.isEmpty()) {
            return true;
        }
        ApiError error = refusal.get();
        LOG.warn("refused {} {}: {}", request.getMethod(), request.getRequestURI(), error.error());
        if (error.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", Login.CHALLENGE);
        }
        Json.send(response, error);
        return false;
    }

    /** Nothing of this bundle is served as a file. */
    @Override
    public URL getResource(String name) {
        return null;
    }
}
