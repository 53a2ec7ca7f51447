package dcocpp.config.internal.supply;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dcocpp.api.config.ConfigurationReport;
import dcocpp.api.config.ConfigurationStatus;
import dcocpp.api.time.TimeSource;
import dcocpp.config.internal.file.ChargerConfigLoader;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supplies components with the values of charger.json and keeps the file and Config Admin the same.
 *
 * <p>It listens synchronously: an edit is taken or undone before Config Admin tells the components of it, which look at the
 * configuration only then. So none of them ever sees a value that the file does not have, and a deleted PID is back before its
 * component is taken down.
 */
@Component(service = {ConfigurationStatus.class, SynchronousConfigurationListener.class}, immediate = true)
public final class ConfigSupplier implements ConfigurationStatus, SynchronousConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigSupplier.class);

    /** A change counts when it looks the same twice, so that a saved file is in force after at most two of these. */
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);

    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

    /** How long whoever edits waits for the verdict; afterwards an edit is still taken or undone, but components may see it before. */
    private static final Duration VERDICT_TIMEOUT = Duration.ofSeconds(2);

    private final ScheduledExecutorService agent;
    private final ConfigKeeper keeper;
    private final Duration verdictTimeout;
    private volatile Thread keeping;
    private volatile ConfigurationReport report;

    /** Starts to read and watch the file named by the framework property {@code dcocpp.config}. */
    @Activate
    public ConfigSupplier(BundleContext context, @Reference ConfigurationAdmin admin, @Reference TimeSource time) {
        this(context, admin, time, VERDICT_TIMEOUT);
    }

    ConfigSupplier(BundleContext context, ConfigurationAdmin admin, TimeSource time, Duration verdictTimeout) {
        this.verdictTimeout = verdictTimeout;
        Path file = path(context, "dcocpp.config", "configs/charger.json");
        Path data = path(context, "dcocpp.data", "data");
        Optional<String> hardware = Optional.ofNullable(context.getProperty("dcocpp.hardware")).filter(name -> !name.isBlank());
        report = new ConfigurationReport(file.toString(), 0, null, List.of());
        keeper = new ConfigKeeper(new ConfigFile(file), new ChargerConfigLoader(Path.of("").toAbsolutePath()),
                new PidTranslator(data, hardware), new PidStore(admin), time::now, newest -> report = newest);
        agent = time.newAgent("dcocpp-config-keeper");
        agent.execute(() -> keep(keeper::start));
        // Files are the outside world: what is meant is real time, whatever the pace of the process clock.
        long interval = Math.round(LOOK_INTERVAL.toNanos() * time.rate());
        agent.scheduleWithFixedDelay(() -> keep(keeper::look), interval, interval, TimeUnit.NANOSECONDS);
    }

    private static Path path(BundleContext context, String property, String otherwise) {
        String value = context.getProperty(property);
        return Path.of(value == null || value.isBlank() ? otherwise : value).toAbsolutePath().normalize();
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        agent.shutdown();
        if (!agent.awaitTermination(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("The configuration agent is still busy after {} and is interrupted", END_TIMEOUT);
            agent.shutdownNow();
        }
    }

    @Override
    public ConfigurationReport report() {
        return report;
    }

    private void keep(Runnable work) {
        keeping = Thread.currentThread();
        try {
            work.run();
        } finally {
            keeping = null;
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (Thread.currentThread() == keeping || !PidStore.isOurs(event.getPid(), event.getFactoryPid())) {
            return;
        }
        try {
            agent.submit(() -> keep(() -> keeper.changed(event.getPid())))
                    .get(verdictTimeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} changed while this component ends; the file is compared at the next start", event.getPid());
        } catch (TimeoutException e) {
            LOG.debug("{} changed; the verdict comes later", event.getPid());
        } catch (ExecutionException e) {
            LOG.error("{} changed; the edit could not be looked at", event.getPid(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
