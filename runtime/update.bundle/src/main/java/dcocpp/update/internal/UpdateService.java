package dcocpp.update.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ChargerStatus;
import dcocpp.api.time.TimeSource;
import dcocpp.api.update.BundleInstaller;
import dcocpp.api.update.InstallJob;

/** The installer as a service. It needs the clock only: a charger whose controller is broken must be repairable. */
@Component(immediate = true, configurationPid = "dcocpp.security")
public final class UpdateService implements BundleInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateService.class);
    private static final long STOP_SECONDS = 20;

    private final ScheduledExecutorService agent;
    private final Installer installer;
    private volatile UpdateSettings settings;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ChargerStatus status;

    @Activate
    public UpdateService(BundleContext context, UpdateSettings settings, @Reference TimeSource time) throws IOException {
        this.settings = settings;
        String named = context.getProperty("dcocpp.data");
        Path data = Path.of(named == null || named.isBlank() ? "data" : named).toAbsolutePath().normalize();
        Store store = Store.open(data.resolve("bundles"));
        agent = time.newAgent("dcocpp-update-jobs");
        installer = new Installer(new OsgiFramework(context), store, new SignatureCheck(data.resolve("certs").resolve("update")),
                () -> this.settings, this::snapshot, time, agent);
        installer.start();
    }

    @Modified
    void modified(UpdateSettings changed) {
        settings = changed;
    }

    /** A replacement that is under way is waited for: half of it would be worse. */
    @Deactivate
    void deactivate() throws InterruptedException {
        agent.shutdown();
        if (!agent.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("a bundle is still being replaced; it is finished after the next start");
        }
    }

    private Optional<ChargerSnapshot> snapshot() {
        ChargerStatus current = status;
        return current == null ? Optional.empty() : current.latest();
    }

    @Override
    public InstallJob install(Path jar, String source) {
        return installer.install(jar, source);
    }

    @Override
    public List<InstallJob> jobs() {
        return installer.jobs();
    }
}
