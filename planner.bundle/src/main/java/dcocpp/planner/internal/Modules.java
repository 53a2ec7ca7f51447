package dcocpp.planner.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dcocpp.api.planner.ModuleInput;

/**
 * The usable modules of the ring, numbered by preference: rested ones first, then the fewest operating hours, the fewest operations, the
 * coolest, the lowest id. So the number of a module is its rank.
 */
final class Modules {

    /** A module that went off rests so long if another one can do its work, and stays on so long once it is on, ms. */
    static final long MIN_ON_OFF_MS = 30_000;

    private final String[] ids;
    private final Map<String, Integer> ranks;
    private final long[] capacity;
    private final double[] hours;
    private final boolean[] settled;
    private final int[][] bySlot;

    private record Candidate(int slot, ModuleInput module, boolean tired, boolean settled) {
    }

    Modules(Ring ring, Contactors contactors, long holdMs) {
        List<Candidate> candidates = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int slot = 0; slot < ring.size(); slot++) {
            for (ModuleInput module : ring.slot(slot).modules()) {
                String mn = module.contactor();
                if (seen.add(module.moduleId()) && module.usable() && Watts.toMicro(module.capacityW()) > 0 && !contactors.stuckOpen(mn)) {
                    boolean tired = contactors.open(mn) && contactors.changedWithin(mn, MIN_ON_OFF_MS);
                    boolean settled = !contactors.welded(mn) && !contactors.changedWithin(mn, Math.max(MIN_ON_OFF_MS, holdMs));
                    candidates.add(new Candidate(slot, module, tired, settled));
                }
            }
        }
        candidates.sort(Comparator.comparing(Candidate::tired)
                .thenComparingDouble(candidate -> candidate.module().hours())
                .thenComparingLong(candidate -> candidate.module().cycles())
                .thenComparingDouble(candidate -> candidate.module().temperatureC())
                .thenComparing(candidate -> candidate.module().moduleId()));
        int count = candidates.size();
        ids = new String[count];
        ranks = new HashMap<>(2 * count);
        capacity = new long[count];
        hours = new double[count];
        settled = new boolean[count];
        int[] perSlot = new int[ring.size()];
        for (int rank = 0; rank < count; rank++) {
            Candidate candidate = candidates.get(rank);
            ids[rank] = candidate.module().moduleId();
            ranks.put(ids[rank], rank);
            capacity[rank] = Watts.toMicro(candidate.module().capacityW());
            hours[rank] = candidate.module().hours();
            settled[rank] = candidate.settled();
            perSlot[candidate.slot()]++;
        }
        bySlot = new int[ring.size()][];
        for (int slot = 0; slot < ring.size(); slot++) {
            bySlot[slot] = new int[perSlot[slot]];
        }
        for (int rank = count - 1; rank >= 0; rank--) {
            int slot = candidates.get(rank).slot();
            bySlot[slot][--perSlot[slot]] = rank;
        }
    }

    int count() {
        return ids.length;
    }

    /** -1 = not usable, or not of this ring. */
    int rank(String id) {
        return ranks.getOrDefault(id, -1);
    }

    String id(int rank) {
        return ids[rank];
    }

    long capacity(int rank) {
        return capacity[rank];
    }

    /** Its operating hours. */
    double hours(int rank) {
        return hours[rank];
    }

    /** Its contactor is as it is for so long that it may be switched, and it can be. */
    boolean settled(int rank) {
        return settled[rank];
    }

    /** Ranks of the modules of a slot, best first. */
    int[] ofSlot(int slot) {
        return bySlot[slot];
    }
}
