package dcocpp.controller.internal.config;

import java.nio.file.Path;
import java.time.Duration;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The charge point's settings in force; replaced as a whole when the configuration changes. From any thread. */
@Component(service = ChargePointSettings.class, configurationPid = "dcocpp.chargepoint",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ChargePointConfig.class)
public final class ChargePointSettings {

    private final Path databaseDirAtStart;
    private final Path recordingDir;
    private volatile ChargePointConfig config;

    @Activate
    public ChargePointSettings(ChargePointConfig config, BundleContext context) {
        this(config, dataDir(context));
    }

    /** Settings without a framework; {@code dataDir} is what its property {@code dcocpp.data} would name. */
    public ChargePointSettings(ChargePointConfig config, Path dataDir) {
        this.config = config;
        this.databaseDirAtStart = databaseDir(config, dataDir);
        this.recordingDir = dataDir.resolve("log").resolve("planner");
    }

    private static Path dataDir(BundleContext context) {
        String dataDir = context.getProperty("dcocpp.data");
        return Path.of(dataDir == null ? "data" : dataDir);
    }

    private static Path databaseDir(ChargePointConfig config, Path dataDir) {
        return config.databaseDir().isBlank() ? dataDir.resolve("db") : Path.of(config.databaseDir());
    }

    @Modified
    void modified(ChargePointConfig newConfig) {
        config = newConfig;
    }

    /** The charger's name at the back office. */
    public String id() {
        return config.id();
    }

    /** The name of the hardware to use. */
    public String hardware() {
        return config.hardware();
    }

    /** Where the databases are; constant while the charger runs, because the journal must not move under a transaction. */
    public Path databaseDir() {
        return databaseDirAtStart;
    }

    /** Where planner inputs are recorded, when they are. */
    public Path recordingDir() {
        return recordingDir;
    }

    /** How long a session waits for a token. */
    public Duration authorizationTimeout() {
        return Duration.ofSeconds(config.authorizationSeconds());
    }

    /** How long an authorized session waits until the vehicle asks for energy. */
    public Duration powerRequestTimeout() {
        return Duration.ofSeconds(config.powerRequestSeconds());
    }

    /** How long sessions go on while the journal cannot be written; zero = without limit. */
    public Duration journalFaultLimit() {
        return Duration.ofSeconds(config.journalFaultSeconds());
    }

    /** Age of a gun's data that ends a session. */
    public Duration telemetryTimeout() {
        return Duration.ofMillis(config.telemetryTimeoutMs());
    }
}
