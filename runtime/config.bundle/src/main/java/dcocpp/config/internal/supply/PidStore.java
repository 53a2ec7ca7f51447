package dcocpp.config.internal.supply;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Our part of Config Admin. */
final class PidStore {

    /** Visible to every bundle: a location of its own would hide a configuration from a bundle's replacement. */
    private static final String ANY_BUNDLE = "?";

    private static final Set<String> SINGLE = Set.of(
            PidTranslator.CHARGE_POINT, PidTranslator.PLANNER, PidTranslator.PLC, PidTranslator.SECURITY, PidTranslator.OCPP);
    private static final Set<String> FACTORIES = Set.of(PidTranslator.CONNECTOR, PidTranslator.SLOT);
    private static final Set<String> FRAMEWORK_KEYS = Set.of(
            Constants.SERVICE_PID, ConfigurationAdmin.SERVICE_FACTORYPID, ConfigurationAdmin.SERVICE_BUNDLELOCATION);

    /** No PID is edited more often before it is deleted. */
    private static final int MOST_RECOUNTS = 10_000;

    private final ConfigurationAdmin admin;
    private final Map<String, Long> changeCounts = new HashMap<>();

    PidStore(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Whether charger.json supplies this PID, or instances of this factory. */
    static boolean isOurs(String pid, String factoryPid) {
        return factoryPid == null ? SINGLE.contains(pid) : FACTORIES.contains(factoryPid);
    }

    /** What is stored, by PID, without what Config Admin adds. */
    Map<String, Map<String, Object>> read() throws IOException {
        Map<String, Map<String, Object>> stored = new LinkedHashMap<>();
        for (Configuration each : list("(" + Constants.SERVICE_PID + "=dcocpp.*)")) {
            if (isOurs(each.getPid(), each.getFactoryPid())) {
                stored.put(each.getPid(), values(each));
            }
        }
        return stored;
    }

    /** What is stored of one PID; null if nothing is. */
    Map<String, Object> read(String pid) throws IOException {
        for (Configuration each : list("(" + Constants.SERVICE_PID + "=" + pid + ")")) {
            return values(each);
        }
        return null;
    }

    /**
     * Writes a PID. One that was deleted counts its changes from 1 again, and a component that has seen a higher count (because
     * it has not been told of the deletion yet) would take every change up to it for an old one: so it is written until its
     * count is above.
     */
    void write(String pid, Map<String, Object> values) throws IOException {
        Configuration configuration = configuration(pid);
        long seen = changeCounts.getOrDefault(pid, 0L);
        for (int i = 0; i < MOST_RECOUNTS; i++) {
            configuration.update(new Hashtable<>(values));
            if (configuration.getChangeCount() > seen) {
                break;
            }
        }
        changeCounts.put(pid, configuration.getChangeCount());
    }

    private Configuration configuration(String pid) throws IOException {
        int separator = pid.indexOf('~');
        return separator < 0
                ? admin.getConfiguration(pid, ANY_BUNDLE)
                : admin.getFactoryConfiguration(pid.substring(0, separator), pid.substring(separator + 1), ANY_BUNDLE);
    }

    void delete(String pid) throws IOException {
        for (Configuration each : list("(" + Constants.SERVICE_PID + "=" + pid + ")")) {
            each.delete();
        }
    }

    private Configuration[] list(String filter) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> values(Configuration configuration) {
        changeCounts.merge(configuration.getPid(), configuration.getChangeCount(), Math::max);
        Map<String, Object> values = new LinkedHashMap<>();
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties != null) {
            for (String key : Collections.list(properties.keys())) {
                if (!FRAMEWORK_KEYS.contains(key)) {
                    values.put(key, properties.get(key));
                }
            }
        }
        return values;
    }
}
