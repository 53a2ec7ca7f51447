package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** The shape of the runtime: what is started, what depends on what. */
public class WiringIT extends OsgiTest {
    private static final String API = "dcocpp.api";

    @Test
    public void everyBundleIsActive() {
        List<String> others = Arrays.stream(context.getBundles())
                .filter(b -> b.adapt(BundleRevision.class) == null || (b.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) == 0)
                .filter(b -> b.getState() != Bundle.ACTIVE).map(b -> b.getSymbolicName() + " state " + b.getState()).toList();
        assertEquals(List.of(), others);
    }

    @Test
    public void allNineBundlesOfOursAreThere() {
        TreeSet<String> names = new TreeSet<>();
        ourBundles().forEach(b -> names.add(b.getSymbolicName()));
        assertEquals(new TreeSet<>(List.of(API, "dcocpp.can", "dcocpp.config", "dcocpp.console", "dcocpp.controller", "dcocpp.hwsim",
                "dcocpp.ocpp", "dcocpp.planner", "dcocpp.update")), names);
    }

    @Test
    public void onlyTheContractsAreExported() {
        List<String> exporters = ourBundles().stream().filter(b -> b.getHeaders().get(Constants.EXPORT_PACKAGE) != null)
                .map(Bundle::getSymbolicName).toList();
        assertEquals(List.of(API), exporters);
    }

    @Test
    public void noBundleOfOursDependsOnAnotherButTheContracts() {
        TreeSet<String> wires = new TreeSet<>();
        for (Bundle bundle : ourBundles()) {
            for (BundleWire wire : bundle.adapt(BundleWiring.class).getRequiredWires(null)) {
                String provider = wire.getProvider().getSymbolicName();
                if (provider.startsWith("dcocpp.") && !provider.equals(API)) {
                    wires.add(bundle.getSymbolicName() + " -> " + provider);
                }
            }
        }
        assertTrue(wires.toString(), wires.isEmpty());
    }

    @Test
    public void noCircularReferenceIsLogged() throws Exception {
        List<String> circles = log().stream().filter(line -> line.contains("Circular reference")).toList();
        assertEquals(List.of(), circles);
    }
}
