package dcocpp.update.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes jars. */
final class Jars {

    static final String PLANNER = "osgi.service;objectClass:List<String>=\"dcocpp.api.planner.ChargePlanner\";uses:=\"dcocpp.api.planner\"";
    static final String BACK_OFFICE = "osgi.service;objectClass:List<String>=\"dcocpp.api.backoffice.BackOffice\"";
    static final String HARDWARE = "osgi.service;objectClass:List<String>=\"dcocpp.api.hardware.Hardware\"";

    private Jars() {
    }

    static Path bundle(Path folder, String symbolicName, String version, String capability) throws IOException {
        Path file = folder.resolve(symbolicName + "-" + version + ".jar");
        return jar(file, Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", symbolicName, "Bundle-Version", version,
                "Provide-Capability", capability), Map.of("a/A.class", "code of " + version));
    }

    static Path jar(Path file, Map<String, String> headers, Map<String, String> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        return file;
    }
}
