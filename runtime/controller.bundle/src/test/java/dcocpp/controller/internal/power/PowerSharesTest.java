package dcocpp.controller.internal.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;

class PowerSharesTest {

    private static Plan plan(double... powersW) {
        List<Island> islands = new ArrayList<>();
        for (int i = 0; i < powersW.length; i++) {
            islands.add(new Island(i + 1, List.of(i + 1), List.of(), powersW[i], 0, 800, Island.Reason.DEMAND));
        }
        return new Plan(islands, Set.of(), PlannerMemory.NONE);
    }

    private static PowerShares.Gun gun(double limitW, double actualW, double commandedW) {
        return new PowerShares.Gun(limitW, actualW, commandedW);
    }

    @Test
    void thePlanIsScaledDownToTheSitesLimit() {
        assertEquals(Map.of(1, 30_000.0, 2, 60_000.0),
                PowerShares.of(plan(60_000, 120_000), 90_000, Map.of(1, gun(1e6, 60_000, 60_000), 2, gun(1e6, 120_000, 120_000))));
    }

    @Test
    void aPlanIsNeverScaledUp() {
        assertEquals(Map.of(1, 10_000.0), PowerShares.of(plan(10_000), 500_000, Map.of(1, gun(1e6, 0, 0))));
    }

    @Test
    void aGunsLimitOfThisMomentCounts() {
        assertEquals(Map.of(1, 0.0), PowerShares.of(plan(50_000), 500_000, Map.of(1, gun(0, 50_000, 50_000))));
    }

    @Test
    void anIncreaseWaitsUntilTheDecreaseThatMakesRoomIsMeasured() {
        Map<Integer, PowerShares.Gun> guns = new LinkedHashMap<>(Map.of(1, gun(1e6, 90_000, 90_000), 2, gun(1e6, 0, 0)));
        assertEquals(Map.of(1, 45_000.0, 2, 10_000.0), PowerShares.of(plan(45_000, 45_000), 100_000, guns));
        guns.put(1, gun(1e6, 45_000, 45_000));
        assertEquals(Map.of(1, 45_000.0, 2, 45_000.0), PowerShares.of(plan(45_000, 45_000), 100_000, guns));
    }

    @Test
    void whateverHappensTheSumOfWhatFlowsAndWhatIsToldStaysWithinTheLimit() {
        Random random = new Random(7);
        for (int run = 0; run < 2_000; run++) {
            double limit = 20_000 + random.nextInt(200_000);
            Map<Integer, PowerShares.Gun> guns = new LinkedHashMap<>();
            double[] powers = new double[4];
            double budget = limit;
            for (int i = 0; i < powers.length; i++) {
                powers[i] = random.nextInt(90_000);
                double now = Math.min(budget, random.nextInt(60_000));
                budget -= now;
                guns.put(i + 1, gun(random.nextInt(100_000), now * random.nextDouble(), now));
            }
            Map<Integer, Double> shares = PowerShares.of(plan(powers), limit, guns);
            double worst = 0;
            for (var gun : guns.entrySet()) {
                worst += Math.max(gun.getValue().drawnW(), shares.get(gun.getKey()));
            }
            assertTrue(worst <= limit + 0.001, worst + " W of " + limit + " W");
        }
    }
}
