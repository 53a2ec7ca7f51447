package dcocpp.planner.internal;

/** Which bus contactors a partition closes. */
final class Layout {

    private Layout() {
    }

    static boolean[] closed(Site site, Partition partition) {
        Ring ring = site.ring();
        boolean[] closed = new boolean[ring.size()];
        for (int edge = 0; edge < closed.length; edge++) {
            closed[edge] = ring.staysClosed(edge);
        }
        for (Gap gap : site.gaps()) {
            int toCcw = partition.right()[gap.ccw()];
            int toCw = partition.left()[gap.cw()];
            for (int i = 0; i <= gap.length(); i++) {
                closed[gap.edge(i)] = gap.closes(i, toCcw, toCw);
            }
        }
        return closed;
    }
}
