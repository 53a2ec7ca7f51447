package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;

/** A whole start, of a distribution whose bundles consist of a manifest: one is sound, two import what nobody exports. */
class ChargerRuntimeTest {
    private static final ConsoleAddress ON = new ConsoleAddress(true, "127.0.0.1", 0);

    @TempDir
    private Path folder;

    @BeforeEach
    void distribution() throws IOException {
        Files.createDirectories(folder.resolve("bundle"));
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/config.properties"),
                "org.osgi.framework.storage=${dcocpp.data}/felix-cache\nstartlevel.40=page\nstartlevel.default=20\n");
        jar("sound", null);
        jar("broken", "no.such");
        jar("page", "no.such.either");
    }

    @Test
    void bundlesThatLackAnImportAreNamed() throws Exception {
        try (ChargerRuntime charger = ChargerRuntime.start(options(ON))) {
            assertEquals(List.of("broken 1.0.0", "page 1.0.0"), charger.unresolvedBundles().stream().sorted().toList());
        }
    }

    @Test
    void whatShallNotRunInThisStartIsNotNamed() throws Exception {
        try (ChargerRuntime charger = ChargerRuntime.start(options(ConsoleAddress.OFF))) {
            assertEquals(List.of("broken 1.0.0"), charger.unresolvedBundles());
        }
    }

    @Test
    void aPortThatIsTakenIsToldBeforeAnythingStarts() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RunOptions options = options(new ConsoleAddress(true, "127.0.0.1", other.getLocalPort()));
            LaunchException refused = assertThrows(LaunchException.class, () -> ChargerRuntime.start(options));
            assertTrue(refused.getMessage().startsWith("cannot listen on 127.0.0.1:" + other.getLocalPort()), refused.getMessage());
            assertFalse(Files.exists(options.data().resolve("felix-cache")), "a framework was made");
        }
        DataFolder.open(folder.resolve("data")).close();
    }

    private RunOptions options(ConsoleAddress console) {
        return new RunOptions(folder, folder.resolve("charger.json"), folder.resolve("data"), null, console, false, 1);
    }

    private void jar(String name, String imports) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        main.putValue(Constants.BUNDLE_VERSION, "1.0.0");
        if (imports != null) {
            main.putValue(Constants.IMPORT_PACKAGE, imports);
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve("bundle").resolve(name + ".jar"));
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
    }
}
