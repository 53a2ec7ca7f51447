package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** What a real Felix holds after starts and restarts, with bundles that consist of a manifest. */
class ProvisionerTest {
    @TempDir
    private Path folder;
    private Path home;
    private Path cache;
    private Framework framework;
    private List<String> news;

    @BeforeEach
    void distributionOfTwoBundles() throws IOException {
        home = folder.resolve("home");
        cache = folder.resolve("data").resolve("felix-cache");
        Files.createDirectories(home.resolve("bundle"));
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/config.properties"), "startlevel.5=a\nstartlevel.default=20\n");
        jar(home.resolve("bundle/a-1.jar"), "a", "1.0.0");
        jar(home.resolve("bundle/b-1.jar"), "b", "1.0.0");
    }

    @AfterEach
    void stop() throws Exception {
        if (framework != null) {
            framework.stop();
            framework.waitForStop(10_000);
            framework = null;
        }
    }

    @Test
    void theFirstStartInstallsAndStartsTheDistribution() throws Exception {
        start();
        assertEquals(new TreeSet<>(List.of("a 1.0.0 active", "b 1.0.0 active")), bundles());
        assertEquals(List.of(), news);
    }

    @Test
    void aBundleThatAFailingPowerLeftStoppedAtTheFirstStartIsStarted() throws Exception {
        Framework interrupted = framework();
        interrupted.init();
        interrupted.getBundleContext().installBundle(Provisioner.LOCATION + "a", Files.newInputStream(home.resolve("bundle/a-1.jar")));
        interrupted.stop();
        interrupted.waitForStop(10_000);
        start();
        assertEquals(new TreeSet<>(List.of("a 1.0.0 active", "b 1.0.0 active")), bundles());
    }

    @Test
    void aBundleReplacedInPlaceStaysReplaced() throws Exception {
        start();
        bundle("a").update(Files.newInputStream(jar(folder.resolve("field.jar"), "a", "2.0.0")));
        stop();
        start();
        assertEquals(new TreeSet<>(List.of("a 2.0.0 active", "b 1.0.0 active")), bundles());
    }

    @Test
    void aBundleReplacedBySideBySideInstallationStaysReplaced() throws Exception {
        start();
        framework.getBundleContext().installBundle("field:a", Files.newInputStream(jar(folder.resolve("field.jar"), "a", "2.0.0"))).start();
        bundle("a").uninstall();
        stop();
        start();
        assertEquals(new TreeSet<>(List.of("a 2.0.0 active", "b 1.0.0 active")), bundles());
    }

    @Test
    void aBundleStoppedInTheFieldStaysStopped() throws Exception {
        start();
        bundle("b").stop();
        stop();
        start();
        assertEquals(new TreeSet<>(List.of("a 1.0.0 active", "b 1.0.0 stopped")), bundles());
    }

    @Test
    void aNewJarInTheDistributionIsTakenUpInPlaceOfTheFieldsOwn() throws Exception {
        start();
        framework.getBundleContext().installBundle("field:a", Files.newInputStream(jar(folder.resolve("field.jar"), "a", "2.0.0"))).start();
        bundle("b").update(Files.newInputStream(jar(folder.resolve("fieldb.jar"), "b", "2.0.0")));
        stop();
        jar(home.resolve("bundle/a-1.jar"), "a", "3.0.0");
        jar(home.resolve("bundle/b-1.jar"), "b", "3.0.0");
        start();
        assertEquals(new TreeSet<>(List.of("a 3.0.0 active", "b 3.0.0 active")), bundles());
        assertTrue(news.contains("a 2.0.0 from the field gives way to that of the new distribution"), news.toString());
    }

    @Test
    void aJarThatLeftTheDistributionIsUninstalledAndAFieldBundleIsNot() throws Exception {
        start();
        framework.getBundleContext().installBundle("field:oem", Files.newInputStream(jar(folder.resolve("oem.jar"), "oem", "1.0.0"))).start();
        stop();
        Files.delete(home.resolve("bundle/b-1.jar"));
        start();
        assertEquals(new TreeSet<>(List.of("a 1.0.0 active", "oem 1.0.0 active")), bundles());
    }

    @Test
    void throwingTheCacheAwayGivesTheDistributionBack() throws Exception {
        start();
        bundle("a").update(Files.newInputStream(jar(folder.resolve("field.jar"), "a", "2.0.0")));
        bundle("b").uninstall();
        stop();
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        start();
        assertEquals(new TreeSet<>(List.of("a 1.0.0 active", "b 1.0.0 active")), bundles());
    }

    @Test
    void twoJarsOfOneBundleAreRefused() throws Exception {
        jar(home.resolve("bundle/a-2.jar"), "a", "2.0.0");
        LaunchException refused = assertThrows(LaunchException.class, () -> BundleJar.of(home));
        assertTrue(refused.getMessage().contains("two jars hold the bundle a"), refused.getMessage());
    }

    @Test
    void aJarThatIsNoBundleIsRefused() throws Exception {
        try (OutputStream out = Files.newOutputStream(home.resolve("bundle/x.jar")); JarOutputStream jar = new JarOutputStream(out, new Manifest())) {
            jar.finish();
        }
        LaunchException refused = assertThrows(LaunchException.class, () -> BundleJar.of(home));
        assertTrue(refused.getMessage().contains("x.jar is not a bundle"), refused.getMessage());
    }

    private void start() throws Exception {
        framework = framework();
        framework.init();
        FrameworkSettings settings = FrameworkSettings.read(home, folder.resolve("data"));
        news = new Provisioner(framework.getBundleContext(), settings, cache).apply(BundleJar.of(home));
        framework.start();
    }

    private Framework framework() {
        return ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(
                Map.of(Constants.FRAMEWORK_STORAGE, cache.toString(), Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "30"));
    }

    private Bundle bundle(String name) {
        return framework.getBundleContext().getBundle(Provisioner.LOCATION + name);
    }

    private TreeSet<String> bundles() {
        TreeSet<String> names = new TreeSet<>();
        Arrays.stream(framework.getBundleContext().getBundles()).filter(b -> b.getBundleId() != 0)
                .forEach(b -> names.add(b.getSymbolicName() + " " + b.getVersion() + (b.getState() == Bundle.ACTIVE ? " active" : " stopped")));
        return names;
    }

    private static Path jar(Path file, String name, String version) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        main.putValue(Constants.BUNDLE_VERSION, version);
        try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return file;
    }
}
