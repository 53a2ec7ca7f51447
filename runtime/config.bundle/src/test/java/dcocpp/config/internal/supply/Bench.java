package dcocpp.config.internal.supply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dcocpp.api.config.ConfigurationReport;
import dcocpp.config.internal.file.ConfigFiles;
import dcocpp.testkit.FakeTimeSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationEvent;

/** The component with a Config Admin in memory, files in a folder, and a clock that the test moves. */
final class Bench {

    final FakeTimeSource time = new FakeTimeSource();
    final FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
    final Path file;
    final Path data;
    private final Map<String, String> framework;
    private ConfigSupplier component;

    Bench(Path folder) {
        file = folder.resolve("configs/charger.json");
        data = folder.resolve("data");
        framework = Map.of("dcocpp.config", file.toString(), "dcocpp.data", data.toString());
        save(ConfigFiles.shippedText());
        copy("ocpp16-config.json");
    }

    Bench start() {
        BundleContext context = (BundleContext) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> framework.get(arguments[0]));
        component = new ConfigSupplier(context, admin, time, Duration.ZERO);
        admin.listener = (pid, factoryPid) -> component.configurationEvent(
                new ConfigurationEvent(new NoReference(), ConfigurationEvent.CM_UPDATED, factoryPid, pid));
        time.runDue();
        return this;
    }

    /** Ends the component and starts another, as a restart of the process does; Config Admin keeps what it has. */
    void restart() throws InterruptedException {
        component.deactivate();
        admin.listener = (pid, factoryPid) -> { };
        start();
    }

    /** Time in which a saved file must be in force. */
    void settle() {
        time.advance(Duration.ofMillis(900));
    }

    ConfigurationReport report() {
        return component.report();
    }

    String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void save(String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void saveShippedBut(Consumer<ObjectNode> change) {
        save(ConfigFiles.shippedBut(change));
    }

    private void copy(String name) {
        try {
            Files.copy(ConfigFiles.SHIPPED.resolve(name), file.resolveSibling(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
