package dcocpp.itest.osgi;

import static org.junit.Assert.assertEquals;

import dcocpp.itest.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** No code relies on the order in which bundles start. */
public class StartOrderIT extends OsgiTest {

    @Test
    public void threeShuffledOrdersEndInTheSameComponents() throws Exception {
        TreeSet<String> before = satisfied();
        for (long seed = 1; seed <= 3; seed++) {
            List<Bundle> bundles = new ArrayList<>(ourBundles());
            Collections.shuffle(bundles, new Random(seed));
            for (Bundle bundle : bundles) {
                bundle.stop(Bundle.STOP_TRANSIENT);
            }
            Collections.shuffle(bundles, new Random(seed + 100));
            for (Bundle bundle : bundles) {
                bundle.start(Bundle.START_TRANSIENT);
            }
            awaitSatisfied();
            Await.until("the same components after the order " + bundles, LIMIT, () -> {
                assertEquals(before, satisfied());
                return true;
            });
        }
        assertEquals(List.of(), log().stream().filter(line -> line.contains("Circular reference")).toList());
    }

    private TreeSet<String> satisfied() {
        ServiceComponentRuntime scr = service(ServiceComponentRuntime.class);
        TreeSet<String> names = new TreeSet<>();
        for (ComponentDescriptionDTO component : scr.getComponentDescriptionDTOs(ourBundles().toArray(Bundle[]::new))) {
            for (ComponentConfigurationDTO configuration : scr.getComponentConfigurationDTOs(component)) {
                if ((configuration.state & (ComponentConfigurationDTO.SATISFIED | ComponentConfigurationDTO.ACTIVE)) != 0) {
                    names.add(component.name);
                }
            }
        }
        return names;
    }
}
