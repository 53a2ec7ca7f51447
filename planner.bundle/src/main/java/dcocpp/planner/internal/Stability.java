package dcocpp.planner.internal;

import dcocpp.api.planner.PlannerSettings;

/**
 * Decides whether the partition in force goes on. It gives way at once when something has happened to it or when another one serves
 * more guns; otherwise only to one that gains enough, for long enough, and does not touch what was touched a short while ago.
 */
final class Stability {

    private static final String GAIN = "gain";
    /** A gain of the site as a whole must be this many times that of one gun. */
    private static final double TOTAL_FACTOR = 4;

    private final Site site;
    private final Memory memory;
    private final PlannerSettings settings;
    private final boolean[] resting;

    Stability(Site site, Memory memory) {
        this.site = site;
        this.memory = memory;
        settings = site.settings();
        resting = new boolean[site.claimants().length];
        for (int gun = 0; gun < resting.length; gun++) {
            resting[gun] = memory.keep(mark(gun), settings.repartitionMinIntervalMs());
        }
    }

    private String mark(int gun) {
        return "moved." + site.claimants()[gun].id();
    }

    Partition decide(InForce inForce, ChainSearch search) {
        Partition old = inForce.partition();
        Value value = site.water().value(old);
        if (!inForce.disturbed() && value.compareTo(search.bound()) >= 0) {
            // Nothing can be better.
            return old;
        }
        Value best = search.bestValue();
        Partition decided = old;
        if (inForce.disturbed() || best.served() > value.served()) {
            decided = search.bestPartition();
            for (int gun = 0; gun < resting.length; gun++) {
                if (site.claimants()[gun].inForce() != null && !decided.sameIsland(old, gun)) {
                    memory.restart(mark(gun));
                }
            }
        } else if (gains(value, best) && memory.run(GAIN) >= settings.repartitionPersistMs() * 1_000_000L) {
            Partition better = search.bestPartition();
            if (gains(value, site.water().value(better)) && mayMove(old, better)) {
                decided = better;
                for (int gun = 0; gun < resting.length; gun++) {
                    if (!decided.sameIsland(old, gun)) {
                        memory.restart(mark(gun));
                    }
                }
            }
        }
        return decided;
    }

    private boolean gains(Value old, Value better) {
        if (better.compareTo(old) <= 0) {
            return false;
        }
        if (Watts.fromMicro(better.sum() - old.sum()) >= TOTAL_FACTOR * settings.repartitionGainW()) {
            return true;
        }
        int worst = worst(old);
        if (worst < 0) {
            return false;
        }
        double weight = site.claimants()[worst].weight();
        int worstThen = worst(better);
        double then = better.power()[worst] / weight;
        if (worstThen >= 0) {
            // It is no gain for the worst served if another one takes its place.
            then = Math.min(then, better.power()[worstThen] / site.claimants()[worstThen].weight());
        }
        long now = old.power()[worst];
        double gainW = (then * weight - now) / 1e6;
        return gainW >= Math.max(settings.repartitionGainW(), settings.repartitionGainPercent() / 100 * Watts.fromMicro(now));
    }

    /** The gun with the lowest level among those that want more than they get; -1 = none. */
    private int worst(Value value) {
        Claimant[] guns = site.claimants();
        int worst = -1;
        for (int gun = 0; gun < guns.length; gun++) {
            if (value.power()[gun] < guns[gun].demand() && (worst < 0
                    || value.power()[gun] / guns[gun].weight() < value.power()[worst] / guns[worst].weight())) {
                worst = gun;
            }
        }
        return worst;
    }

    private boolean mayMove(Partition old, Partition better) {
        for (int gun = 0; gun < resting.length; gun++) {
            if (resting[gun] && !old.sameIsland(better, gun)) {
                return false;
            }
        }
        boolean[] before = Layout.closed(site, old);
        boolean[] after = Layout.closed(site, better);
        for (int edge = 0; edge < before.length; edge++) {
            if (before[edge] != after[edge] && site.ring().held(edge)) {
                return false;
            }
        }
        return true;
    }
}
