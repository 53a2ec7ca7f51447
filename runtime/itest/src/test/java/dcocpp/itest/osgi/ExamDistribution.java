package dcocpp.itest.osgi;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import dcocpp.itest.TestFolder;
import dcocpp.launcher.BundleJar;
import dcocpp.launcher.FrameworkSettings;
import dcocpp.launcher.LaunchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ops4j.pax.exam.Option;

/** Turns the built distribution into Pax Exam options. Runs outside the framework, before it starts. */
final class ExamDistribution {
    private static final String STORAGE = "org.osgi.framework.storage";

    private ExamDistribution() {
    }

    static Option[] options(Class<?> test, Map<String, Object> chargerJson, Map<String, String> extraProperties) {
        try {
            TestFolder folder = TestFolder.fresh(test.getSimpleName());
            Path config = folder.writeConfig(chargerJson);
            FrameworkSettings settings = FrameworkSettings.read(TestFolder.distribution(), folder.data());

            Map<String, String> properties = new TreeMap<>(settings.properties());
            properties.remove(STORAGE);
            properties.put("dcocpp.config", config.toString());
            properties.put("dcocpp.hardware", "sim");
            properties.put("dcocpp.console", "on");
            properties.put("dcocpp.sim.open", "true");
            properties.put("org.apache.felix.http.host", "127.0.0.1");
            properties.put("org.osgi.service.http.port", "0");
            properties.putAll(extraProperties);

            List<Option> options = new ArrayList<>();
            properties.forEach((name, value) -> options.add(frameworkProperty(name).value(value)));
            // logback.xml knows system properties only
            options.add(systemProperty("dcocpp.data").value(folder.data().toString()));
            for (BundleJar jar : BundleJar.of(TestFolder.distribution())) {
                var option = bundle(jar.file().toUri().toString()).startLevel(settings.startLevel(jar.symbolicName()));
                options.add(jar.fragment() ? option.noStart() : option);
            }
            options.add(junitBundles());
            options.add(cleanCaches(true));
            options.add(workingDirectory(folder.root().resolve("exam").toString()));
            options.add(frameworkStartLevel(FrameworkSettings.LEVEL_WITH_CONSOLE));
            return options.toArray(Option[]::new);
        } catch (LaunchException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
