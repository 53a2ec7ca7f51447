package dcocpp.planner.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.PlannerSettings;
import dcocpp.api.planner.PlanningInput;

/** The problem to solve: the ring, the guns that claim a part of it in clockwise order, the gaps between them, and the site's limit. */
final class Site {

    private final Ring ring;
    private final Modules modules;
    private final PlannerSettings settings;
    private final long grid;
    private final Claimant[] claimants;
    private final Gap[] gaps;
    private final WaterFilling water;
    private final boolean equalWeights;

    Site(PlanningInput input, Contactors contactors, DemandFilter filter) {
        settings = input.settings();
        grid = Watts.toMicro(input.gridLimitW());
        ring = new Ring(input, contactors);
        modules = new Modules(ring, contactors, settings.minModuleHoldMs());
        Map<Integer, Island> islands = new HashMap<>();
        input.current().islands().forEach(island -> islands.putIfAbsent(island.connectorId(), island));
        claimants = claimants(input, islands.keySet(), contactors, filter);
        gaps = new Gap[claimants.length];
        int[] lengths = new int[claimants.length];
        for (int i = 0; i < claimants.length; i++) {
            Claimant here = claimants[i];
            Claimant next = claimants[(i + 1) % claimants.length];
            lengths[i] = i == (i + 1) % claimants.length
                    ? ring.size() - here.baseSize()
                    : ring.at(next.home() - next.baseLeft() - here.home() - here.baseRight() - 1);
        }
        for (int i = 0; i < claimants.length; i++) {
            int before = lengths[(i + claimants.length - 1) % claimants.length];
            claimants[i].mayExtend(steps(claimants[i], -1, before), steps(claimants[i], 1, lengths[i]));
            claimants[i].inForce(islands.get(claimants[i].id()), modules);
        }
        for (int i = 0; i < claimants.length; i++) {
            int most = claimants.length == 1 ? lengths[0] : ring.size();
            claimants[i].supply(new Supply(ring, modules, claimants[i], settings.maxModulesPerGun(), most));
            gaps[i] = new Gap(ring, claimants, i, (i + 1) % claimants.length, lengths[i]);
        }
        water = new WaterFilling(claimants, grid);
        boolean equal = true;
        for (Claimant claimant : claimants) {
            equal &= claimant.weight() == claimants[0].weight();
        }
        equalWeights = equal;
    }

    private Claimant[] claimants(PlanningInput input, Set<Integer> served, Contactors contactors, DemandFilter filter) {
        Map<Integer, Integer> homes = new HashMap<>();
        for (int i = ring.size() - 1; i >= 0; i--) {
            homes.put(ring.slot(i).connectorId(), i);
        }
        Map<Integer, GunInput> atHome = new HashMap<>();
        for (GunInput gun : input.guns()) {
            Integer home = homes.get(gun.connectorId());
            if (gun.active() && gun.connectorId() != 0 && home != null) {
                atHome.putIfAbsent(home, gun);
            }
        }
        List<Claimant> found = new ArrayList<>();
        for (int home = 0; home < ring.size(); home++) {
            GunInput gun = atHome.get(home);
            if (gun != null) {
                int left = welded(home, -1, ring.size() - 1);
                int right = welded(home, 1, ring.size() - 1 - left);
                if (mayHaveBase(gun, home, left, right, atHome, served, contactors)) {
                    found.add(new Claimant(gun, filter.demandMicrowatts(gun), settings.minModulesPerActiveGun(), home, left, right,
                            lent(home, -1, left), lent(home, 1, right)));
                }
            }
        }
        return found.toArray(new Claimant[0]);
    }

    /** How many slots welded bus contactors tie to this one on one side. */
    private int welded(int slot, int direction, int most) {
        int count = 0;
        while (count < most && ring.welded(ring.at(direction > 0 ? slot + count : slot - count - 1))) {
            count++;
        }
        return count;
    }

    /** How many of the slots that are tied to this one on one side may be lent. */
    private int lent(int home, int direction, int tied) {
        int most = settings.crossSlotIslands() ? Math.min(tied, settings.maxIslandRadius()) : 0;
        int count = 0;
        while (count < most && ring.free(ring.at(home + direction * (count + 1)))) {
            count++;
        }
        return count;
    }

    /** A bus that cannot be cut serves one gun: the one with the higher priority, and only while all others are known to be off it. */
    private boolean mayHaveBase(GunInput gun, int home, int left, int right, Map<Integer, GunInput> atHome, Set<Integer> served,
            Contactors contactors) {
        Comparator<GunInput> first = Comparator.comparingDouble(GunInput::weight).reversed()
                .thenComparing(other -> !served.contains(other.connectorId()))
                .thenComparingInt(GunInput::connectorId);
        for (int i = home - left; i <= home + right; i++) {
            int slot = ring.at(i);
            GunInput rival = atHome.get(slot);
            boolean other = slot != home;
            if (other && rival != null && first.compare(rival, gun) < 0) {
                return false;
            }
            if (other && ring.slot(slot).connectorId() != 0 && !contactors.open(ring.slot(slot).gunContactor())) {
                return false;
            }
        }
        return true;
    }

    /** How far the island of a gun may reach beyond its base: whole runs of welded slots, all of them free, within the radius. */
    private boolean[] steps(Claimant claimant, int direction, int length) {
        int base = direction > 0 ? claimant.baseRight() : claimant.baseLeft();
        boolean[] steps = new boolean[length + 1];
        steps[0] = true;
        int reach = 0;
        boolean beyond = settings.crossSlotIslands() && base == (direction > 0 ? claimant.lentRight() : claimant.lentLeft());
        while (beyond && reach < length) {
            int from = claimant.home() + direction * (base + reach);
            if (!ring.joinable(ring.at(direction > 0 ? from : from - 1))) {
                break;
            }
            int to = reach + 1 + welded(ring.at(from + direction), direction, length - reach - 1);
            boolean lendable = base + to <= settings.maxIslandRadius();
            for (int i = reach + 1; i <= to && lendable; i++) {
                lendable = ring.free(ring.at(claimant.home() + direction * (base + i)));
            }
            if (!lendable) {
                break;
            }
            reach = to;
            steps[reach] = true;
        }
        return Arrays.copyOf(steps, reach + 1);
    }

    Ring ring() {
        return ring;
    }

    Modules modules() {
        return modules;
    }

    PlannerSettings settings() {
        return settings;
    }

    /** What all guns together may have, µW. */
    long grid() {
        return grid;
    }

    /** Shares that limit out. */
    WaterFilling water() {
        return water;
    }

    boolean equalWeights() {
        return equalWeights;
    }

    /** The guns in clockwise order. */
    Claimant[] claimants() {
        return claimants;
    }

    /** The gap behind each gun, clockwise. */
    Gap[] gaps() {
        return gaps;
    }
}
