package dcocpp.itest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Bundles made from those of the distribution. */
public final class Jars {

    private Jars() {
    }

    /** A bundle with another version in its manifest. */
    public static byte[] withVersion(Path jar, String version) throws IOException {
        return with(jar, "Bundle-Version", version);
    }

    /** A bundle with another name in its manifest. */
    public static byte[] withName(Path jar, String symbolicName) throws IOException {
        return with(jar, "Bundle-SymbolicName", symbolicName);
    }

    private static byte[] with(Path jar, String header, String value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue(header, value);
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return bytes.toByteArray();
    }
}
