package dcocpp.update.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that are large inside. */
class JarSizeTest {

    private static final long MAX_BYTES = 1_000_000;

    @TempDir
    Path folder;

    private Path jar(Map<String, String> entries) throws Exception {
        Path jar = Jars.jar(folder.resolve("x.jar"), Map.of(), entries);
        assertTrue(Files.size(jar) < MAX_BYTES);
        return jar;
    }

    private String refusal(Path jar) {
        return assertThrows(RefusedException.class, () -> JarSize.check(jar, MAX_BYTES)).getMessage();
    }

    @Test
    void whatGrowsTenfoldIsTaken() throws Exception {
        Path jar = jar(Map.of("a", "0".repeat(5_000_000), "b", "0".repeat(4_900_000)));
        assertDoesNotThrow(() -> JarSize.check(jar, MAX_BYTES));
    }

    @Test
    void whatGrowsMoreIsRefusedAlsoWhenNoSingleEntryDoes() throws Exception {
        assertTrue(refusal(jar(Map.of("a", "0".repeat(11_000_000)))).contains("uploads.maxBytes"));
        assertTrue(refusal(jar(Map.of("a", "0".repeat(6_000_000), "b", "0".repeat(6_000_000)))).contains("10000000 bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"META-INF/KEY.SF", "META-INF/key.rsa", "META-INF/manifest.mf"})
    void whatIsReadIntoMemoryIsShorter(String name) throws Exception {
        String refusal = refusal(jar(Map.of(name, "0".repeat(1_100_000))));
        assertTrue(refusal.startsWith(name), refusal);
    }

    @Test
    void whatIsNoJarIsRefused() throws Exception {
        assertTrue(refusal(Files.writeString(folder.resolve("text"), "hello")).contains("not a jar"));
    }
}
