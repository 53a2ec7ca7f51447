package dcocpp.cantest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dcocpp.itest.Await;

/**
 * Threads that a guest's kernel lets run as soon as they can. A guest has one processor, and a clock for its scheduler of 100 ticks a
 * second: among some runnable threads of others one that has woken waits for several ticks, be it a PLC, which is a computer of its own, or
 * the bus thread of the driver, which has another processor beside it in a charger. So had simulated PLCs been silent, or been left without
 * RelayControl, for 150 to 500 ms. A virtual machine's own thread belongs to them: while it waits for the processor in the middle of a
 * collection, all others of its process wait with it.
 */
final class RealTime {

    static final String PLCS = "dcocpp-plcsim-bus";
    static final String DRIVER = "dcocpp-can-bus";
    static final String COLLECTOR = "VM Thread";
    /** Threads of the controller: had its control thread waited for a second, the driver had opened all. */
    static final String CONTROLLER = "dcocpp-controller-control";

    /** Keeps what passes on the bus: left waiting for half a second its socket is full, and frames are missing in the recording. */
    static final String RECORDER = "dcocpp-cantest-recorder";
    private static final Set<String> LOWER = Set.of(CONTROLLER, RECORDER);

    /** Above what is not of this class, and among each other in the order of their waking. */
    private static final String PRIORITY = "10";
    /** Whoever has time until the next round waits for those on the bus. */
    private static final String LOWER_PRIORITY = "5";
    /** The kernel keeps fifteen characters of a thread's name. */
    private static final int NAME_LENGTH = 15;
    /** A thread that was asked for a moment ago may not be there yet. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private RealTime() {
    }

    /** Lets these threads of a process go first; where a kernel has its own processors it has nothing to do. */
    static void give(long pid, String... names) throws IOException, InterruptedException {
        if (ChargerOnTheBus.GUEST) {
            for (String name : names) {
                String kept = name.substring(0, Math.min(NAME_LENGTH, name.length()));
                for (String thread : Await.value("thread " + name, LIMIT, () -> threads(pid, kept))) {
                    Process chrt = new ProcessBuilder("chrt", "--fifo", "--pid", LOWER.contains(name) ? LOWER_PRIORITY : PRIORITY, thread)
                            .inheritIO().start();
                    assertTrue(chrt.waitFor(10, TimeUnit.SECONDS) && chrt.exitValue() == 0, "chrt " + name);
                }
            }
        }
    }

    /** All threads whose names begin alike; null when there is none. */
    private static List<String> threads(long pid, String name) throws IOException {
        List<Path> tasks;
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            tasks = all.toList();
        }
        List<String> found = new ArrayList<>();
        for (Path task : tasks) {
            try {
                if (Files.readString(task.resolve("comm")).trim().equals(name)) {
                    found.add(task.getFileName().toString());
                }
            } catch (NoSuchFileException e) {
                // A thread that has ended meanwhile.
            }
        }
        return found.isEmpty() ? null : found;
    }
}
