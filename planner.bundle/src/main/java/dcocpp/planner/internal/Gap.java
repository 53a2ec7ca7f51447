package dcocpp.planner.internal;

import java.util.Arrays;

/**
 * The idle slots between two neighbouring guns (or, with a single gun, all around the ring), and the ways to share them out: an option
 * gives {@code toCcw} slots to the gun on the counter-clockwise side and {@code toCw} to the one on the clockwise side.
 */
final class Gap {

    private final Ring ring;
    private final int ccw;
    private final int cw;
    private final int firstEdge;
    private final int length;
    private final boolean[] right;
    private final boolean[] left;

    /** Ways to share a gap out. */
    record Options(int[] toCcw, int[] toCw) {

        int count() {
            return toCcw.length;
        }
    }

    Gap(Ring ring, Claimant[] claimants, int ccw, int cw, int length) {
        this.ring = ring;
        this.ccw = ccw;
        this.cw = cw;
        this.length = length;
        firstEdge = claimants[ccw].home() + claimants[ccw].baseRight();
        right = claimants[ccw].rightSteps();
        left = claimants[cw].leftSteps();
    }

    /** All of them. Few slots first, and among as many the clockwise reach first: this order decides what no rule decides. */
    Options all() {
        int count = 0;
        int[] a = new int[right.length * left.length];
        int[] b = new int[a.length];
        for (int sum = 0; sum <= length; sum++) {
            for (int i = Math.min(sum, right.length - 1); i >= 0 && sum - i < left.length; i--) {
                if (right[i] && left[sum - i]) {
                    a[count] = i;
                    b[count++] = sum - i;
                }
            }
        }
        return new Options(Arrays.copyOf(a, count), Arrays.copyOf(b, count));
    }

    /** Those for which no other one gives one side more and none less. */
    Options full() {
        int count = 0;
        int[] a = new int[right.length];
        int[] b = new int[right.length];
        for (int i = 0; i < right.length && i <= length; i++) {
            if (right[i]) {
                int fitting = Claimant.fit(left, length - i);
                // A greater share of this side that leaves the other one as much takes the place of the one before.
                count -= count > 0 && b[count - 1] == fitting ? 1 : 0;
                a[count] = i;
                b[count++] = fitting;
            }
        }
        return new Options(Arrays.copyOf(a, count), Arrays.copyOf(b, count));
    }

    /** Cost of the bus contactors that must be switched to give its sides so many slots. */
    int cost(int toCcw, int toCw) {
        int operations = 0;
        for (int i = 0; i <= length; i++) {
            int edge = edge(i);
            if (closes(i, toCcw, toCw) != ring.closed(edge)) {
                operations += ring.operationCost(edge);
            }
        }
        return operations;
    }

    /** Whether the i-th edge of the gap is closed when its sides get a and b slots. */
    boolean closes(int i, int a, int b) {
        if (i < a || i > length - b) {
            return true;
        }
        int edge = edge(i);
        boolean cuts = i == a || i == length - b;
        if (!cuts) {
            return ring.staysClosed(edge);
        }
        // A single gun's island that goes all around ends at itself: there is nothing to cut.
        return ccw == cw && a + b == length && ring.closed(edge);
    }

    int edge(int i) {
        return ring.at(firstEdge + i);
    }

    /** Index of the gun on the counter-clockwise side. */
    int ccw() {
        return ccw;
    }

    int cw() {
        return cw;
    }

    /** Idle slots in it. */
    int length() {
        return length;
    }
}
