package dcocpp.planner.internal;

/** How far the island of each gun reaches beyond its base. */
record Partition(int[] left, int[] right) {

    Partition copy() {
        return new Partition(left.clone(), right.clone());
    }

    boolean sameIsland(Partition other, int gun) {
        return left[gun] == other.left[gun] && right[gun] == other.right[gun];
    }
}
