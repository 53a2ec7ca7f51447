package dcocpp.controller.internal.power;

import java.util.LinkedHashMap;
import java.util.Map;

import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;

/**
 * What each gun may take in this tick: the plan in force, scaled down to the limits of this moment, never up. An increase waits until the
 * decreases that make room for it are seen in the measured power. Stateless.
 */
public final class PowerShares {

    private PowerShares() {
    }

    /**
     * A gun in this tick.
     *
     * @param limitW its limit of this moment, W
     * @param actualW measured power, W
     * @param commandedW power of the set point in force, W
     */
    public record Gun(double limitW, double actualW, double commandedW) {

        double drawnW() {
            return Math.max(actualW, commandedW);
        }
    }

    /** W per connector id; connectors that the plan leaves out have none. */
    public static Map<Integer, Double> of(Plan plan, double gridLimitW, Map<Integer, Gun> guns) {
        Map<Integer, Double> wanted = new LinkedHashMap<>();
        double sum = 0;
        for (Island island : plan.islands()) {
            Gun gun = guns.get(island.connectorId());
            double power = gun == null ? 0 : Math.min(island.powerW(), gun.limitW());
            wanted.put(island.connectorId(), power);
            sum += power;
        }
        double scale = sum > gridLimitW ? gridLimitW / sum : 1;
        double drawn = guns.values().stream().mapToDouble(Gun::drawnW).sum();
        double room = Math.max(0, gridLimitW - drawn);
        Map<Integer, Double> shares = new LinkedHashMap<>();
        for (Map.Entry<Integer, Double> entry : wanted.entrySet()) {
            Gun gun = guns.get(entry.getKey());
            double target = entry.getValue() * scale;
            double have = gun == null ? 0 : gun.drawnW();
            double more = Math.max(0, Math.min(target - have, room));
            room -= more;
            shares.put(entry.getKey(), target <= have ? target : have + more);
        }
        return shares;
    }
}
