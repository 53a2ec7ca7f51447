package dcocpp.launcher.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** The same bundle under a higher version: what an update looks like to the charger when nothing else shall change. */
final class NextVersion {

    private NextVersion() {
    }

    /** The version after one that runs: the last number is higher by one. */
    static Version after(Version running) {
        return new Version(running.getMajor(), running.getMinor(), running.getMicro() + 1);
    }

    /**
     * A copy of a bundle's jar with this version.
     *
     * @param copy where it is written
     */
    static void of(Path jar, Version version, Path copy) throws IOException {
        Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem inside = FileSystems.newFileSystem(copy)) {
            Path file = inside.getPath(JarFile.MANIFEST_NAME);
            Manifest manifest;
            try (InputStream in = Files.newInputStream(file)) {
                manifest = new Manifest(in);
            }
            manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, version.toString());
            try (OutputStream out = Files.newOutputStream(file)) {
                manifest.write(out);
            }
        }
    }
}
