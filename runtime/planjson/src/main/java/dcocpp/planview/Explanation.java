package dcocpp.planview;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/**
 * Why each gun gets what it gets, for a field engineer: what was asked, each limit in turn, the modules within reach and what ends that
 * reach, and the ring as a picture. Worked out from the input and the plan alone, whoever made the plan. ASCII. Stateless.
 */
public final class Explanation {

    private final Site site;
    private final DispatchSummary summary;
    private final List<String> lines = new ArrayList<>();

    private Explanation(PlanningInput input, Plan plan) {
        site = new Site(input, plan);
        summary = DispatchSummary.of(input, plan);
    }

    /** The lines of the explanation. */
    public static List<String> lines(PlanningInput input, Plan plan) {
        Explanation explanation = new Explanation(input, plan);
        explanation.tell();
        return List.copyOf(explanation.lines);
    }

    private void tell() {
        lines.add(String.format(Locale.ROOT, "%d of %d guns take energy, together %s; limit of the site: %s", summary.active().size(),
                summary.guns().size(), Units.kilowatts(summary.totalPowerW()), Units.kilowatts(summary.gridLimitW())));
        for (GunDispatch gun : summary.active()) {
            site.gun(gun.connectorId()).ifPresent(input -> gun(gun, input));
        }
        for (ContactorInput contactor : site.input().contactors()) {
            if (contactor.welded() || contactor.stuckOpen()) {
                lines.add("contactor " + contactor.contactorId() + (contactor.welded() ? " is welded closed" : " does not close"));
            }
        }
        lines.addAll(RingText.lines(site.input(), site.plan()));
    }

    private void gun(GunDispatch gun, GunInput input) {
        lines.add("gun " + gun.connectorId() + (gun.homeSlotId() == 0 ? " without a slot" : " at slot " + gun.homeSlotId()) + " gets "
                + Units.kilowatts(gun.powerW()) + " of " + Units.kilowatts(gun.requestW()) + ": " + gun.why());
        add("request", Units.kilowatts(gun.requestW()) + " at " + Units.volts(input.voltageV()));
        add("gun", "power " + (input.maxPowerW() == 0 ? "0: paused" : "limit " + Units.kilowatts(input.maxPowerW())) + ", current limit "
                + (Double.isInfinite(input.maxCurrentA()) ? "unlimited" : Units.amperes(input.maxCurrentA()) + " = "
                + Units.kilowatts(input.maxCurrentA() * input.voltageV())));
        add("modules", modules(gun));
        add("ring", ring(gun));
        add("grid", grid(gun, input));
    }

    private void add(String name, String text) {
        lines.add(String.format(Locale.ROOT, "  %-8s %s", name, text));
    }

    private String modules(GunDispatch gun) {
        String has = gun.moduleIds().isEmpty() ? "none" : Units.list(gun.moduleIds()) + ", good for " + Units.kilowatts(gun.capacityW());
        long usable = site.run(gun.connectorId()).stream().flatMap(slot -> slot.modules().stream()).filter(site::usable).count();
        long all = site.run(gun.connectorId()).stream().mapToLong(slot -> slot.modules().size()).sum();
        return has + "; " + usable + " of " + all + " modules on its bus are usable, a gun may have "
                + site.input().settings().maxModulesPerGun() + ": " + Units.kilowatts(gun.reachableW()) + " within reach";
    }

    private String ring(GunDispatch gun) {
        List<SlotInput> run = site.run(gun.connectorId());
        StringBuilder text = new StringBuilder(gun.slotIds().isEmpty() ? "no island" : "island of slots " + Units.list(gun.slotIds()));
        if (run.size() == site.input().slots().size()) {
            return text.append(", the whole ring").toString();
        }
        Reach.end(site, gun.connectorId(), true).ifPresent(end -> text.append("; clockwise ").append(end.words()));
        Reach.end(site, gun.connectorId(), false).ifPresent(end -> text.append("; counter-clockwise ").append(end.words()));
        return text.toString();
    }

    private String grid(GunDispatch gun, GunInput input) {
        if (gun.limit() != Limit.GRID) {
            return Double.isInfinite(summary.gridLimitW()) ? "no limit" : Units.kilowatts(Math.max(0, summary.gridLimitW() - summary.totalPowerW()))
                    + " of " + Units.kilowatts(summary.gridLimitW()) + " left";
        }
        return Units.kilowatts(summary.gridLimitW()) + " are used up and shared by weight: " + Units.kilowatts(gun.powerW() / input.weight())
                + " for a weight of 1, and this gun has " + String.format(Locale.ROOT, "%.1f", input.weight()) + "; who needs less gets less";
    }
}
