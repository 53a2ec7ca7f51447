package dcocpp.hwsim.internal.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;
import dcocpp.hwsim.internal.Simulation;
import dcocpp.hwsim.internal.cars.CarLibrary;

/** {@code /api/sim}: who may call it is decided by the context {@code dcocpp.api}; without that context there is no such path. */
@Component(service = Servlet.class)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=dcocpp.api)")
@HttpWhiteboardServletPattern("/sim/*")
public final class SimServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SimServlet.class);
    /** Below the data folder. */
    private static final String OWN_CARS = "sim/cars.json";

    private final transient SimRouter router;

    @Activate
    public SimServlet(BundleContext context, @Reference Simulation simulation, @Reference TimeSource time) {
        this.router = new SimRouter(simulation, cars(context.getProperty("dcocpp.data")), time);
    }

    /** The included cars, and those of somebody's own file. */
    private static CarLibrary cars(String dataFolder) {
        CarLibrary included = CarLibrary.included();
        Path own = dataFolder == null ? null : Path.of(dataFolder).resolve(OWN_CARS);
        if (own == null || !Files.exists(own)) {
            return included;
        }
        try {
            return included.with(own);
        } catch (IOException wrong) {
            LOG.error("Only the included cars can come. {}", wrong.getMessage());
            return included;
        }
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
