package dcocpp.planner.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.planner.ContactorInput;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.planner.PlanningInput;

/** The modules' part of {@link BruteForce}: tries all sets of modules. */
final class BruteForceModules {

    private static final double EPSILON_W = 1e-3;
    private static final long REST_NANOS = 30_000_000_000L;

    private final PlanningInput input;
    private final Map<String, ContactorInput> contactors = new HashMap<>();
    private final List<ModuleInput> ranking;
    private final Map<String, Integer> rankOf = new HashMap<>();
    private final Map<Integer, List<Integer>> before = new HashMap<>();
    private final Map<List<Object>, List<Integer>> known = new HashMap<>();

    BruteForceModules(PlanningInput input) {
        this.input = input;
        input.contactors().forEach(contactor -> contactors.put(contactor.contactorId(), contactor));
        ranking = input.slots().stream().flatMap(slot -> slot.modules().stream())
                .sorted(Comparator.comparing(this::isTired).thenComparingDouble(ModuleInput::hours).thenComparingLong(ModuleInput::cycles)
                        .thenComparingDouble(ModuleInput::temperatureC).thenComparing(ModuleInput::moduleId))
                .toList();
        for (int rank = 0; rank < ranking.size(); rank++) {
            rankOf.put(ranking.get(rank).moduleId(), rank);
        }
    }

    /** It went off less than half a minute ago. */
    private boolean isTired(ModuleInput module) {
        ContactorInput mn = contactors.get(module.contactor());
        return mn.position() == Position.OPEN && !mn.welded() && input.nowNanos() - mn.sinceNanos() < REST_NANOS;
    }

    boolean isUsable(ModuleInput module) {
        return module.usable() && module.capacityW() > 0 && !contactors.get(module.contactor()).stuckOpen();
    }

    int rank(String moduleId) {
        return rankOf.get(moduleId);
    }

    private List<Integer> before(int gun) {
        return before.computeIfAbsent(gun, id -> input.current().island(id).map(Island::moduleIds).orElse(List.of()).stream()
                .filter(rankOf::containsKey).map(this::rank).filter(rank -> isUsable(ranking.get(rank))).toList());
    }

    /** Operations from the modules that feed a gun to these, those under load ten times. */
    int switched(int gun, List<Integer> modules) {
        List<Integer> on = before(gun);
        double power = input.current().island(gun).map(Island::powerW).orElse(0.0);
        int kept = (int) modules.stream().filter(on::contains).count();
        return modules.size() - kept + (on.size() - kept) * (power > 0 ? 10 : 1);
    }

    /** The ranks of the modules for this power: the least switching, then the fewest, then the best ranks. */
    List<Integer> feeding(GunInput gun, List<ModuleInput> island, double powerW) {
        return known.computeIfAbsent(List.of(gun.connectorId(), island, powerW), key -> search(gun, island, powerW));
    }

    private List<Integer> search(GunInput gun, List<ModuleInput> island, double powerW) {
        List<Integer> best = null;
        int leastSwitched = Integer.MAX_VALUE;
        int least = Math.min(input.settings().minModulesPerActiveGun(), island.size());
        for (int set = 0; set < 1 << island.size(); set++) {
            int count = Integer.bitCount(set);
            if (count >= least && count <= input.settings().maxModulesPerGun() && capacity(island, set) >= powerW - EPSILON_W) {
                List<Integer> ranks = ranks(island, set);
                int switched = switched(gun.connectorId(), ranks);
                if (best == null || switched < leastSwitched || switched == leastSwitched
                        && (count < best.size() || count == best.size() && better(ranks, best))) {
                    best = ranks;
                    leastSwitched = switched;
                }
            }
        }
        return best;
    }

    private static double capacity(List<ModuleInput> island, int set) {
        double capacity = 0;
        for (int i = 0; i < island.size(); i++) {
            capacity += (set >> i & 1) == 1 ? island.get(i).capacityW() : 0;
        }
        return capacity;
    }

    private List<Integer> ranks(List<ModuleInput> island, int set) {
        List<Integer> ranks = new ArrayList<>();
        for (int i = 0; i < island.size(); i++) {
            if ((set >> i & 1) == 1) {
                ranks.add(rank(island.get(i).moduleId()));
            }
        }
        ranks.sort(null);
        return ranks;
    }

    /** Whether the first of two ascending lists of as many ranks has the better ones. */
    static boolean better(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).equals(b.get(i))) {
                return a.get(i) < b.get(i);
            }
        }
        return false;
    }
}
