package dcocpp.hwsim.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.time.TimeSource;
import dcocpp.hwsim.internal.Simulation;
import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.CarModel;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;
import dcocpp.hwsim.internal.physics.SimulationException;
import dcocpp.hwsim.internal.physics.StageTimes;
import dcocpp.hwsim.internal.physics.Violation;

/** What is below {@code /api/sim}, without a server around it: method, path and body in, status and body out. */
final class SimRouter {

    private static final List<String> ACTIONS = List.of("plug", "unplug", "pause", "resume", "renegotiate", "end", "fault", "clear");
    private static final String DEFAULT_ID_TAG = "04A2B3C4D5E680";
    private static final String SHORT_STAGES = "short";
    private static final String REAL_STAGES = "real";
    private static final double DEFAULT_SOC_PERCENT = 20;
    private static final Pattern CARD = Pattern.compile("([0-9A-F]{2}){1,10}");
    private static final Pattern MAC = Pattern.compile("[0-9A-F]{12}");
    private static final Pattern EVCCID = Pattern.compile("[0-9A-F]{12}|[0-9A-F]{16}");
    private static final Pattern EMAID = Pattern.compile("[0-9A-Z]{14,15}");

    private final Simulation simulation;
    private final CarLibrary cars;
    private final TimeSource time;
    private final Bodies bodies = new Bodies();

    SimRouter(Simulation simulation, CarLibrary cars, TimeSource time) {
        this.simulation = simulation;
        this.cars = cars;
        this.time = time;
    }

    Response handle(String method, String path, String contentType, InputStream body) throws IOException {
        try {
            return route(method, path, contentType, body);
        } catch (RequestException bad) {
            return bad.response();
        } catch (SimulationException refused) {
            int status = switch (refused.kind()) {
                case INVALID -> 400;
                case UNKNOWN -> 404;
                case CONFLICT -> 409;
                case UNAVAILABLE -> 503;
            };
            return Response.of(status, new RequestException.ErrorBody(refused.getMessage(), refused.remedy()));
        }
    }

    byte[] write(Response response) throws IOException {
        return bodies.write(response.body());
    }

    private Response route(String method, String path, String contentType, InputStream body) throws RequestException, IOException {
        String[] parts = (path == null ? "" : path).replaceFirst("^/", "").split("/", -1);
        if (parts.length == 1 && parts[0].equals("connectors")) {
            require(method, "GET", path);
            return Response.of(200, Map.of("connectors", simulation.call(cabinet -> cabinet.truth())));
        }
        if (parts.length == 2 && parts[0].equals("connectors")) {
            require(method, "GET", path);
            return Response.of(200, truth(connectorId(parts[1])));
        }
        if (parts.length == 3 && parts[0].equals("connectors") && ACTIONS.contains(parts[2])) {
            require(method, "POST", path);
            return act(connectorId(parts[1]), parts[2], contentType, body);
        }
        if (parts.length == 1 && parts[0].equals("swipe")) {
            require(method, "POST", path);
            return swipe(bodies.read(contentType, body, Bodies.Swipe.class));
        }
        if (parts.length == 1 && parts[0].equals("violations")) {
            require(method, "GET", path);
            return violations();
        }
        if (parts.length == 1 && parts[0].equals("grid")) {
            require(method, "GET", path);
            return Response.of(200, simulation.call(Cabinet::grid));
        }
        if (parts.length == 1 && parts[0].equals("cars")) {
            require(method, "GET", path);
            return Response.of(200, Map.of("cars", cars.all().stream().map(CarEntry::of).toList()));
        }
        throw new RequestException(404, "there is nothing at /api/sim" + (path == null ? "" : path),
                "GET connectors, connectors/{id}, cars, grid, violations; POST swipe, connectors/{id}/" + String.join("|", ACTIONS));
    }

    private static void require(String method, String allowed, String path) throws RequestException {
        if (!method.equals(allowed)) {
            throw new RequestException(405, method + " is not for /api/sim" + path, "use " + allowed, allowed);
        }
    }

    private static int connectorId(String text) throws RequestException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException wrong) {
            throw new RequestException(400, "'" + text + "' is no connector id", "use a number such as 1");
        }
    }

    private GunTruth truth(int connectorId) throws RequestException {
        return simulation.call(cabinet -> cabinet.truth()).stream().filter(gun -> gun.connectorId() == connectorId).findFirst()
                .orElseThrow(() -> new RequestException(404, "there is no connector " + connectorId, "GET /api/sim/connectors lists them"));
    }

    private Response act(int connectorId, String action, String contentType, InputStream body) throws RequestException, IOException {
        switch (action) {
            case "plug" -> {
                PlugIn plugIn = plugIn(bodies.read(contentType, body, Bodies.Plug.class));
                happen(cabinet -> cabinet.plug(connectorId, plugIn));
            }
            case "fault" -> {
                Bodies.InjectedFault fault = bodies.read(contentType, body, Bodies.InjectedFault.class);
                FaultCause cause = cause(fault.cause());
                double value = value(cause, fault);
                happen(cabinet -> cabinet.fault(connectorId, cause, value, orEmpty(fault.moduleId())));
            }
            case "clear" -> {
                Bodies.Clear clear = bodies.read(contentType, body, Bodies.Clear.class);
                Optional<FaultCause> cause = clear.cause() == null ? Optional.empty() : Optional.of(cause(clear.cause()));
                happen(cabinet -> cabinet.clear(connectorId, cause));
            }
            case "unplug" -> {
                bodies.read(contentType, body, Bodies.None.class);
                happen(cabinet -> cabinet.unplug(connectorId));
            }
            case "renegotiate" -> {
                bodies.read(contentType, body, Bodies.None.class);
                happen(cabinet -> cabinet.renegotiate(connectorId));
            }
            case "end" -> {
                bodies.read(contentType, body, Bodies.None.class);
                happen(cabinet -> cabinet.end(connectorId));
            }
            default -> {
                bodies.read(contentType, body, Bodies.None.class);
                happen(cabinet -> cabinet.pause(connectorId, action.equals("pause")));
            }
        }
        return taken(action, connectorId);
    }

    private void happen(Consumer<Cabinet> event) {
        simulation.call(cabinet -> {
            event.accept(cabinet);
            return null;
        });
    }

    private static Response taken(String event, int connectorId) {
        return Response.of(202, new Taken(event, connectorId));
    }

    private static StageTimes stages(CarModel model, String wanted) throws RequestException {
        return switch (wanted == null ? SHORT_STAGES : wanted) {
            case SHORT_STAGES -> StageTimes.SHORT;
            case REAL_STAGES -> model.stages();
            default -> throw new RequestException(400, "the stages of a car are not '" + wanted + "'", "one of [short, real]");
        };
    }

    private PlugIn plugIn(Bodies.Plug plug) throws RequestException {
        CarModel model = cars.first();
        if (plug.car() != null) {
            model = cars.find(plug.car())
                    .orElseThrow(() -> new RequestException(400, "there is no car '" + plug.car() + "'", "one of " + cars.ids()));
        }
        double soc = plug.socPercent() == null ? DEFAULT_SOC_PERCENT : between("socPercent", plug.socPercent(), 0, 100);
        double target = plug.targetSocPercent() == null ? 100 : between("targetSocPercent", plug.targetSocPercent(), 0, 100);
        Identity identity = new Identity(
                matching("evMac", orEmpty(plug.evMac()).replaceAll("[:-]", ""), MAC, "12 hex digits such as 001A2B3C4D5E"),
                matching("evccid", orEmpty(plug.evccid()), EVCCID, "12 or 16 hex digits"),
                matching("emaid", orEmpty(plug.emaid()).replace("-", ""), EMAID, "14 or 15 letters and digits such as DE8AA1A2B3C4D59"));
        return new PlugIn(model, soc, target, identity, stages(model, plug.stages()));
    }

    private Response swipe(Bodies.Swipe swipe) throws RequestException {
        String idTag = swipe.idTag() == null ? DEFAULT_ID_TAG
                : matching("idTag", swipe.idTag(), CARD, "2 to 20 hex digits, such as " + DEFAULT_ID_TAG);
        if (idTag.isEmpty()) {
            throw new RequestException(400, "idTag is empty", "give 2 to 20 hex digits, such as " + DEFAULT_ID_TAG);
        }
        int connectorId = swipe.connector() == null ? 0 : swipe.connector();
        happen(cabinet -> cabinet.swipe(connectorId, idTag));
        return taken("swipe", connectorId);
    }

    private Response violations() {
        Instant now = time.now();
        long nanos = time.nanoTime();
        return simulation.call(cabinet -> Response.of(200, new Violations(cabinet.violationCount(), cabinet.violations().stream()
                .map(violation -> ViolationEntry.of(violation, now.plusNanos(violation.atNanos() - nanos))).toList())));
    }

    /** What is measured with it; NaN = what trips. */
    private static double value(FaultCause cause, Bodies.InjectedFault fault) throws RequestException {
        double temperatureC = fault.temperatureC() == null ? Double.NaN : between("temperatureC", fault.temperatureC(), -40, 200);
        double kOhm = fault.insulationKOhm() == null ? Double.NaN : between("insulationKOhm", fault.insulationKOhm(), 0, 10_000);
        return cause == FaultCause.ISOLATION ? kOhm : temperatureC;
    }

    private static FaultCause cause(String name) throws RequestException {
        String remedy = "one of " + Cabinet.injectableCauses();
        if (name == null) {
            throw new RequestException(400, "the field 'cause' is missing", remedy);
        }
        try {
            return FaultCause.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new RequestException(400, "there is no cause '" + name + "'", remedy);
        }
    }

    private static double between(String name, double value, double low, double high) throws RequestException {
        if (!(value >= low && value <= high)) {
            throw new RequestException(400, name + " is " + value, "give a number from " + low + " to " + high);
        }
        return value;
    }

    private static String matching(String name, String value, Pattern pattern, String right) throws RequestException {
        String upper = value.toUpperCase(Locale.ROOT);
        if (!upper.isEmpty() && !pattern.matcher(upper).matches()) {
            throw new RequestException(400, name + " is '" + value + "'", "give " + right);
        }
        return upper;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** Answer to an event. */
    record Taken(String taken, int connector) {
    }

    /** A car of the library. */
    record CarEntry(String id, String name, long batteryWh, double maxCurrentA) {

        static CarEntry of(CarModel model) {
            return new CarEntry(model.id(), model.name(), model.batteryWh(), model.maxCurrentA());
        }
    }

    /** Answer to {@code violations}. */
    record Violations(long count, List<ViolationEntry> violations) {
    }

    /** One violation with its wall time. */
    record ViolationEntry(long number, String time, String kind, String where, int connectorId, String detail) {

        static ViolationEntry of(Violation violation, Instant at) {
            return new ViolationEntry(violation.number(), at.toString(), violation.kind().name(), violation.where(),
                    violation.connectorId(), violation.detail());
        }
    }
}
