package dcocpp.daysim;

import java.util.PriorityQueue;

/** What is to be done at which time. */
final class Agenda {

    private record Task(long atMs, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long count;

    void at(long atMs, Runnable work) {
        tasks.add(new Task(atMs, count++, work));
    }

    /** Does everything that is due. Returns whether there was anything. */
    boolean run(long nowMs) {
        boolean any = false;
        while (!tasks.isEmpty() && tasks.peek().atMs() <= nowMs) {
            tasks.remove().work().run();
            any = true;
        }
        return any;
    }

    /** When the next thing is due, ms; the greatest number there is when nothing is. */
    long nextMs() {
        return tasks.isEmpty() ? Long.MAX_VALUE : tasks.peek().atMs();
    }
}
