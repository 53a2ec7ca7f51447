package dcocpp.planner.internal;

import dcocpp.api.planner.GunInput;

/**
 * What a gun is planned for: a rise of the vehicle's request counts at once, a fall after two seconds, so that a vehicle whose request
 * wavers does not make contactors waver. The gun's limits always count at once.
 */
final class DemandFilter {

    private static final double LOWER_AFTER_NANOS = 2e9;

    private final Memory memory;
    private final long nowNanos;

    DemandFilter(Memory memory, long nowNanos) {
        this.memory = memory;
        this.nowNanos = nowNanos;
    }

    long demandMicrowatts(GunInput gun) {
        double limitW = Math.min(gun.maxPowerW(), gun.maxCurrentA() * gun.voltageV());
        return Watts.toMicro(Math.min(requestW(gun), limitW));
    }

    private double requestW(GunInput gun) {
        String key = "request." + gun.connectorId();
        String sinceKey = "lowSince." + gun.connectorId();
        String peakKey = "lowPeak." + gun.connectorId();
        double request = gun.requestW();
        double held = memory.value(key);
        if (request < held) {
            double since = memory.value(sinceKey);
            double peak = Math.max(request, Double.isNaN(since) ? 0 : memory.value(peakKey));
            if (!(since <= nowNanos)) {
                since = nowNanos;
                peak = request;
            } else if (nowNanos - since >= LOWER_AFTER_NANOS) {
                held = peak;
                since = nowNanos;
                peak = request;
            }
            if (request < held) {
                memory.put(sinceKey, since);
                memory.put(peakKey, peak);
            }
        } else {
            held = request;
        }
        memory.put(key, held);
        return held;
    }
}
