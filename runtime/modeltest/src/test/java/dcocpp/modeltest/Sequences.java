package dcocpp.modeltest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Which sequences run, and how one that fails is told. */
final class Sequences {
    private static final int SHRINK_RUNS = 60;

    private Sequences() {
    }

    /** The seed of the first sequence. */
    static long seed() {
        long seed = Long.getLong("model.seed", 20_260_101L);
        return seed == 0 ? System.currentTimeMillis() : seed;
    }

    /** The seed and the fewest steps found that still go wrong. */
    static String report(long seed, List<Step> steps, Path root, PlantedBug bug) {
        List<Step> fewest = shrink(steps, root, bug);
        return "seed " + seed + " (-Dmodel.sequences=1 -Dmodel.seed=" + seed + "), " + fewest.size() + " of its " + steps.size()
                + " steps are enough:\n  " + fewest.stream().map(Step::toString).collect(Collectors.joining("\n  ")) + "\n";
    }

    /** Takes steps away as long as it still goes wrong. */
    static List<Step> shrink(List<Step> steps, Path root, PlantedBug bug) {
        List<Step> fewest = new ArrayList<>(steps);
        int runs = 0;
        for (int size = fewest.size() / 2; size > 0; size /= 2) {
            for (int at = fewest.size() - size; at >= 0 && runs < SHRINK_RUNS; at -= size) {
                List<Step> fewer = new ArrayList<>(fewest);
                fewer.subList(at, at + size).clear();
                if (!World.live(root.resolve("r" + runs++), fewer, bug, new Tally()).isEmpty()) {
                    fewest = fewer;
                    at = Math.min(at, fewest.size());
                }
            }
        }
        return fewest;
    }
}
