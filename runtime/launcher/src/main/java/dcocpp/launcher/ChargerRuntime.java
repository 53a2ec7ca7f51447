package dcocpp.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * A charger in this process: an OSGi framework with the bundles of a distribution. Made for the command and for tests: start it, drive it
 * through {@link #api}, close it. One at a time per data folder; the log file is that of the charger started last.
 */
public final class ChargerRuntime implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    /** What the controller leaves in the system property dcocpp.exit.code when it stops the framework for a hard reset. */
    private static final String RESTART = Integer.toString(ExitCode.RESTART);
    private static final String HARDWARE = "dcocpp.api.hardware.Hardware";

    private final RunOptions options;
    private final DataFolder folder;
    private final Framework framework;
    private final List<String> news;

    private ChargerRuntime(RunOptions options, DataFolder folder, Framework framework, List<String> news) {
        this.options = options;
        this.folder = folder;
        this.framework = framework;
        this.news = news;
    }

    /**
     * Starts a charger; returns when its bundles are started. The configuration is not checked here, see {@link ConfigCheck}.
     *
     * @throws LaunchException when the data folder or the port is taken, the distribution is damaged or the framework cannot start
     */
    public static ChargerRuntime start(RunOptions options) throws LaunchException {
        DataFolder folder = DataFolder.open(options.data());
        Framework framework = null;
        try {
            options.console().requireFree();
            Files.deleteIfExists(ApiClient.addressFile(options.data()));
            FrameworkSettings settings = FrameworkSettings.read(options.home(), options.data());
            Map<String, String> properties = properties(options, settings);
            // logback.xml and SQLite's driver know system properties only
            System.setProperty("dcocpp.data", options.data().toString());
            System.setProperty("org.sqlite.tmpdir", DataFolder.temporary(options.data()).toString());
            framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(properties);
            framework.init();
            Path cache = Path.of(properties.get(Constants.FRAMEWORK_STORAGE));
            List<String> news = new Provisioner(framework.getBundleContext(), settings, cache).apply(BundleJar.of(options.home()));
            framework.start();
            return new ChargerRuntime(options, folder, framework, news);
        } catch (LaunchException e) {
            giveUp(framework, folder, e);
            throw e;
        } catch (BundleException | IOException e) {
            giveUp(framework, folder, e);
            throw new LaunchException(ExitCode.FAILED, "the OSGi framework does not start: " + e.getMessage(), e);
        }
    }

    private static void giveUp(Framework framework, DataFolder folder, Exception reason) {
        try {
            if (framework != null) {
                framework.stop();
                framework.waitForStop(STOP_LIMIT.toMillis());
            }
            folder.close();
        } catch (BundleException | IOException e) {
            reason.addSuppressed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> properties(RunOptions options, FrameworkSettings settings) {
        Map<String, String> properties = new TreeMap<>(settings.properties());
        ConsoleAddress address = options.console();
        properties.put("dcocpp.config", options.config().toString());
        if (options.logging() != null) {
            properties.put("org.ops4j.pax.logging.property.file", options.logging().toString());
        }
        if (options.hardware() != null) {
            properties.put("dcocpp.hardware", options.hardware());
        }
        properties.put("dcocpp.console", address.console() ? "on" : "off");
        properties.put("dcocpp.sim.open", Boolean.toString(options.simOpen()));
        properties.put("dcocpp.time.rate", Double.toString(options.rate()));
        properties.put("org.apache.felix.http.host", address.host());
        properties.put("org.osgi.service.http.port", Integer.toString(address.port()));
        int level = address.console() ? FrameworkSettings.LEVEL_WITH_CONSOLE : FrameworkSettings.LEVEL_WITHOUT_CONSOLE;
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(level));
        return properties;
    }

    /** How it was started. */
    public RunOptions options() {
        return options;
    }

    /** What a new distribution changed at this start; empty when nothing was, and at the first start. */
    public List<String> news() {
        return news;
    }

    /** The charger's HTTP API, once it listens. */
    public ApiClient api(Duration limit) throws LaunchException {
        return ApiClient.await(options.data(), limit);
    }

    /** Bundles that shall run and cannot because something that they import is missing. Empty when all is well. */
    public List<String> unresolvedBundles() {
        int reached = framework.adapt(FrameworkStartLevel.class).getStartLevel();
        return Arrays.stream(framework.getBundleContext().getBundles()).filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .filter(bundle -> shallRun(bundle.adapt(BundleStartLevel.class), reached))
                .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion()).toList();
    }

    /** Above the level reached, or stopped in the field, a bundle need not even be resolved. */
    private static boolean shallRun(BundleStartLevel bundle, int reached) {
        return bundle.isPersistentlyStarted() && bundle.getStartLevel() <= reached;
    }

    /** Whether a bundle provides hardware of this name. */
    public boolean hasHardware(String name) {
        try {
            return framework.getBundleContext().getAllServiceReferences(HARDWARE, "(hardware.name=" + name + ")") != null;
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }

    /**
     * Waits until the framework has stopped for good.
     *
     * @return whether the charger wants to be started again (a hard reset by the back office)
     */
    public boolean awaitStop() throws InterruptedException {
        while (framework.waitForStop(0).getType() == FrameworkEvent.STOPPED_UPDATE) {
            // it starts again by itself
        }
        return RESTART.equals(System.clearProperty("dcocpp.exit.code"));
    }

    /**
     * Stops the charger in good order.
     *
     * @return whether it stopped within the limit
     */
    public boolean stop(Duration limit) throws InterruptedException {
        try {
            framework.stop();
            boolean stopped = framework.waitForStop(limit.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
            folder.close();
            return stopped;
        } catch (BundleException | IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            if (!stop(STOP_LIMIT)) {
                throw new IllegalStateException("the charger did not stop within " + STOP_LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
