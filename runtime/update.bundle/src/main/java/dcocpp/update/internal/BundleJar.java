package dcocpp.update.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

import org.osgi.framework.Constants;
import org.osgi.framework.Version;

import dcocpp.api.planner.ChargePlanner;

/**
 * What the manifest of a jar says.
 *
 * @param symbolicName name of the bundle
 * @param version version of the bundle
 * @param services class names of the services that it promises
 */
record BundleJar(String symbolicName, Version version, Set<String> services) {

    /** @throws RefusedException it is no bundle, or one that is never taken */
    static BundleJar read(Path file) throws RefusedException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            refuseDoubleEntries(jar);
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new RefusedException("the jar has no manifest; build it with bnd");
            }
            return of(manifest.getMainAttributes());
        } catch (IOException e) {
            throw new RefusedException("the file is not a jar: " + e.getMessage());
        }
    }

    private static BundleJar of(Attributes manifest) throws RefusedException {
        String header = manifest.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (header == null || !"2".equals(trimmed(manifest.getValue(Constants.BUNDLE_MANIFESTVERSION)))) {
            throw new RefusedException("the jar is not an OSGi bundle (Bundle-SymbolicName and Bundle-ManifestVersion: 2);"
                    + " build it with bnd");
        }
        String symbolicName = header.split(";", 2)[0].strip();
        if (!symbolicName.matches("[A-Za-z0-9_.-]+")) {
            throw new RefusedException("Bundle-SymbolicName is \"" + symbolicName + "\"; letters, digits, '_', '-' and '.' are right");
        }
        if (manifest.getValue(Constants.FRAGMENT_HOST) != null) {
            throw new RefusedException(symbolicName + " is a fragment: it would change another bundle from inside;"
                    + " update that bundle instead");
        }
        return new BundleJar(symbolicName, version(symbolicName, manifest), Capabilities.services(manifest.getValue(
                Constants.PROVIDE_CAPABILITY)));
    }

    private static Version version(String symbolicName, Attributes manifest) throws RefusedException {
        String text = manifest.getValue(Constants.BUNDLE_VERSION);
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("Bundle-Version of " + symbolicName + " is \"" + text + "\"; 1.2.3.qualifier is right");
        }
    }

    /** Two entries of one name: whoever checks may see another one than whoever runs it. */
    private static void refuseDoubleEntries(JarFile jar) throws RefusedException {
        Set<String> names = new HashSet<>();
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements();) {
            String name = entries.nextElement().getName();
            if (!names.add(name)) {
                throw new RefusedException("the jar has two entries " + name + "; build it anew");
            }
        }
    }

    private static String trimmed(String text) {
        return text == null ? "" : text.strip();
    }

    boolean planner() {
        return services.contains(ChargePlanner.class.getName());
    }
}
