package dcocpp.hwsim.internal.http;

import java.io.IOException;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

import dcocpp.api.time.TimeSource;
import dcocpp.hwsim.internal.Simulation;
import dcocpp.hwsim.internal.cars.CarLibrary;

/** {@code /api/sim}: who may call it is decided by the context {@code dcocpp.api}; without that context there is no such path. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=dcocpp.api)")
@HttpWhiteboardServletPattern("/sim/*")
public final class SimServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient SimRouter router;

    @Activate
    public SimServlet(@Reference Simulation simulation, @Reference TimeSource time) {
        this.router = new SimRouter(simulation, CarLibrary.included(), time);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Response answer = router.handle(request.getMethod(), request.getPathInfo(), request.getContentType(), request.getInputStream());
        byte[] body = router.write(answer);
        response.setStatus(answer.status());
        if (!answer.allow().isEmpty()) {
            response.setHeader("Allow", answer.allow());
        }
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
