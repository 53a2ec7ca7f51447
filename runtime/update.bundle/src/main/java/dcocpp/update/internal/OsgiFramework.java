package dcocpp.update.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

import dcocpp.api.time.TimeSource;

/** The real framework. */
final class OsgiFramework implements Framework {

    private static final long REFRESH_SECONDS = 15;

    private final BundleContext context;

    OsgiFramework(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<Installed> bundles() {
        return Arrays.stream(context.getBundles()).filter(bundle -> bundle.getSymbolicName() != null).map(OsgiFramework::installed).toList();
    }

    private static Installed installed(Bundle bundle) {
        boolean active = bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
        return new Installed(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion(), bundle.getLocation(), active,
                bundle.adapt(BundleStartLevel.class) == null ? 0 : bundle.adapt(BundleStartLevel.class).getStartLevel(),
                promised(bundle), registered(bundle));
    }

    private static Set<String> promised(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        Set<String> promised = new HashSet<>();
        if (revision != null) {
            for (BundleCapability capability : revision.getDeclaredCapabilities("osgi.service")) {
                Object classes = capability.getAttributes().get(Constants.OBJECTCLASS);
                if (classes instanceof Collection<?> several) {
                    several.forEach(one -> promised.add(one.toString()));
                } else if (classes != null) {
                    promised.add(classes.toString());
                }
            }
        }
        return promised;
    }

    private static Set<String> registered(Bundle bundle) {
        ServiceReference<?>[] references = bundle.getRegisteredServices();
        return references == null ? Set.of() : Arrays.stream(references)
                .flatMap(reference -> Arrays.stream((String[]) reference.getProperty(Constants.OBJECTCLASS))).collect(Collectors.toSet());
    }

    /** Everything that this bundle and the clock's provider are wired to, directly or not. */
    @Override
    public Set<Long> foundation() {
        Deque<Bundle> open = new ArrayDeque<>(List.of(context.getBundle()));
        ServiceReference<TimeSource> clock = context.getServiceReference(TimeSource.class);
        if (clock != null && clock.getBundle() != null) {
            open.add(clock.getBundle());
        }
        Set<Long> ids = new HashSet<>();
        while (!open.isEmpty()) {
            Bundle bundle = open.remove();
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            if (ids.add(bundle.getBundleId()) && wiring != null) {
                for (BundleWire wire : wiring.getRequiredWires(null)) {
                    open.add(wire.getProvider().getBundle());
                }
            }
        }
        return ids;
    }

    @Override
    public long install(String location, Path jar, int startLevel) throws BundleException, IOException {
        try (InputStream content = Files.newInputStream(jar)) {
            Bundle bundle = context.installBundle(location, content);
            bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
            return bundle.getBundleId();
        }
    }

    @Override
    public Optional<String> unresolved(long id) {
        try {
            Bundle bundle = bundle(id);
            if (wiring().resolveBundles(Set.of(bundle))) {
                return Optional.empty();
            }
            // The resolver keeps its reasons to itself; a start that must fail tells them.
            bundle.start(Bundle.START_TRANSIENT);
            bundle.stop();
            return Optional.empty();
        } catch (BundleException e) {
            return Optional.of("its requirements are not met: " + e.getMessage());
        }
    }

    @Override
    public void start(long id) throws BundleException {
        bundle(id).start();
    }

    @Override
    public void stop(long id) throws BundleException {
        bundle(id).stop(Bundle.STOP_TRANSIENT);
    }

    @Override
    public void replace(long id, Path jar) throws BundleException, IOException {
        Bundle bundle = bundle(id);
        try (InputStream content = Files.newInputStream(jar)) {
            bundle.update(content);
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(Set.of(bundle), event -> refreshed.countDown());
        try {
            if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                throw new BundleException("the framework has not refreshed " + bundle.getSymbolicName() + " within " + REFRESH_SECONDS
                        + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("the charger is stopping", e);
        }
    }

    @Override
    public void uninstall(long id) throws BundleException {
        Bundle bundle = context.getBundle(id);
        if (bundle != null) {
            bundle.uninstall();
            wiring().refreshBundles(Set.of(bundle));
        }
    }

    /** Entry by entry: the framework does not hand out the jar that it was given. */
    @Override
    public void copy(long id, Path jar) throws IOException {
        Bundle bundle = bundleOrFail(id);
        Path part = jar.resolveSibling(jar.getFileName() + ".part");
        try (OutputStream file = Files.newOutputStream(part); JarOutputStream out = new JarOutputStream(file)) {
            // Readers of streams look for the manifest in the first entries only.
            copyEntry(bundle, JarFile.MANIFEST_NAME, out);
            Deque<String> folders = new ArrayDeque<>(List.of("/"));
            while (!folders.isEmpty()) {
                for (String path : paths(bundle, folders.remove())) {
                    if (path.endsWith("/")) {
                        folders.add(path);
                    } else if (!path.equals(JarFile.MANIFEST_NAME)) {
                        copyEntry(bundle, path, out);
                    }
                }
            }
        }
        Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> paths(Bundle bundle, String folder) {
        Enumeration<String> paths = bundle.getEntryPaths(folder);
        return paths == null ? List.of() : Collections.list(paths);
    }

    private static void copyEntry(Bundle bundle, String path, JarOutputStream out) throws IOException {
        URL entry = bundle.getEntry("/" + path);
        if (entry == null) {
            throw new IOException(bundle.getSymbolicName() + " has no entry " + path);
        }
        out.putNextEntry(new JarEntry(path));
        try (InputStream content = entry.openStream()) {
            content.transferTo(out);
        }
        out.closeEntry();
    }

    private Bundle bundle(long id) throws BundleException {
        Bundle bundle = context.getBundle(id);
        if (bundle == null) {
            throw new BundleException("the bundle " + id + " is gone");
        }
        return bundle;
    }

    private Bundle bundleOrFail(long id) throws IOException {
        try {
            return bundle(id);
        } catch (BundleException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
    }
}
