package dcocpp.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A bundle of the distribution.
 *
 * @param file         the jar
 * @param symbolicName its Bundle-SymbolicName without directives
 * @param fragment     whether it is a fragment, which is never started
 */
public record BundleJar(Path file, String symbolicName, boolean fragment) {

    /**
     * The bundles in {@code bundle/} of a distribution, sorted by file name.
     *
     * @throws LaunchException when the folder cannot be read, a jar is no bundle, or two have the same symbolic name
     */
    public static List<BundleJar> of(Path home) throws LaunchException {
        Path folder = home.resolve("bundle");
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "cannot read " + folder + ": " + home + " is not a whole distribution", e);
        }
        List<BundleJar> jars = new ArrayList<>();
        Map<String, Path> byName = new HashMap<>();
        for (Path file : files) {
            BundleJar jar = read(file);
            Path twin = byName.put(jar.symbolicName(), file);
            if (twin != null) {
                throw new LaunchException(ExitCode.FAILED, "two jars hold the bundle " + jar.symbolicName() + ": "
                        + twin + " and " + file + "; remove one of them");
            }
            jars.add(jar);
        }
        return List.copyOf(jars);
    }

    private static BundleJar read(Path file) throws LaunchException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
            if (name == null) {
                throw new LaunchException(ExitCode.FAILED, file + " is not a bundle (no Bundle-SymbolicName); remove it");
            }
            boolean fragment = manifest.getMainAttributes().getValue("Fragment-Host") != null;
            return new BundleJar(file, name.split(";", 2)[0].trim(), fragment);
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
