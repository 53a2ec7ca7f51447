package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command makes of its settings. */
class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void foldersAreFilledIntoFrameworkProperties() throws Exception {
        FrameworkSettings settings = read("storage=${dcocpp.data}/cache\nlog=${dcocpp.home}/conf/x.xml\n");
        assertEquals(folder.resolve("data/cache").toString(), settings.properties().get("storage"));
        assertEquals(folder.resolve("conf/x.xml").toString(), settings.properties().get("log"));
    }

    @Test
    void startLevelsGoBySymbolicName() throws Exception {
        FrameworkSettings settings = read("startlevel.1=org.log.*, spi\nstartlevel.40=web*\nstartlevel.default=20\n");
        assertEquals(1, settings.startLevel("org.log.api"));
        assertEquals(1, settings.startLevel("spi"));
        assertEquals(20, settings.startLevel("spi.other"));
        assertEquals(40, settings.startLevel("webconsole.plugins"));
        assertFalse(settings.properties().keySet().stream().anyMatch(name -> name.startsWith("startlevel")));
    }

    @Test
    void aStartLevelThatIsNoNumberIsNamed() {
        LaunchException refused = assertThrows(LaunchException.class, () -> read("startlevel.high=a\n"));
        assertTrue(refused.getMessage().contains("startlevel.high: \"high\" is no start level"), refused.getMessage());
    }

    @Test
    void aDistributionWithoutSettingsIsNotWhole() {
        LaunchException refused = assertThrows(LaunchException.class, () -> FrameworkSettings.read(folder, folder));
        assertTrue(refused.getMessage().contains("is not a whole distribution"), refused.getMessage());
    }

    @Test
    void aConsoleAddressIsHostAndPortOrOff() {
        assertEquals(new ConsoleAddress(true, "0.0.0.0", 8443), ConsoleAddress.parse("0.0.0.0:8443"));
        assertEquals(new ConsoleAddress(true, "[::1]", 0), ConsoleAddress.parse("[::1]:0"));
        assertFalse(ConsoleAddress.parse("off").console());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8080", ":8080", "localhost", "localhost:", "localhost:99999", "::1:80", "a b:1", "on"})
    void anythingElseIsNoConsoleAddress(String text) {
        assertThrows(IllegalArgumentException.class, () -> ConsoleAddress.parse(text));
    }

    @Test
    void aDataFolderIsTakenOnceUntilItIsGivenBack() throws Exception {
        Path data = folder.resolve("data");
        DataFolder first = DataFolder.open(data);
        LaunchException refused = assertThrows(LaunchException.class, () -> DataFolder.open(data));
        assertEquals(ExitCode.DATA_IN_USE, refused.exitCode());
        assertTrue(refused.getMessage().contains(Long.toString(ProcessHandle.current().pid())), refused.getMessage());
        first.close();
        first.close();
        DataFolder.open(data).close();
    }

    @Test
    void aNewDataFolderIsForItsUserAlone() throws Exception {
        Path data = folder.resolve("new/data");
        DataFolder.open(data).close();
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    }

    @Test
    void whatAKilledProcessUnpackedIsGoneAfterTheNextStart() throws Exception {
        Path data = folder.resolve("data");
        Files.createDirectories(DataFolder.temporary(data));
        Path left = Files.writeString(DataFolder.temporary(data).resolve("sqlite-3.x-libsqlitejdbc.so"), "");
        DataFolder.open(data).close();
        assertFalse(Files.exists(left));
        assertTrue(Files.isDirectory(DataFolder.temporary(data)));
    }

    @Test
    void aDataFolderThatCannotBeMadeIsAnErrorForTheUser() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        LaunchException refused = assertThrows(LaunchException.class, () -> DataFolder.open(file.resolve("data")));
        assertTrue(refused.getMessage().contains("--data"), refused.getMessage());
    }

    private FrameworkSettings read(String text) throws LaunchException, IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/config.properties"), text);
        return FrameworkSettings.read(folder, folder.resolve("data"));
    }
}
