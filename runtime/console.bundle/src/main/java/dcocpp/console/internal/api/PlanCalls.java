package dcocpp.console.internal.api;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.console.internal.status.Charger;
import dcocpp.planview.DispatchSummary;
import dcocpp.planview.GunDispatch;
import dcocpp.planview.RingSvg;
import dcocpp.planview.RingText;
import jakarta.servlet.http.HttpServletResponse;

/** Who asked for power, who gets it, from which modules, and why not more. */
final class PlanCalls {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Charger charger;

    PlanCalls(Charger charger) {
        this.charger = charger;
    }

    static List<Route> routes(Charger charger) {
        PlanCalls calls = new PlanCalls(charger);
        return List.of(
                new Route("GET", "/plan", (request, variables) -> Route.Answer.ok(calls.summary())),
                new Route("GET", "/plan.svg", (request, variables) -> Route.Answer.picture(calls.picture())));
    }

    private PlanSnapshot plan() throws ApiException {
        return charger.snapshot().map(ChargerSnapshot::plan).filter(plan -> plan.input() != null).orElseThrow(() -> new ApiException(
                HttpServletResponse.SC_SERVICE_UNAVAILABLE, "there is no plan yet",
                "it is there within seconds after the start; if not, see the log and whether a planner is installed"));
    }

    private String picture() throws ApiException {
        PlanSnapshot plan = plan();
        return RingSvg.draw(plan.input(), plan.plan());
    }

    ObjectNode summary() throws ApiException {
        PlanSnapshot plan = plan();
        DispatchSummary summary = DispatchSummary.of(plan.input(), plan.plan());
        ObjectNode root = Json.object();
        root.put("state", Json.camel(plan.state()));
        Json.put(root, "ageSeconds", (charger.time().nanoTime() - plan.acceptedNanos()) / NANOS_PER_SECOND);
        Json.put(root, "gridLimitW", summary.gridLimitW());
        Json.put(root, "plannedPowerW", summary.totalPowerW());
        root.put("summary", summary.line());
        Json.putTexts(root, "ring", RingText.lines(plan.input(), plan.plan()));
        ArrayNode guns = root.putArray("guns");
        summary.guns().forEach(gun -> put(guns.addObject(), gun));
        return root;
    }

    private static void put(ObjectNode node, GunDispatch gun) {
        node.put("connectorId", gun.connectorId());
        node.put("homeSlotId", gun.homeSlotId());
        node.put("active", gun.active());
        Json.put(node, "requestW", gun.requestW());
        Json.put(node, "demandW", gun.demandW());
        Json.put(node, "powerW", gun.powerW());
        Json.putTexts(node, "moduleIds", gun.moduleIds());
        Json.putNumbers(node, "slotIds", gun.slotIds());
        Json.put(node, "capacityW", gun.capacityW());
        Json.put(node, "reachableW", gun.reachableW());
        node.put("limit", Json.camel(gun.limit()));
        node.put("why", gun.why());
    }
}
