package dcocpp.update.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.osgi.framework.BundleException;

/** A framework in memory: bundles register what they promise when they are started, unless a test says otherwise. */
final class FakeFramework implements Framework {

    /** Versions whose requirements are not met. */
    final Set<String> unresolvable = new HashSet<>();
    /** Versions that throw when they are started. */
    final Set<String> failing = new HashSet<>();
    /** Versions whose components do not activate. */
    final Set<String> mute = new HashSet<>();
    final Set<Long> foundation = new HashSet<>();
    final Map<Long, Bundle> bundles = new TreeMap<>();
    private long nextId = 1;

    /** A bundle. */
    static final class Bundle {

        BundleJar jar;
        byte[] content;
        String location;
        boolean active;
        int startLevel;
        final Map<String, Integer> starts = new HashMap<>();
    }

    long started(String location, Path jar) throws Exception {
        long id = install(location, jar, 20);
        start(id);
        return id;
    }

    Optional<Bundle> named(String symbolicName, String version) {
        return bundles.values().stream()
                .filter(bundle -> bundle.jar.symbolicName().equals(symbolicName) && bundle.jar.version().toString().equals(version))
                .findFirst();
    }

    @Override
    public List<Installed> bundles() {
        return bundles.entrySet().stream().map(entry -> {
            Bundle bundle = entry.getValue();
            boolean registers = bundle.active && !mute.contains(bundle.jar.version().toString());
            return new Installed(entry.getKey(), bundle.jar.symbolicName(), bundle.jar.version(), bundle.location, bundle.active,
                    bundle.startLevel, bundle.jar.services(), registers ? bundle.jar.services() : Set.of());
        }).toList();
    }

    @Override
    public Set<Long> foundation() {
        return foundation;
    }

    @Override
    public long install(String location, Path jar, int startLevel) throws IOException {
        Bundle bundle = new Bundle();
        bundle.location = location;
        bundle.startLevel = startLevel;
        fill(bundle, jar);
        bundles.put(nextId, bundle);
        return nextId++;
    }

    private static void fill(Bundle bundle, Path jar) throws IOException {
        try {
            bundle.jar = BundleJar.read(jar);
            bundle.content = Files.readAllBytes(jar);
        } catch (RefusedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public Optional<String> unresolved(long id) {
        return unresolvable.contains(version(id)) ? Optional.of("missing no.such.package") : Optional.empty();
    }

    @Override
    public void start(long id) throws BundleException {
        if (unresolvable.contains(version(id)) || failing.contains(version(id))) {
            throw new BundleException("cannot start " + version(id));
        }
        bundles.get(id).active = true;
        bundles.get(id).starts.merge(version(id), 1, Integer::sum);
    }

    private String version(long id) {
        return bundles.get(id).jar.version().toString();
    }

    @Override
    public void stop(long id) {
        bundles.get(id).active = false;
    }

    @Override
    public void replace(long id, Path jar) throws IOException {
        fill(bundles.get(id), jar);
    }

    @Override
    public void uninstall(long id) {
        bundles.remove(id);
    }

    @Override
    public void copy(long id, Path jar) throws IOException {
        Files.write(jar, bundles.get(id).content);
    }
}
