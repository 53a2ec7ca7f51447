package dcocpp.simrun.charger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.osgi.util.converter.Converters;

import dcocpp.api.topology.Topology;
import dcocpp.config.internal.file.ChargerConfig;
import dcocpp.config.internal.file.ChargerConfigLoader;
import dcocpp.config.internal.file.ConfigReport;
import dcocpp.config.internal.supply.Pid;
import dcocpp.config.internal.supply.PidTranslator;
import dcocpp.controller.internal.config.ChargePointConfig;
import dcocpp.controller.internal.config.ChargePointSettings;
import dcocpp.controller.internal.config.ConnectorConfig;
import dcocpp.controller.internal.config.ConnectorEntry;
import dcocpp.controller.internal.config.SiteConfig;
import dcocpp.controller.internal.config.SiteSettings;
import dcocpp.controller.internal.config.SlotConfig;
import dcocpp.controller.internal.config.SlotEntry;
import dcocpp.controller.internal.config.TopologyAssembly;
import dcocpp.ocpp.internal.core.Settings;
import dcocpp.simrun.script.ScenarioException;

/** What charger.json makes of the components, read by the rules of the product. */
public final class SiteFile {

    private static final List<String> INCLUDED = List.of("charger.json", "ocpp16-config.json");
    private static final String FACTORY = "~";
    /** Nobody resolves it: the connection ends in the simulated CSMS. */
    private static final URI ADDRESS = URI.create("ws://simulated.invalid/");

    private final Path data;
    private final Map<String, Map<String, Object>> pids = new TreeMap<>();
    private final Map<String, Object> keys;
    private final Topology topology;

    private SiteFile(ChargerConfig config, Path data, Map<String, Object> keys) {
        this.data = data;
        this.keys = keys;
        for (Pid pid : new PidTranslator(data, Optional.of("sim")).translate(config)) {
            Map<String, Object> values = new HashMap<>(pid.values());
            values.put(Pid.GENERATION, 1L);
            pids.put(pid.pid(), values);
        }
        topology = TopologyAssembly.assemble(connectors().stream().map(ConnectorEntry::value).toList(),
                slots().stream().map(SlotEntry::value).toList()).orElseThrow();
    }

    /**
     * Reads a charger.json.
     *
     * @param file the file; null = the ring of twelve guns that comes with the simulation
     * @param data where the charger writes
     * @param keys keys of the protocol that differ from the file, as {@code Section.Key}
     * @throws ScenarioException when it cannot be used
     */
    public static SiteFile read(Path file, Path data, Map<String, Object> keys) throws ScenarioException {
        ConfigReport report = new ChargerConfigLoader(Path.of("")).load(file == null ? included(data) : file);
        ChargerConfig config = report.config().orElseThrow(() -> new ScenarioException(report.file() + " cannot be used:\n"
                + ChargerConfigLoader.text(report.errors())));
        return new SiteFile(config, data, keys);
    }

    private static Path included(Path data) {
        try {
            Path folder = Files.createDirectories(data.resolve("configs"));
            for (String name : INCLUDED) {
                try (InputStream in = SiteFile.class.getResourceAsStream(name)) {
                    Files.write(folder.resolve(name), in.readAllBytes());
                }
            }
            return folder.resolve(INCLUDED.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration cannot be written to " + data, e);
        }
    }

    /** Guns and slots. */
    public Topology topology() {
        return topology;
    }

    /** What the guns together may draw, as configured, kW; infinite = no limit. */
    public double gridLimitKW() {
        return site().values().gridLimitW() / 1000;
    }

    /** The limits of the site, with another one from the grid. */
    public static void gridLimit(SiteSettings settings, SiteFile file, double limitKW) {
        settings.modified(file.siteConfig(limitKW));
    }

    /**
     * The configuration of a controller.
     *
     * @param gridLimitKW what the guns together may draw, kW
     */
    public ControllerHost.Configuration controller(double gridLimitKW) {
        SiteSettings site = site();
        site.modified(siteConfig(gridLimitKW));
        return new ControllerHost.Configuration(new ChargePointSettings(convert("dcocpp.chargepoint", ChargePointConfig.class), data), site,
                connectors(), slots());
    }

    private SiteSettings site() {
        return new SiteSettings(convert(PidTranslator.PLANNER, SiteConfig.class));
    }

    private SiteConfig siteConfig(double gridLimitKW) {
        Map<String, Object> values = new HashMap<>(pids.get(PidTranslator.PLANNER));
        values.put("gridLimitKW", Double.isInfinite(gridLimitKW) ? "unlimited" : (Object) gridLimitKW);
        return convert(values, SiteConfig.class);
    }

    private Collection<ConnectorEntry> connectors() {
        return all(PidTranslator.CONNECTOR, ConnectorConfig.class).stream().map(ConnectorEntry::new).toList();
    }

    private Collection<SlotEntry> slots() {
        return all(PidTranslator.SLOT, SlotConfig.class).stream().map(SlotEntry::new).toList();
    }

    private <T> List<T> all(String factory, Class<T> type) {
        List<T> all = new ArrayList<>();
        for (String pid : pids.keySet()) {
            if (pid.startsWith(factory + FACTORY)) {
                all.add(convert(pid, type));
            }
        }
        return all;
    }

    private <T> T convert(String pid, Class<T> type) {
        return convert(pids.get(pid), type);
    }

    /** Every value is converted here and now: what the converter gives would do it again at each question. */
    private static <T> T convert(Map<String, Object> properties, Class<T> type) {
        T lazy = Converters.standardConverter().convert(properties).to(type);
        Map<String, Object> values = new HashMap<>();
        for (Method method : type.getDeclaredMethods()) {
            try {
                values.put(method.getName(), method.invoke(lazy));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(type + " has no " + method.getName(), e);
            }
        }
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> values.get(method.getName())));
    }

    /** The settings of the protocol in one life of the process. */
    public Settings protocol(String bootId) {
        Map<String, Object> values = new HashMap<>(pids.get(PidTranslator.SECURITY));
        values.putAll(pids.get(PidTranslator.OCPP));
        values.put("centralSystemURI", ADDRESS.toString());
        Settings settings = Settings.of(values);
        return new Settings(settings.chargePointId(), settings.address(), settings.databaseFolder(), settings.logFolder(),
                settings.userConfig(), settings.security(), bootId, settings.transfers());
    }

    /** The keys of the protocol. */
    public Map<String, Object> keys() {
        Map<String, Object> all = new TreeMap<>(Settings.keys(pids.get(PidTranslator.OCPP)));
        all.putAll(keys);
        return all;
    }
}
