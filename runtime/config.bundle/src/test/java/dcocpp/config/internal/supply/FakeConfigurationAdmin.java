package dcocpp.config.internal.supply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Config Admin in memory: keeps copies, tells a listener, counts writes, and can be out of space. */
final class FakeConfigurationAdmin implements ConfigurationAdmin {

    final TreeMap<String, FakeConfiguration> all = new TreeMap<>();
    final List<String> writes = new ArrayList<>();
    BiConsumer<String, String> listener = (pid, factory) -> { };
    boolean full;

    @Override
    public Configuration getConfiguration(String pid, String location) {
        return all.computeIfAbsent(pid, name -> new FakeConfiguration(name, null, location));
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
        return all.computeIfAbsent(factoryPid + "~" + name, pid -> new FakeConfiguration(pid, factoryPid, location));
    }

    /** The filters that the code under test uses: (service.pid=x) and (service.pid=x*). */
    @Override
    public Configuration[] listConfigurations(String filter) throws InvalidSyntaxException {
        String value = filter.replaceAll("\\(service\\.pid=(.*)\\)", "$1");
        Configuration[] found = all.values().stream()
                .filter(each -> each.properties != null)
                .filter(each -> value.endsWith("*") ? each.pid.startsWith(value.substring(0, value.length() - 1)) : each.pid.equals(value))
                .toArray(Configuration[]::new);
        return found.length == 0 ? null : found;
    }

    @Override
    public Configuration getConfiguration(String pid) {
        throw new UnsupportedOperationException("would bind the configuration to one bundle");
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name) {
        throw new UnsupportedOperationException("would bind the configuration to one bundle");
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid, String location) {
        throw new UnsupportedOperationException();
    }

    Object value(String pid, String property) {
        FakeConfiguration configuration = all.get(pid);
        return configuration == null ? null : configuration.properties.get(property);
    }

    /** What somebody else does: replaces some values as a form does. */
    void edit(String pid, Map<String, Object> values) throws IOException {
        Dictionary<String, Object> properties = all.get(pid).getProperties();
        values.forEach((key, value) -> {
            if (value == null) {
                properties.remove(key);
            } else {
                properties.put(key, value);
            }
        });
        all.get(pid).update(properties);
    }

    final class FakeConfiguration implements Configuration {

        private final String pid;
        private final String factoryPid;
        private final String location;
        private Hashtable<String, Object> properties;
        private long changeCount;

        private FakeConfiguration(String pid, String factoryPid, String location) {
            this.pid = pid;
            this.factoryPid = factoryPid;
            this.location = location;
        }

        @Override
        public String getPid() {
            return pid;
        }

        @Override
        public String getFactoryPid() {
            return factoryPid;
        }

        @Override
        public String getBundleLocation() {
            return location;
        }

        @Override
        public Dictionary<String, Object> getProperties() {
            return properties == null ? null : new Hashtable<>(properties);
        }

        @Override
        public void update(Dictionary<String, ?> values) throws IOException {
            if (full) {
                throw new IOException("no space left on device");
            }
            properties = new Hashtable<>();
            Collections.list(values.keys()).forEach(key -> properties.put(key, values.get(key)));
            properties.put("service.pid", pid);
            changeCount++;
            writes.add(pid);
            listener.accept(pid, factoryPid);
        }

        @Override
        public void delete() {
            all.remove(pid);
            writes.add("-" + pid);
            listener.accept(pid, factoryPid);
        }

        @Override
        public void update() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean updateIfDifferent(Dictionary<String, ?> values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setBundleLocation(String bundleLocation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getChangeCount() {
            return changeCount;
        }

        @Override
        public Dictionary<String, Object> getProcessedProperties(ServiceReference<?> reference) {
            return getProperties();
        }

        @Override
        public void addAttributes(ConfigurationAttribute... attributes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<ConfigurationAttribute> getAttributes() {
            return Set.of();
        }

        @Override
        public void removeAttributes(ConfigurationAttribute... attributes) {
            throw new UnsupportedOperationException();
        }
    }
}
