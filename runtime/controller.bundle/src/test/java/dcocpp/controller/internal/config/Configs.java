package dcocpp.controller.internal.config;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

import org.osgi.framework.BundleContext;

/** Configuration entries for tests, with the defaults of their definitions. */
public final class Configs {

    private Configs() {
    }

    public static ChargePointSettings chargePoint(Path databaseDir, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("databaseDir", databaseDir.toString());
        return new ChargePointSettings(annotation(ChargePointConfig.class, all), bundleContext(databaseDir));
    }

    public static void modify(ChargePointSettings settings, Map<String, Object> values) {
        settings.modified(annotation(ChargePointConfig.class, values));
    }

    public static SiteSettings site(Map<String, Object> values) {
        return new SiteSettings(annotation(SiteConfig.class, values));
    }

    public static void modify(SiteSettings settings, Map<String, Object> values) {
        settings.modified(annotation(SiteConfig.class, values));
    }

    public static ConnectorEntry connector(long generation, int id, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of("config_generation", generation, "id", id, "plcId", id - 1,
                "maxCurrentA", 200.0, "maxPowerW", 60_000.0, "maxVoltageV", 1000.0, "minVoltageV", 200.0));
        all.putAll(values);
        return new ConnectorEntry(annotation(ConnectorConfig.class, all));
    }

    public static SlotEntry slot(long generation, int id, int slots) {
        return new SlotEntry(annotation(SlotConfig.class, Map.ofEntries(Map.entry("config_generation", generation),
                Map.entry("id", id), Map.entry("gunId", id), Map.entry("gc", "GC_" + id), Map.entry("mc", "MC_" + id),
                Map.entry("cw", id % slots + 1), Map.entry("ccw", id == 1 ? slots : id - 1),
                Map.entry("moduleIds", new String[] {"M" + id + "_0", "M" + id + "_1"}),
                Map.entry("moduleContactors", new String[] {"MN_" + id + "_0", "MN_" + id + "_1"}),
                Map.entry("moduleTypes", new String[] {"", ""}), Map.entry("moduleAddresses", new int[] {-1, -1}),
                Map.entry("moduleGroups", new int[] {0, 0}), Map.entry("moduleCanInterfaces", new String[] {"", ""}),
                Map.entry("moduleRatedPowerKW", new double[] {30, 30}), Map.entry("moduleRatedCurrentA", new double[] {100, 100}))));
    }

    public static List<SlotEntry> ring(long generation, int slots) {
        return IntStream.rangeClosed(1, slots).mapToObj(id -> slot(generation, id, slots)).toList();
    }

    /** Knows the data folder and nothing else. */
    public static BundleContext bundleContext(Path dataDir) {
        return (BundleContext) Proxy.newProxyInstance(Configs.class.getClassLoader(), new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> "dcocpp.data".equals(arguments[0]) ? dataDir.toString() : null);
    }

    private static <T> T annotation(Class<T> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            Object value = values.getOrDefault(method.getName(), method.getDefaultValue());
            return value == null ? empty(method) : value;
        }));
    }

    private static Object empty(Method method) {
        return method.getReturnType().isArray() ? Array.newInstance(method.getReturnType().getComponentType(), 0) : null;
    }
}
