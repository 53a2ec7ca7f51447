package dcocpp.planner.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;

/**
 * The optimum by trying all 2^N positions of the bus contactors and, per gun, all sets of modules. Works on the electrical picture alone
 * (what is on one bus), knows nothing of runs and gaps, finds the common level by bisection and shares no code with the planner. First it
 * finds the settings with the best power, then among them the one that is best by the further rules.
 */
final class BruteForce {

    private static final double EPSILON_W = 1e-3;

    /** What a setting of the bus contactors is worth. */
    record Score(int served, double[] levels, double sumW, int operations, int modules, List<Integer> ranks) {
    }

    private final PlanningInput input;
    private final List<SlotInput> slots;
    private final int n;
    private final Map<String, ContactorInput> contactors = new HashMap<>();
    private final Map<Integer, GunInput> gunAt = new HashMap<>();
    private final BruteForceModules modules;
    private final boolean allRules;
    private final boolean[] free;
    private final boolean[] exists;
    private final boolean[] welded;
    private final boolean[] stuck;
    /** The setting that closes the welded contactors only. */
    private int weldsOnly;
    private final List<Integer> homes = new ArrayList<>();
    private final List<int[]> tiedTo = new ArrayList<>();
    private final Map<List<Integer>, List<ModuleInput>> byCapacity = new HashMap<>();
    private boolean powerOnly;

    /** @param allRules count operations and modules too, not only power */
    BruteForce(PlanningInput input, boolean allRules) {
        this.input = input;
        this.allRules = allRules;
        slots = input.slots();
        n = slots.size();
        input.contactors().forEach(contactor -> contactors.put(contactor.contactorId(), contactor));
        for (int i = 0; i < n; i++) {
            int id = slots.get(i).connectorId();
            int slot = i;
            input.guns().stream().filter(gun -> gun.active() && gun.connectorId() == id).findFirst()
                    .ifPresent(gun -> gunAt.put(slot, gun));
        }
        free = new boolean[n];
        for (int i = 0; i < n; i++) {
            free[i] = isFree(i);
        }
        modules = new BruteForceModules(input);
        exists = new boolean[n];
        welded = new boolean[n];
        stuck = new boolean[n];
        for (int edge = 0; edge < n; edge++) {
            exists[edge] = n > 1 && slots.get(edge).clockwiseSlotId() == slots.get((edge + 1) % n).slotId();
            welded[edge] = exists[edge] && mc(edge).welded();
            stuck[edge] = mc(edge).stuckOpen() && !mc(edge).welded();
            weldsOnly |= welded[edge] ? 1 << edge : 0;
        }
        for (int home : gunAt.keySet()) {
            if (mayCharge(home)) {
                homes.add(home);
                tiedTo.add(distances(home, weldsOnly, false));
            }
        }
    }

    Score best() {
        powerOnly = true;
        Score most = null;
        List<Integer> settings = new ArrayList<>();
        for (int setting = 0; setting < 1 << n; setting++) {
            Score score = score(setting);
            int order = score == null ? -1 : most == null ? 1 : compare(score, most);
            if (order > 0) {
                most = score;
                settings.clear();
            }
            if (order >= 0) {
                settings.add(setting);
            }
        }
        powerOnly = !allRules;
        Score best = null;
        for (int setting : settings) {
            Score score = score(setting);
            best = score != null && (best == null || compare(score, best) > 0) ? score : best;
        }
        return best;
    }

    private int compare(Score a, Score b) {
        if (a.served != b.served) {
            return a.served - b.served;
        }
        for (int i = 0; i < a.levels.length; i++) {
            if (Math.abs(a.levels[i] - b.levels[i]) > EPSILON_W) {
                return Double.compare(a.levels[i], b.levels[i]);
            }
        }
        if (Math.abs(a.sumW - b.sumW) > EPSILON_W) {
            return Double.compare(a.sumW, b.sumW);
        }
        if (a.operations != b.operations) {
            return b.operations - a.operations;
        }
        if (a.modules != b.modules) {
            return b.modules - a.modules;
        }
        return a.ranks.equals(b.ranks) ? 0 : BruteForceModules.better(a.ranks, b.ranks) ? 1 : -1;
    }

    private ContactorInput mc(int edge) {
        return contactors.get(slots.get(edge).busContactor());
    }

    private boolean isFree(int slot) {
        SlotInput input = slots.get(slot);
        return input.lendable() && !gunAt.containsKey(slot) && gcOpen(slot)
                && input.modules().stream().noneMatch(module -> contactors.get(module.contactor()).welded());
    }

    private boolean gcOpen(int slot) {
        ContactorInput gc = contactors.get(slots.get(slot).gunContactor());
        return gc.position() == Position.OPEN && !gc.welded();
    }

    /** How many closed edges of this setting lie between slot a and each other slot; -1 = not on its bus. */
    private int[] distances(int a, int setting, boolean throughFreeOnly) {
        int[] distance = new int[n];
        Arrays.fill(distance, -1);
        distance[a] = 0;
        boolean grows = true;
        for (int round = 1; grows; round++) {
            grows = false;
            for (int edge = 0; edge < n; edge++) {
                if ((setting >> edge & 1) == 1) {
                    int to = (edge + 1) % n;
                    if (distance[edge] == round - 1 && distance[to] < 0 && (!throughFreeOnly || free[to])) {
                        distance[to] = round;
                        grows = true;
                    } else if (distance[to] == round - 1 && distance[edge] < 0 && (!throughFreeOnly || free[edge])) {
                        distance[edge] = round;
                        grows = true;
                    }
                }
            }
        }
        return distance;
    }

    private Score score(int setting) {
        for (int edge = 0; edge < n; edge++) {
            boolean closed = (setting >> edge & 1) == 1;
            if (closed && (!exists[edge] || stuck[edge]) || !closed && welded[edge]) {
                return null;
            }
        }
        if (setting != (1 << n) - 1 || setting == weldsOnly) {
            return score(setting, setting == weldsOnly ? setting & ~cutOfWelds(setting) : setting);
        }
        // All around: an island reaches both ways up to some contactor that could be opened.
        Score best = null;
        for (int cut = 0; cut < n; cut++) {
            Score score = (weldsOnly >> cut & 1) == 0 ? score(setting, setting & ~(1 << cut)) : null;
            if (score != null && (best == null || compare(score, best) > 0)) {
                best = score;
            }
        }
        return best;
    }

    /** In a ring that is welded all around an island reaches counter-clockwise only. */
    private int cutOfWelds(int setting) {
        int home = gunAt.keySet().stream().filter(slot -> mayCharge(slot)).findFirst().orElse(0);
        return setting == (1 << n) - 1 ? 1 << home : 0;
    }

    private Score score(int setting, int reach) {
        int[] owner = new int[n];
        Arrays.fill(owner, -1);
        List<List<Integer>> usable = new ArrayList<>();
        for (int gun = 0; gun < homes.size(); gun++) {
            int home = homes.get(gun);
            List<Integer> island = new ArrayList<>(List.of(home));
            int[] onBus = distances(home, setting, false);
            int[] reachable = distances(home, reach, true);
            for (int slot = 0; slot < n; slot++) {
                if (slot != home && onBus[slot] >= 0) {
                    boolean lent = input.settings().crossSlotIslands() && reachable[slot] >= 0
                            && reachable[slot] <= input.settings().maxIslandRadius();
                    boolean tied = tiedTo.get(gun)[slot] >= 0;
                    if (!lent && !tied || owner[slot] >= 0) {
                        return null;
                    }
                    if (lent) {
                        island.add(slot);
                    }
                    owner[slot] = home;
                }
            }
            owner[home] = home;
            usable.add(island);
        }
        return value(usable, setting, owner);
    }

    /** Of the guns that welds join only the first may charge, and only when all others are off the bus. */
    private boolean mayCharge(int home) {
        GunInput gun = gunAt.get(home);
        int[] tied = distances(home, weldsOnly, false);
        for (int slot = 0; slot < n; slot++) {
            if (slot != home && tied[slot] >= 0) {
                GunInput rival = gunAt.get(slot);
                boolean first = rival == null || gun.weight() > rival.weight()
                        || gun.weight() == rival.weight() && gun.connectorId() < rival.connectorId();
                if (!first || !gcOpen(slot)) {
                    return false;
                }
            }
        }
        return true;
    }

    private Score value(List<List<Integer>> usable, int setting, int[] owner) {
        int operations = 0;
        for (int edge = 0; edge < n && !powerOnly; edge++) {
            boolean closed = (setting >> edge & 1) == 1;
            int next = (edge + 1) % n;
            boolean now = exists[edge] && (mc(edge).position() == Position.CLOSED || mc(edge).welded());
            if (owner[edge] < 0 && owner[next] < 0 && closed != (now && (mc(edge).welded() || free[edge] && free[next] || stopping(edge)))) {
                return null;
            }
            operations += closed != now ? cost(edge) : 0;
        }
        double[] caps = new double[homes.size()];
        List<List<ModuleInput>> islands = new ArrayList<>();
        int served = 0;
        for (int i = 0; i < homes.size(); i++) {
            List<ModuleInput> island = byCapacity.computeIfAbsent(usable.get(i), this::modulesByCapacity);
            islands.add(island);
            served += island.isEmpty() ? 0 : 1;
            caps[i] = Math.min(gunAt.get(homes.get(i)).demandW(),
                    island.stream().limit(input.settings().maxModulesPerGun()).mapToDouble(ModuleInput::capacityW).sum());
        }
        double[] power = share(caps);
        double[] levels = new double[power.length];
        List<Integer> ranks = new ArrayList<>();
        for (int i = 0; i < power.length; i++) {
            levels[i] = power[i] / gunAt.get(homes.get(i)).weight();
            if (!powerOnly) {
                List<Integer> feeding = modules.feeding(gunAt.get(homes.get(i)), islands.get(i), power[i]);
                ranks.addAll(feeding);
                operations += modules.switched(gunAt.get(homes.get(i)).connectorId(), feeding);
            }
        }
        Arrays.sort(levels);
        ranks.sort(null);
        return new Score(served, levels, Arrays.stream(power).sum(), operations, ranks.size(), ranks);
    }

    private List<ModuleInput> modulesByCapacity(List<Integer> island) {
        return island.stream().flatMap(slot -> slots.get(slot).modules().stream()).filter(modules::isUsable)
                .sorted(Comparator.comparingDouble(ModuleInput::capacityW).reversed()).toList();
    }

    /** The common level by bisection. */
    private double[] share(double[] caps) {
        double[] weights = homes.stream().mapToDouble(home -> gunAt.get(home).weight()).toArray();
        double low = 0;
        double high = 1e9;
        for (int i = 0; i < 60; i++) {
            double level = (low + high) / 2;
            double sum = 0;
            for (int gun = 0; gun < caps.length; gun++) {
                sum += Math.min(caps[gun], level * weights[gun]);
            }
            if (sum <= input.gridLimitW()) {
                low = level;
            } else {
                high = level;
            }
        }
        double[] power = new double[caps.length];
        for (int gun = 0; gun < caps.length; gun++) {
            power[gun] = Math.min(caps[gun], low * weights[gun]);
        }
        return power;
    }

    /** The edge is on the bus of a single gun whose contactor is yet to open, and of free slots. */
    private boolean stopping(int edge) {
        int now = 0;
        for (int i = 0; i < n; i++) {
            now |= exists[i] && mc(i).position() == Position.CLOSED ? 1 << i : 0;
        }
        int[] bus = distances(edge, now, false);
        int guns = 0;
        for (int i = 0; i < n; i++) {
            ContactorInput gc = contactors.get(slots.get(i).gunContactor());
            if (bus[i] >= 0 && !free[i]) {
                guns += gunAt.containsKey(i) || gc.welded() || gc.position() != Position.CLOSED ? n : 1;
            }
        }
        int next = (edge + 1) % n;
        return guns == 1 && (free[edge] || free[next]);
    }

    /** An operation under load counts ten times. */
    private int cost(int edge) {
        int from = slots.get(edge).slotId();
        int to = slots.get((edge + 1) % n).slotId();
        return mc(edge).position() != Position.OPEN && input.current().islands().stream()
                .anyMatch(island -> island.powerW() > 0 && island.slotIds().contains(from) && island.slotIds().contains(to)) ? 10 : 1;
    }

    /** The score of a plan, by what it says itself. */
    Score of(Plan plan) {
        int served = 0;
        List<Double> levels = new ArrayList<>();
        List<Integer> ranks = new ArrayList<>();
        for (Island island : plan.islands()) {
            GunInput gun = input.guns().stream().filter(each -> each.connectorId() == island.connectorId()).findFirst().orElseThrow();
            served += island.moduleIds().isEmpty() ? 0 : 1;
            levels.add(island.powerW() / gun.weight());
            island.moduleIds().forEach(module -> ranks.add(modules.rank(module)));
        }
        int operations = 0;
        for (Island island : plan.islands()) {
            operations += modules.switched(island.connectorId(), island.moduleIds().stream().map(modules::rank).toList());
        }
        for (int edge = 0; edge < n; edge++) {
            boolean now = exists[edge] && (mc(edge).position() == Position.CLOSED || mc(edge).welded());
            operations += plan.closedBusContactors().contains(slots.get(edge).busContactor()) != now ? cost(edge) : 0;
        }
        ranks.sort(null);
        return new Score(served, levels.stream().mapToDouble(Double::doubleValue).sorted().toArray(), plan.totalPowerW(),
                allRules ? operations : 0, allRules ? ranks.size() : 0, allRules ? ranks : List.of());
    }
}
