package dcocpp.planner.internal;

import java.util.Arrays;

/**
 * The idle slots between two neighbouring guns (or, with a single gun, all around the ring), and the ways to share them out: option
 * {@code i} gives {@code toCcw(i)} slots to the gun on the counter-clockwise side and {@code toCw(i)} to the one on the clockwise side.
 */
final class Gap {

    private final Ring ring;
    private final int ccw;
    private final int cw;
    private final int firstEdge;
    private final int length;
    private final int[] toCcw;
    private final int[] toCw;
    private final int[] cost;
    private final boolean[] full;

    Gap(Ring ring, Claimant[] claimants, int ccw, int cw, int length) {
        this.ring = ring;
        this.ccw = ccw;
        this.cw = cw;
        this.length = length;
        firstEdge = claimants[ccw].home() + claimants[ccw].baseRight();
        boolean[] right = claimants[ccw].rightSteps();
        boolean[] left = claimants[cw].leftSteps();
        int count = 0;
        int[] a = new int[right.length * left.length];
        int[] b = new int[a.length];
        // Few slots first, and among as many the clockwise reach first: this order decides what no rule decides.
        for (int sum = 0; sum <= length; sum++) {
            for (int i = Math.min(sum, right.length - 1); i >= 0 && sum - i < left.length; i--) {
                if (right[i] && left[sum - i]) {
                    a[count] = i;
                    b[count++] = sum - i;
                }
            }
        }
        toCcw = Arrays.copyOf(a, count);
        toCw = Arrays.copyOf(b, count);
        cost = new int[count];
        full = new boolean[count];
        for (int option = 0; option < count; option++) {
            cost[option] = costOf(toCcw[option], toCw[option]);
            full[option] = !grows(option, right, left);
        }
    }

    /** Whether another option gives one side more and none less. */
    private boolean grows(int option, boolean[] right, boolean[] left) {
        int a = toCcw[option];
        int b = toCw[option];
        for (int i = a + 1; i < right.length && i + b <= length; i++) {
            if (right[i]) {
                return true;
            }
        }
        for (int i = b + 1; i < left.length && a + i <= length; i++) {
            if (left[i]) {
                return true;
            }
        }
        return false;
    }

    private int costOf(int a, int b) {
        int operations = 0;
        for (int i = 0; i <= length; i++) {
            int edge = ring.at(firstEdge + i);
            if (closes(i, a, b) != ring.closed(edge)) {
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
        int edge = ring.at(firstEdge + i);
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

    int options() {
        return cost.length;
    }

    int toCcw(int option) {
        return toCcw[option];
    }

    int toCw(int option) {
        return toCw[option];
    }

    /** Cost of the bus contactors that must be switched. */
    int cost(int option) {
        return cost[option];
    }

    /** No option gives one side more and none less. */
    boolean full(int option) {
        return full[option];
    }
}
