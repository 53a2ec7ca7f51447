package dcocpp.console.internal.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.console.internal.login.Login;
import dcocpp.console.internal.status.Charger;
import dcocpp.console.internal.upload.Uploads;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Finds the route of a request and sends its answer. Who may call is decided before, by {@link ApiContext}. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=" + ApiContext.NAME + ")")
@HttpWhiteboardServletPattern("/*")
public final class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

    private final transient List<Route> routes;

    @Activate
    public ApiServlet(@Reference Charger charger, @Reference Login login, @Reference Uploads uploads) {
        this(Routes.all(charger, login, uploads));
    }

    ApiServlet(List<Route> routes) {
        this.routes = routes;
    }

    /** The path below {@code /api}, decoded. */
    static String path(HttpServletRequest request) {
        String servletPath = request.getServletPath() == null ? "" : request.getServletPath();
        String pathInfo = request.getPathInfo() == null ? "" : request.getPathInfo();
        return servletPath + pathInfo;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Route.Answer answer = answer(request, response);
            if (answer.svg() == null) {
                Json.send(response, answer.status(), answer.body());
            } else {
                sendPicture(response, answer);
            }
        } catch (ApiException e) {
            Json.send(response, e.error());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            Json.send(response, new ApiError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "internal error: " + e.getMessage(),
                    "see the log"));
        }
    }

    /** A picture shows and does nothing, also when somebody opens it as a page of its own. */
    private static void sendPicture(HttpServletResponse response, Route.Answer answer) throws IOException {
        byte[] bytes = answer.svg().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.setContentType("image/svg+xml");
        response.setHeader("Content-Security-Policy", "default-src 'none'");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
        response.flushBuffer();
    }

    Route.Answer answer(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        String path = path(request);
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            Optional<List<String>> variables = route.match(path);
            if (variables.isPresent()) {
                if (route.method().equals(request.getMethod())) {
                    return route.handler().handle(request, variables.get());
                }
                methods.add(route.method());
            }
        }
        if (!methods.isEmpty()) {
            response.setHeader("Allow", String.join(", ", methods));
            throw new ApiException(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "/api" + path + " does not know "
                    + request.getMethod(), "use " + String.join(" or ", methods));
        }
        throw new ApiException(HttpServletResponse.SC_NOT_FOUND, "there is no /api" + path, "docs/openapi.yaml names every call;"
                + " /api/sim exists while a simulated hardware bundle is installed");
    }
}
