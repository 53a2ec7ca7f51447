package dcocpp.simrun.run;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is going to happen, in the order of its time. */
final class Agenda {

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(Comparator.comparingLong(Entry::atMs).thenComparingLong(Entry::order));
    private long order;

    private record Entry(long atMs, long order, Runnable event) {
    }

    void at(long atMs, Runnable event) {
        entries.add(new Entry(atMs, order++, event));
    }

    /** When the next thing happens, ms; the greatest number there is when nothing does. */
    long nextMs() {
        return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().atMs();
    }

    /** Lets happen what is due; whether anything was. */
    boolean run(long nowMs) {
        boolean happened = false;
        while (nextMs() <= nowMs) {
            entries.poll().event().run();
            happened = true;
        }
        return happened;
    }
}
