package dcocpp.cantest.swapper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * A bundle that gives the charger around it no rest: while its folder holds a file {@code go} it replaces planner and OCPP by the jars in
 * that folder every ten seconds, and collects garbage every five. What it has done is in the file {@code done}. Made of the JDK and the
 * framework alone, so that it is packed as it is.
 */
public final class Swapper implements BundleActivator {

    /** The header of its manifest that names the folder. */
    public static final String FOLDER = "Swapper-Folder";
    private static final int COLLECTION_SECONDS = 5;
    private static final int SWAP_SECONDS = 10;

    private final ScheduledExecutorService agent = Executors.newSingleThreadScheduledExecutor(
            work -> new Thread(work, "dcocpp-cantest-swapper"));
    private BundleContext context;
    private Path folder;
    private int seconds;
    private int swaps;
    private int collections;
    private String failure = "";

    @Override
    public void start(BundleContext ours) {
        context = ours;
        folder = Path.of(ours.getBundle().getHeaders().get(FOLDER));
        agent.scheduleAtFixedRate(this::second, 1, 1, TimeUnit.SECONDS);
    }

    private void second() {
        try {
            if (Files.exists(folder.resolve("go"))) {
                seconds++;
                if (seconds % COLLECTION_SECONDS == 0) {
                    System.gc();
                    collections++;
                }
                if (seconds % SWAP_SECONDS == 1) {
                    swap();
                }
                // whole or not at all: it is read at any moment
                Path done = Files.writeString(folder.resolve("done.new"), swaps + " " + collections + " " + failure);
                Files.move(done, folder.resolve("done"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException | BundleException | RuntimeException e) {
            failure = e.toString();
        }
    }

    private void swap() throws IOException, BundleException {
        for (String name : new String[] {"dcocpp.planner", "dcocpp.ocpp"}) {
            List<Path> jars;
            try (Stream<Path> files = Files.list(folder)) {
                jars = files.filter(file -> file.getFileName().toString().startsWith(name)).sorted().toList();
            }
            Bundle bundle = Arrays.stream(context.getBundles()).filter(found -> name.equals(found.getSymbolicName()))
                    .max(Comparator.comparing(Bundle::getVersion)).orElseThrow();
            try (InputStream jar = Files.newInputStream(jars.get(swaps % jars.size()))) {
                bundle.update(jar);
            }
        }
        swaps++;
    }

    @Override
    public void stop(BundleContext ours) throws InterruptedException {
        agent.shutdown();
        agent.awaitTermination(SWAP_SECONDS, TimeUnit.SECONDS);
    }
}
