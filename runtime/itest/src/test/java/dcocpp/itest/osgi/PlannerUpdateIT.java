package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.itest.Await;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The planner's bundle is updated in place while a car charges. */
public class PlannerUpdateIT extends ChargingTest {
    private static final int UPDATES = 100;

    /**
     * A hundred planners, one after the other, while a car charges from more slots than its own: no tick without a plan, no contactor
     * that moves, no other bundle that is refreshed; and afterwards as many threads, files and class loaders as before.
     */
    @Test
    public void theSessionGoesOnWhileThePlannerIsUpdatedAHundredTimesAndNothingIsLeftBehind() throws Exception {
        charge(1);
        Await.until("a bus of several slots", LIMIT, () -> connector(1).slotIds().size() > 1);
        Await.until("nothing switches any more", LIMIT, this::steady);
        Bundle planner = bundle("dcocpp.planner");
        Path jar = distributionJar("dcocpp.planner");
        assertEquals(Set.of(planner), Set.copyOf(context.getBundle(0).adapt(FrameworkWiring.class).getDependencyClosure(Set.of(planner))));
        String transaction = connector(1).session().transactionId();
        List<String> others = new CopyOnWriteArrayList<>();
        BundleListener listener = event -> {
            if (event.getBundle() != planner && event.getType() != BundleEvent.RESOLVED) {
                others.add(event.getBundle().getSymbolicName() + " " + event.getType());
            }
        };
        // The first update warms up what is made once, such as the reader of jars.
        update(planner, jar, "1.1.0");
        List<String> threads = Await.value("the threads without the old planner's", LIMIT, () -> {
            List<String> names = ourThreads();
            return Set.copyOf(names).size() == names.size() ? names : null;
        });
        long files = openFiles();
        long operations = operations();
        long unplanned = snapshot().plan().unplannedTicks();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        context.addBundleListener(listener);
        try {
            for (int update = 1; update <= UPDATES; update++) {
                loaders.add(new WeakReference<>(planner.adapt(BundleWiring.class).getClassLoader()));
                update(planner, jar, "1.1." + update);
                assertTrue("contactor", connector(1).gunContactorClosed());
            }
        } finally {
            context.removeBundleListener(listener);
        }
        assertEquals("ticks without a plan", unplanned, snapshot().plan().unplannedTicks());
        assertEquals("contactor operations", operations, operations());
        assertEquals(transaction, connector(1).session().transactionId());
        assertEquals(List.of(), journal(TransactionStopped.class));
        assertEquals("bundles that moved beside the planner", List.of(), others);
        long energy = connector(1).live().registerMilliWh();
        Await.until("energy goes on", LIMIT, () -> connector(1).live().registerMilliWh() > energy);
        Await.until("as many threads as before", LIMIT, () -> {
            assertEquals(threads, ourThreads());
            return true;
        });
        Await.until("the old class loaders are collected", LIMIT, () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
        Await.until("as many open files as before", LIMIT, () -> {
            assertTrue(openFiles() + " instead of " + files, openFiles() <= files);
            return true;
        });
    }

    private void update(Bundle planner, Path jar, String version) throws Exception {
        try (InputStream content = withVersion(jar, version)) {
            planner.update(content);
        }
        Await.until("plans of " + version, LIMIT, () -> activePlanner().version().equals(version) && activePlanner().plans() > 1
                && snapshot().plan().state() == PlanSnapshot.State.FRESH);
    }

    private boolean steady() {
        long before = operations();
        long number = snapshot().number();
        Await.until("thirty ticks", LIMIT, () -> snapshot().number() >= number + 30);
        return operations() == before;
    }

    /** How often the contactors of the cabinet have moved. */
    private long operations() {
        return simulated().snapshot().contactors().stream().mapToLong(ContactorState::operations).sum();
    }

    /** The driver of the PLCs offers its service too. */
    private Hardware simulated() {
        try {
            Collection<ServiceReference<Hardware>> found = context.getServiceReferences(Hardware.class, "(" + Hardware.NAME + "=sim)");
            return context.getService(found.iterator().next());
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Files and sockets that this process has open. */
    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    /** Two planners side by side: the newer takes over, and goes again when it breaks. */
    @Test
    public void aPlannerInstalledBesideTheOldOneTakesOverAndTheOldOneTakesBackWhenItGoes() throws Exception {
        charge(2);
        String before = activePlanner().version();
        Bundle candidate;
        try (InputStream content = withVersion(distributionJar("dcocpp.planner"), "9.0.0")) {
            candidate = context.getBundle(0).getBundleContext().installBundle("slot:planner:test", content);
        }
        try {
            candidate.start();
            Await.until("9.0.0 is promoted", LIMIT, () -> activePlanner().version().equals("9.0.0"));
            assertTrue(connector(2).gunContactorClosed());
            assertEquals(2, Arrays.stream(context.getBundles()).filter(b -> b.getSymbolicName().equals("dcocpp.planner")).count());
        } finally {
            candidate.uninstall();
        }
        Await.until("the old one plans again", LIMIT, () -> activePlanner().version().equals(before)
                && snapshot().plan().state() == PlanSnapshot.State.FRESH);
        assertTrue(connector(2).gunContactorClosed());
        assertEquals(List.of(), journal(TransactionStopped.class));
    }
}
