package dcocpp.ocpp.internal.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values of all keys: what the protocol or the hardware decides wins over what the back office has set, that over the
 * base configuration, that over the default.
 * Used on the owner thread only.
 */
public final class Configuration {
    private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);

    private final KeyCatalogue catalogue;
    private final UserConfig userConfig;
    private final Map<String, String> overrides = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> set = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> base = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Function<String, Optional<Change>>> guards = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Consumer<String>> listeners = new ArrayList<>();

    /** How a wish to change a key ended; the names are those of ChangeConfiguration.conf. */
    public enum Change {
        Accepted, Rejected, NotSupported
    }

    /** A key as a back office sees it; value null means that it is not told. */
    public record Entry(String name, boolean readOnly, String value) {
    }

    /**
     * @param properties the base configuration, flat: {@code Section.Key}
     * @param measurands what this charge point can measure
     * @param userConfig where changes by the back office are kept
     */
    public Configuration(Map<String, ?> properties, Set<String> measurands, Path userConfig) {
        this.catalogue = new KeyCatalogue(measurands, () -> number("NumberOfConnectors"));
        this.userConfig = new UserConfig(userConfig);
        readBase(properties);
        this.userConfig.read().forEach((name, value) -> {
            Key key = catalogue.find(name);
            if (key != null && key.access().writable() && key.type().normal(value) != null) {
                set.put(name, key.type().normal(value));
            } else {
                LOG.warn("{} in {} is not a value that can be set any more, left out", name, userConfig);
            }
        });
    }

    private void readBase(Map<String, ?> properties) {
        base.clear();
        for (Key key : catalogue.all()) {
            Object value = properties.get(key.section() + "." + key.name());
            if (value == null) {
                continue;
            }
            String normal = key.type().normal(plain(value));
            if (normal == null) {
                LOG.error("{}.{} is '{}' in the base configuration and must be {}; {} counts", key.section(), key.name(),
                        key.access().readable() ? value : "***", key.type().expectation(), key.defaultValue());
            } else {
                base.put(key.name(), normal);
            }
        }
    }

    /** JSON has one kind of number: 30.0 is the integer 30. */
    private static String plain(Object value) {
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < Integer.MAX_VALUE
                ? Integer.toString(number.intValue())
                : value.toString();
    }

    /** Takes another base configuration; whoever listens hears of each key that is different now. */
    public void rebase(Map<String, ?> properties) {
        Map<String, String> before = new TreeMap<>();
        catalogue.all().forEach(key -> before.put(key.name(), text(key.name())));
        readBase(properties);
        before.forEach((name, old) -> {
            if (!text(name).equals(old)) {
                tell(name);
            }
        });
    }

    /** Calls the listener with the name of each key that changes. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    /**
     * Whoever has a say in a key, beside its type and range.
     *
     * @param guard is asked for each new value that the back office wants; empty = the value may be taken as always
     */
    public void guard(String name, Function<String, Optional<Change>> guard) {
        guards.put(name, guard);
    }

    private void tell(String name) {
        listeners.forEach(listener -> listener.accept(name));
    }

    public String text(String name) {
        Key key = catalogue.find(name);
        if (key == null) {
            throw new IllegalArgumentException("no such key: " + name);
        }
        return Stream.of(overrides, set, base).map(values -> values.get(name)).filter(Objects::nonNull).findFirst()
                .orElse(key.defaultValue());
    }

    /** The value without what the back office has set. */
    public String base(String name) {
        return base.getOrDefault(name, catalogue.find(name).defaultValue());
    }

    public int number(String name) {
        return Integer.parseInt(text(name));
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    public List<String> list(String name) {
        return KeyType.split(text(name));
    }

    /** Changes a key on behalf of the back office; on disk before it counts. */
    public Change change(String name, String value) {
        Key key = catalogue.find(name);
        if (key == null) {
            return Change.NotSupported;
        }
        String normal = key.type().normal(value);
        if (!key.access().writable() || normal == null) {
            return Change.Rejected;
        }
        Optional<Change> decided = Optional.ofNullable(guards.get(key.name())).flatMap(guard -> guard.apply(normal));
        return decided.orElseGet(() -> keep(key, normal));
    }

    /** Keeps a value that a guard has taken its time for. */
    public Change settle(String name, String value) {
        return keep(catalogue.find(name), value);
    }

    private Change keep(Key key, String normal) {
        Map<String, String> wanted = new TreeMap<>(set);
        wanted.put(key.name(), normal);
        try {
            userConfig.write(wanted);
        } catch (IOException e) {
            LOG.error("{} is not changed, it could not be kept: {}", key.name(), e.toString());
            return Change.Rejected;
        }
        boolean different = !text(key.name()).equals(normal);
        set.put(key.name(), normal);
        overrides.remove(key.name());
        if (different) {
            tell(key.name());
        }
        return Change.Accepted;
    }

    /** Sets a value for as long as this process runs; used for what BootNotification.conf and the hardware decide. */
    public void override(String name, String value) {
        if (!text(name).equals(value)) {
            overrides.put(name, value);
            tell(name);
        }
    }

    /** Every key that a back office may know of, in alphabetical order. */
    public Collection<Entry> entries() {
        return catalogue.all().stream().map(this::entry).toList();
    }

    /** Null if there is no such key. */
    public Entry entry(String name) {
        Key key = catalogue.find(name);
        return key == null ? null : entry(key);
    }

    private Entry entry(Key key) {
        return new Entry(key.name(), !key.access().writable(), key.access().readable() ? text(key.name()) : null);
    }
}
