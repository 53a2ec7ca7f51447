package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;

import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.HardwareSnapshot.Condition;
import dcocpp.api.topology.Topology;
import dcocpp.itest.Await;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/** Which hardware the controller takes when it starts while several of the configured name are there. */
public class HardwareChoiceIT extends OsgiTest {
    private static final String NAME = "pair";

    private final AtomicInteger opened = new AtomicInteger();

    @Override
    protected Map<String, String> frameworkProperties() {
        return Map.of("dcocpp.hardware", NAME);
    }

    @Test
    public void neitherOfTwoIsTakenAndTheOneThatIsLeftIs() throws Exception {
        Bundle controller = bundle("dcocpp.controller");
        controller.stop(Bundle.STOP_TRANSIENT);
        ServiceRegistration<Hardware> one = register();
        ServiceRegistration<Hardware> other = register();
        boolean gone = false;
        try {
            controller.start(Bundle.START_TRANSIENT);
            Await.until("both are said", LIMIT, () -> snapshot().hardwareDetail().equals("2 hardware bundles named pair: uninstall all but one"));
            assertEquals(Condition.UNAVAILABLE, snapshot().hardwareCondition());
            assertEquals("opened", 0, opened.get());
            other.unregister();
            gone = true;
            Await.until("the one that is left is used", LIMIT, () -> snapshot().hardwareCondition() == Condition.READY);
            assertEquals("opened", 1, opened.get());
        } finally {
            one.unregister();
            if (!gone) {
                other.unregister();
            }
        }
    }

    private ServiceRegistration<Hardware> register() {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(Hardware.NAME, NAME));
        return context.registerService(Hardware.class, new Idle(), properties);
    }

    /** Hardware that is there and has nothing to drive. */
    private final class Idle implements Hardware {
        @Override
        public void open(Topology topology) {
            opened.incrementAndGet();
        }

        @Override
        public HardwareCapabilities capabilities() {
            return new HardwareCapabilities(false, false, false);
        }

        @Override
        public HardwareSnapshot snapshot() {
            return new HardwareSnapshot(System.nanoTime(), Condition.READY, "", List.of(), List.of(), List.of());
        }

        @Override
        public void command(HardwareCommand command) {
            // Nothing to drive.
        }

        @Override
        public void close() {
            // Nothing to release.
        }
    }
}
