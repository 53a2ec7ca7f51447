package dcocpp.api.planner;

/**
 * A gun.
 *
 * @param connectorId connector id
 * @param active a session may take energy now; an inactive gun gets nothing
 * @param requestW what the vehicle asks for, W
 * @param maxPowerW the least of all power limits (configuration, back office, vehicle, derating), W; 0 = pause
 * @param maxCurrentA the least of all current limits, A
 * @param voltageV the voltage it charges at, V; &gt; 0 when active
 * @param weight share in a shortage, 1 + priority, ≥ 0.1
 */
public record GunInput(int connectorId, boolean active, double requestW, double maxPowerW, double maxCurrentA, double voltageV,
        double weight) {

    public GunInput {
        if (!(requestW >= 0) || !(maxPowerW >= 0) || !(maxCurrentA >= 0) || !(weight >= 0.1) || active && !(voltageV > 0)) {
            throw new IllegalArgumentException("gun " + connectorId + ": request " + requestW + " W, limits " + maxPowerW + " W / "
                    + maxCurrentA + " A at " + voltageV + " V, weight " + weight);
        }
    }

    /** What this gun can take at most: the request within the power and the current limit, W. */
    public double demandW() {
        return active ? Math.min(requestW, Math.min(maxPowerW, maxCurrentA * voltageV)) : 0;
    }
}
