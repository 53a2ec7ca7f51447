package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.itest.Await;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The planner's bundle is updated in place while a car charges. */
public class PlannerUpdateIT extends ChargingTest {
    private static final int UPDATES = 10;

    @Test
    public void theSessionGoesOnWhileThePlannerIsUpdatedAndNothingButThePlannerIsRefreshed() throws Exception {
        charge(1);
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
        context.addBundleListener(listener);
        try {
            for (int update = 1; update <= UPDATES; update++) {
                long energy = connector(1).live().registerMilliWh();
                String version = "1.1." + update;
                try (InputStream content = withVersion(jar, version)) {
                    planner.update(content);
                }
                Await.until("plans of " + version, LIMIT, () -> activePlanner().version().equals(version) && activePlanner().plans() > 3
                        && snapshot().plan().state() == PlanSnapshot.State.FRESH);
                assertTrue("contactor", connector(1).gunContactorClosed());
                Await.until("energy goes on", LIMIT, () -> connector(1).live().registerMilliWh() > energy);
            }
        } finally {
            context.removeBundleListener(listener);
        }
        assertEquals(transaction, connector(1).session().transactionId());
        assertEquals(List.of(), journal(TransactionStopped.class));
        assertEquals("bundles that moved beside the planner", List.of(), others);
    }

    @Test
    public void anUpdatedPlannerLeavesNoThreadAndNoClassLoaderBehind() throws Exception {
        Bundle planner = bundle("dcocpp.planner");
        Path jar = distributionJar("dcocpp.planner");
        Await.until("plans", LIMIT, () -> activePlanner().plans() > 3);
        List<String> threads = ourThreads();
        WeakReference<ClassLoader> old = new WeakReference<>(planner.adapt(BundleWiring.class).getClassLoader());
        for (int update = 1; update <= UPDATES; update++) {
            String version = "1.2." + update;
            try (InputStream content = withVersion(jar, version)) {
                planner.update(content);
            }
            Await.until("plans of " + version, LIMIT, () -> activePlanner().version().equals(version) && activePlanner().plans() > 1);
        }
        Await.until("as many threads as before", LIMIT, () -> {
            assertEquals(threads, ourThreads());
            return true;
        });
        Await.until("the old class loader is collected", LIMIT, () -> {
            System.gc();
            return old.get() == null;
        });
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
