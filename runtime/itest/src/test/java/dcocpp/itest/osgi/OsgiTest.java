package dcocpp.itest.osgi;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ChargerStatus;
import dcocpp.itest.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Base of the Pax Exam tests: a real Felix with exactly the bundles of the distribution, its framework properties and start levels, the
 * simulated hardware, the web console and the HTTP listener on a free port, and a data folder of its own.
 *
 * <p>To write a test: extend this class in this package, name it {@code …IT}, annotate methods with JUnit 4's {@code @Test}.
 * <ul>
 * <li>The test's methods run inside the framework, in a bundle that imports what it uses dynamically: contracts, OSGi API, JDK and
 * JUnit 4, and the classes below {@code dcocpp.itest}; no library of the test's class path (Jackson, the launcher, the demonstration
 * CSMS). {@link #chargerJson()} and {@link #frameworkProperties()} run outside, before the framework starts.</li>
 * <li>All methods of a class share one framework. A class whose methods change bundles and cannot put them back says
 * {@code @ExamReactorStrategy(PerMethod.class)}.</li>
 * <li>Before each method the base waits until all our components are satisfied, so that a test begins with a whole charger.</li>
 * <li>No sleeps: {@link Await} polls with a deadline. Logs and databases stay in {@code target/work/<class>}.</li>
 * </ul>
 * One class alone, on a distribution that is built: {@code mvn -o verify -pl runtime/itest -am -Dtest=none
 * -Dsurefire.failIfNoSpecifiedTests=false -Ditest.osgi=WiringIT -Ditest.process=none}.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class OsgiTest {
    /** Long enough for a busy machine; nothing waits that long when all is well. */
    protected static final Duration LIMIT = Duration.ofSeconds(60);

    /** The probe's context: services and bundles of the framework under test. */
    @Inject
    protected BundleContext context;

    /** Called by Pax Exam, outside the framework. */
    @Configuration
    public Option[] distribution() {
        return ExamDistribution.options(getClass(), chargerJson(), frameworkProperties());
    }

    /** Changes to the default charger.json: JSON pointer to new value; a null value removes the key. */
    protected Map<String, Object> chargerJson() {
        return Map.of();
    }

    /** Framework properties beside, or instead of, the usual ones. */
    protected Map<String, String> frameworkProperties() {
        return Map.of();
    }

    /** Waits for a whole charger. */
    @Before
    public void chargerIsUp() {
        awaitSatisfied();
    }

    /** Waits until every enabled component of our bundles is satisfied; fails with each unsatisfied one and its reason. */
    protected final void awaitSatisfied() {
        Await.until("all components satisfied", LIMIT, () -> {
            List<String> unsatisfied = unsatisfiedComponents();
            if (!unsatisfied.isEmpty()) {
                throw new AssertionError(String.join("\n  ", unsatisfied));
            }
            return true;
        });
    }

    /** Each component of our bundles that is not satisfied, with the reason. Empty when all is well. */
    protected final List<String> unsatisfiedComponents() {
        ServiceComponentRuntime scr = service(ServiceComponentRuntime.class);
        Bundle[] ours = ourBundles().toArray(Bundle[]::new);
        TreeSet<String> reasons = new TreeSet<>();
        for (ComponentDescriptionDTO component : scr.getComponentDescriptionDTOs(ours)) {
            if (!scr.isComponentEnabled(component)) {
                continue;
            }
            var configurations = scr.getComponentConfigurationDTOs(component);
            if (configurations.isEmpty()) {
                reasons.add(component.name + ": no configuration " + Arrays.toString(component.configurationPid));
            }
            for (ComponentConfigurationDTO configuration : configurations) {
                if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
                    reasons.add(component.name + ": unsatisfied " + Arrays.stream(configuration.unsatisfiedReferences)
                            .map(r -> r.name + (r.target == null ? "" : " " + r.target)).collect(Collectors.joining(", ")));
                } else if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
                    reasons.add(component.name + ": no configuration " + Arrays.toString(component.configurationPid));
                } else if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    reasons.add(component.name + ": failed: " + configuration.failure.lines().findFirst().orElse(""));
                }
            }
        }
        return List.copyOf(reasons);
    }

    /** The bundles of this project in the framework. */
    protected final List<Bundle> ourBundles() {
        return Arrays.stream(context.getBundles()).filter(b -> b.getSymbolicName().startsWith("dcocpp.")).toList();
    }

    /** The bundle of this symbolic name; the one with the highest version when there are several. */
    protected final Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles()).filter(b -> b.getSymbolicName().equals(symbolicName))
                .max((a, b) -> a.getVersion().compareTo(b.getVersion()))
                .orElseThrow(() -> new AssertionError("no bundle " + symbolicName));
    }

    /** The names of our threads; without those of the WebSocket client's pool, whose number follows the load. */
    protected static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("dcocpp-") && !name.startsWith("dcocpp-ocpp-ws")).sorted().toList();
    }

    /** The latest snapshot. */
    protected final ChargerSnapshot snapshot() {
        return service(ChargerStatus.class).latest().orElseThrow(() -> new AssertionError("no snapshot yet"));
    }

    /** The service of this type, waiting for it if need be. */
    protected final <T> T service(Class<T> type) {
        return Await.value("service " + type.getName(), LIMIT, () -> {
            ServiceReference<T> reference = context.getServiceReference(type);
            return reference == null ? null : context.getService(reference);
        });
    }

    /** The data folder of this run. */
    protected final Path data() {
        return Path.of(context.getProperty("dcocpp.data"));
    }

    /** The charger.json of this run. */
    protected final Path config() {
        return Path.of(context.getProperty("dcocpp.config"));
    }

    /** What the charger has logged so far. */
    protected final List<String> log() throws IOException {
        return Files.readAllLines(data().resolve("log").resolve("charger.log"));
    }

    /** The jar of a bundle in the distribution, such as {@code dcocpp.planner}. */
    protected final Path distributionJar(String symbolicName) throws IOException {
        Path folder = Path.of(context.getProperty("dcocpp.home")).resolve("bundle");
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(symbolicName + "-")).findFirst()
                    .orElseThrow(() -> new AssertionError("no " + symbolicName + " in " + folder));
        }
    }
}
