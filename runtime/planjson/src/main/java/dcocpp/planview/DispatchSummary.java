package dcocpp.planview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/**
 * Who asked, who got, which modules, why not more: worked out from the input and the plan alone, whoever made the plan. Immutable.
 *
 * @param gridLimitW what all guns together may draw, W; infinite = not limited
 * @param totalPowerW what the plan gives all of them, W
 * @param guns every gun, in the order of the input
 */
public record DispatchSummary(double gridLimitW, double totalPowerW, List<GunDispatch> guns) {

    /** Powers that differ by less are the same: rounding. */
    private static final double SAME_W = 1;

    public DispatchSummary {
        guns = List.copyOf(guns);
    }

    /** The summary of a plan, and of the input that it answers. */
    public static DispatchSummary of(PlanningInput input, Plan plan) {
        Site site = new Site(input, plan);
        return new DispatchSummary(input.gridLimitW(), plan.totalPowerW(), input.guns().stream().map(gun -> gun(site, gun)).toList());
    }

    /** Those that take energy. */
    public List<GunDispatch> active() {
        return guns.stream().filter(GunDispatch::active).toList();
    }

    /** All of it on one line, for a log. */
    public String line() {
        String who = active().stream().map(gun -> "gun " + gun.connectorId() + " " + Units.kilowatts(gun.powerW()) + " of "
                + Units.kilowatts(gun.requestW()) + " from " + (gun.moduleIds().isEmpty() ? "no module" : String.join(" ", gun.moduleIds()))
                + (gun.slotIds().size() > 1 ? " in slots " + Units.list(gun.slotIds()) : "")
                + (gun.limit() == Limit.DEMAND ? "" : " (" + gun.why() + ")")).collect(Collectors.joining("; "));
        return (who.isEmpty() ? "no gun takes energy" : who) + "; together " + Units.kilowatts(totalPowerW) + " of "
                + Units.kilowatts(gridLimitW);
    }

    private static GunDispatch gun(Site site, GunInput gun) {
        Optional<Island> island = site.plan().island(gun.connectorId());
        List<String> modules = island.map(Island::moduleIds).orElse(List.of());
        double powerW = island.map(Island::powerW).orElse(0.0);
        List<SlotInput> run = site.run(gun.connectorId());
        Set<String> chosen = new LinkedHashSet<>(modules);
        double capacityW = run.stream().flatMap(slot -> slot.modules().stream()).filter(module -> chosen.contains(module.moduleId()))
                .mapToDouble(ModuleInput::capacityW).sum();
        double reachableW = run.stream().flatMap(slot -> slot.modules().stream()).filter(site::usable).map(ModuleInput::capacityW)
                .sorted(Comparator.reverseOrder()).limit(site.input().settings().maxModulesPerGun()).mapToDouble(Double::doubleValue).sum();
        Limit limit = limit(site, gun, powerW, modules.size(), reachableW);
        return new GunDispatch(gun.connectorId(), site.home(gun.connectorId()).map(SlotInput::slotId).orElse(0), gun.active(),
                gun.active() ? gun.requestW() : 0, gun.demandW(), powerW, modules, island.map(Island::slotIds).orElse(List.of()),
                capacityW, reachableW, limit, why(site, gun, limit, modules.size()));
    }

    private static Limit limit(Site site, GunInput gun, double powerW, int modules, double reachableW) {
        if (!gun.active()) {
            return Limit.IDLE;
        }
        if (powerW > gun.demandW() - SAME_W) {
            return gun.requestW() <= Math.min(gun.maxPowerW(), gun.maxCurrentA() * gun.voltageV()) ? Limit.DEMAND
                    : gun.maxPowerW() <= gun.maxCurrentA() * gun.voltageV() ? Limit.POWER_LIMIT : Limit.CURRENT_LIMIT;
        }
        boolean gridUsedUp = site.plan().totalPowerW() > site.input().gridLimitW() - SAME_W;
        if (powerW < reachableW - SAME_W || modules < site.input().settings().maxModulesPerGun() && couldGrow(site, gun.connectorId())) {
            return gridUsedUp ? Limit.GRID : Limit.PLANNER;
        }
        return modules == 0 ? Limit.NO_MODULES : Limit.MODULES;
    }

    private static boolean couldGrow(Site site, int connectorId) {
        return Reach.end(site, connectorId, true).filter(Reach.End::free).isPresent()
                || Reach.end(site, connectorId, false).filter(Reach.End::free).isPresent();
    }

    private static String why(Site site, GunInput gun, Limit limit, int modules) {
        switch (limit) {
            case POWER_LIMIT:
                return limit.words() + ", " + Units.kilowatts(gun.maxPowerW());
            case CURRENT_LIMIT:
                return limit.words() + ", " + Units.amperes(gun.maxCurrentA()) + " at " + Units.volts(gun.voltageV());
            case GRID:
                return limit.words() + ", " + Units.kilowatts(site.input().gridLimitW());
            case MODULES:
            case NO_MODULES:
                return modules >= site.input().settings().maxModulesPerGun()
                        ? "a gun may have " + site.input().settings().maxModulesPerGun() + " modules (maxModulesPerGun)"
                        : limit.words() + ends(site, gun.connectorId());
            default:
                return limit.words();
        }
    }

    private static String ends(Site site, int connectorId) {
        if (!site.input().settings().crossSlotIslands()) {
            return ": " + Reach.HOME_ONLY;
        }
        List<String> ends = new ArrayList<>();
        Reach.end(site, connectorId, true).ifPresent(end -> ends.add("clockwise " + end.words()));
        Reach.end(site, connectorId, false).ifPresent(end -> ends.add("counter-clockwise " + end.words()));
        return ends.isEmpty() ? ": it has the whole ring" : ": " + String.join(", ", ends);
    }
}
