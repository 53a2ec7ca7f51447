package dcocpp.planner.internal;

import java.util.List;

import dcocpp.api.planner.Island;

/** The partition in force, cut down to what is still allowed. */
final class InForce {

    private final Site site;
    private final Partition partition;
    private final boolean disturbed;

    InForce(Site site) {
        this.site = site;
        int count = site.claimants().length;
        partition = new Partition(new int[count], new int[count]);
        boolean changed = false;
        for (int gun = 0; gun < count; gun++) {
            take(gun);
        }
        for (Gap gap : site.gaps()) {
            int room = gap.length() - partition.right()[gap.ccw()];
            Claimant cw = site.claimants()[gap.cw()];
            partition.left()[gap.cw()] = Claimant.fit(cw.leftSteps(), Math.min(partition.left()[gap.cw()], room));
        }
        for (int gun = 0; gun < count; gun++) {
            changed |= changed(gun);
        }
        disturbed = changed;
    }

    private void take(int gun) {
        Claimant claimant = site.claimants()[gun];
        if (claimant.inForce() != null) {
            List<Integer> slots = claimant.inForce().slotIds();
            int home = homeIn(slots, claimant);
            int left = 0;
            while (home >= 0 && left < home && slots.get(home - left - 1) == slotId(claimant.home() - left - 1)) {
                left++;
            }
            int right = 0;
            while (home >= 0 && home + right + 1 < slots.size()
                    && slots.get(home + right + 1) == slotId(claimant.home() + right + 1)) {
                right++;
            }
            partition.left()[gun] = Claimant.fit(claimant.leftSteps(), Math.max(0, left - claimant.lentLeft()));
            partition.right()[gun] = Claimant.fit(claimant.rightSteps(), Math.max(0, right - claimant.lentRight()));
        }
    }

    private int homeIn(List<Integer> slots, Claimant claimant) {
        return slots.indexOf(slotId(claimant.home()));
    }

    private int slotId(int index) {
        return site.ring().slot(site.ring().at(index)).slotId();
    }

    private boolean changed(int gun) {
        Claimant claimant = site.claimants()[gun];
        Island island = claimant.inForce();
        if (island == null) {
            return true;
        }
        int left = claimant.lentLeft() + partition.left()[gun];
        int right = claimant.lentRight() + partition.right()[gun];
        return island.slotIds().size() != left + 1 + right || homeIn(island.slotIds(), claimant) != left
                || claimant.onCount() != island.moduleIds().size();
    }

    Partition partition() {
        return partition;
    }

    /** A gun is new, has lost a slot or a module: no reason to wait with a better partition. */
    boolean disturbed() {
        return disturbed;
    }
}
