package dcocpp.update.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleJarTest {

    @TempDir
    Path folder;

    private Path jar(Map<String, String> changes) throws IOException {
        Map<String, String> headers = new HashMap<>(Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "a.b;singleton:=true",
                "Bundle-Version", "1.2.3.q"));
        headers.putAll(changes);
        headers.values().removeIf(String::isEmpty);
        return Jars.jar(folder.resolve("x.jar"), headers, Map.of("A", "a", "B", "b"));
    }

    private String refusal(Path jar) {
        return assertThrows(RefusedException.class, () -> BundleJar.read(jar)).getMessage();
    }

    @Test
    void nameVersionAndServicesAreRead() throws Exception {
        BundleJar read = BundleJar.read(jar(Map.of("Provide-Capability", Jars.PLANNER + ",osgi.service;objectClass=\"x.Y\"")));
        assertEquals("a.b", read.symbolicName());
        assertEquals("1.2.3.q", read.version().toString());
        assertEquals(Set.of("dcocpp.api.planner.ChargePlanner", "x.Y"), read.services());
        assertTrue(read.planner());
    }

    @ParameterizedTest
    @CsvSource({"Bundle-SymbolicName, '', not an OSGi bundle", "Bundle-ManifestVersion, '', not an OSGi bundle",
            "Bundle-ManifestVersion, 1, not an OSGi bundle", "Bundle-SymbolicName, ../x, letters", "Bundle-Version, one, 1.2.3",
            "Fragment-Host, dcocpp.api, fragment"})
    void whatIsNoBundleIsRefusedWithItsReason(String header, String value, String reason) throws Exception {
        String refusal = refusal(jar(Map.of(header, value)));
        assertTrue(refusal.contains(reason), refusal);
    }

    @Test
    void whatIsNoJarIsRefused() throws Exception {
        assertTrue(refusal(Files.writeString(folder.resolve("text"), "hello")).contains("not a jar"));
        assertTrue(refusal(Files.write(folder.resolve("empty"), new byte[0])).contains("not a jar"));
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws Exception {
        Path jar = jar(Map.of());
        byte[] content = Files.readAllBytes(jar);
        byte[] from = "B".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < content.length; i++) {
            // The names of the two entries stand alone in the headers of the zip, where no other B does behind a zero length field.
            if (content[i] == from[0] && nameOfLengthOne(content, i)) {
                content[i] = 'A';
            }
        }
        Files.write(jar, content);
        assertTrue(refusal(jar).contains("two entries"), () -> refusal(jar));
    }

    private static boolean nameOfLengthOne(byte[] content, int at) {
        boolean local = at >= 30 && content[at - 30] == 'P' && content[at - 29] == 'K' && content[at - 28] == 3;
        boolean central = at >= 46 && content[at - 46] == 'P' && content[at - 45] == 'K' && content[at - 44] == 1;
        return local || central;
    }

    @Test
    void capabilitiesOfOtherKindsAndDirectivesAreNoServices() {
        assertEquals(Set.of(), Capabilities.services(null));
        assertEquals(Set.of(), Capabilities.services("osgi.extender;objectClass=\"x.Y\""));
        assertEquals(Set.of("a.B", "c.D"), Capabilities.services(
                "other;x=\"1,2;3\", osgi.service ; effective:=active; objectClass:List<String>=\"a.B, c.D\";uses:=\"a,c\""));
        assertFalse(Capabilities.services("osgi.service;uses:=\"objectClass=x\"").contains("x"));
    }
}
