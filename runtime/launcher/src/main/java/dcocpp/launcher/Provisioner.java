package dcocpp.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Brings the bundles of a distribution into a framework that is initialised and not yet started.
 *
 * <p>What was replaced, stopped or uninstalled in the field stays so over restarts: a jar of the distribution is applied once, until its
 * content changes. The hashes of what was applied lie in the bundle cache itself, so that throwing the cache away means a fresh start.
 */
final class Provisioner {
    /** Locations of the distribution's bundles; a bundle that came from elsewhere has another one. */
    static final String LOCATION = "dist:";

    private static final String APPLIED = "dcocpp-applied.properties";

    private final BundleContext context;
    private final FrameworkSettings settings;
    private final Path appliedFile;
    private final List<String> news = new ArrayList<>();

    Provisioner(BundleContext context, FrameworkSettings settings, Path cache) {
        this.context = context;
        this.settings = settings;
        this.appliedFile = cache.resolve(APPLIED);
    }

    /**
     * Installs, updates and removes until the framework holds this distribution and what the field made of it.
     *
     * @return what was changed in a framework that had bundles before; empty at the first start
     */
    List<String> apply(List<BundleJar> jars) throws LaunchException {
        try {
            Properties before = read();
            Properties after = new Properties();
            for (BundleJar jar : jars) {
                String hash = sha256(jar.file());
                if (!hash.equals(before.getProperty(jar.symbolicName()))) {
                    take(jar, !before.containsKey(jar.symbolicName()), !before.isEmpty());
                }
                after.setProperty(jar.symbolicName(), hash);
            }
            for (Bundle bundle : context.getBundles()) {
                if (bundle.getLocation().startsWith(LOCATION) && !after.containsKey(bundle.getLocation().substring(LOCATION.length()))) {
                    bundle.uninstall();
                    news.add(bundle.getSymbolicName() + " is no longer part of the distribution: removed");
                }
            }
            if (!after.equals(before)) {
                write(after);
            }
            return List.copyOf(news);
        } catch (IOException | BundleException e) {
            throw new LaunchException(ExitCode.FAILED, "cannot bring the bundles into " + appliedFile.getParent() + ": " + e.getMessage(), e);
        }
    }

    private void take(BundleJar jar, boolean first, boolean tell) throws IOException, BundleException {
        String location = LOCATION + jar.symbolicName();
        for (Bundle other : context.getBundles()) {
            if (jar.symbolicName().equals(other.getSymbolicName()) && !other.getLocation().equals(location)) {
                other.uninstall();
                news.add(jar.symbolicName() + " " + other.getVersion() + " from the field gives way to that of the new distribution");
            }
        }
        Bundle bundle = context.getBundle(location);
        try (InputStream content = Files.newInputStream(jar.file())) {
            if (bundle != null) {
                bundle.update(content);
            } else {
                bundle = context.installBundle(location, content);
            }
        }
        // It may be there already: the power went between its installation and its start.
        if (first && !jar.fragment()) {
            bundle.start();
        }
        bundle.adapt(BundleStartLevel.class).setStartLevel(settings.startLevel(jar.symbolicName()));
        if (tell) {
            news.add(jar.symbolicName() + " " + bundle.getVersion() + " is new in the distribution");
        }
    }

    private Properties read() throws IOException {
        Properties applied = new Properties();
        if (Files.exists(appliedFile)) {
            try (Reader reader = Files.newBufferedReader(appliedFile)) {
                applied.load(reader);
            }
        }
        return applied;
    }

    private void write(Properties applied) throws IOException {
        Path temporary = appliedFile.resolveSibling(APPLIED + ".tmp");
        try (Writer writer = Files.newBufferedWriter(temporary)) {
            applied.store(writer, "SHA-256 of the distribution's bundles as they were last applied");
        }
        Files.move(temporary, appliedFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
