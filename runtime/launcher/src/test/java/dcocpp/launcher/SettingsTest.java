package dcocpp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void aDataFolderThatIsAFileIsAnErrorForTheUser() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path data : List.of(file, file.resolve("data"))) {
            LaunchException refused = assertThrows(LaunchException.class, () -> DataFolder.open(data));
            assertEquals(ExitCode.FAILED, refused.exitCode());
            assertEquals("cannot work in the data folder " + data + ": " + file
                    + " is a file, not a folder; choose one that can be written with --data", refused.getMessage());
        }
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsAnErrorForTheUser() {
        // not even the superuser makes a folder there
        Path data = Path.of("/proc/charger-data");
        assumeTrue(Files.isDirectory(data.getParent()));
        LaunchException refused = assertThrows(LaunchException.class, () -> DataFolder.open(data));
        assertTrue(refused.getMessage().contains(": " + data + " cannot be written"), refused.getMessage());
        assertFalse(refused.getMessage().contains("Exception"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:8080, true", "[::1]:8080, true", "off, true", "0.0.0.0:8080, false", "192.0.2.2:0, false", "[::]:8080, false"})
    void onlyTheLoopbackIsForThisMachineAlone(String address, boolean loopback) {
        assertEquals(loopback, ConsoleAddress.parse(address).loopback());
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ConsoleAddress address = new ConsoleAddress(true, "127.0.0.1", other.getLocalPort());
            LaunchException refused = assertThrows(LaunchException.class, address::requireFree);
            assertEquals(ExitCode.FAILED, refused.exitCode());
            assertTrue(refused.getMessage().startsWith("cannot listen on 127.0.0.1:" + other.getLocalPort() + ": "), refused.getMessage());
            assertTrue(refused.getMessage().contains("--console"), refused.getMessage());
        }
        ConsoleAddress.OFF.requireFree();
    }

    private FrameworkSettings read(String text) throws LaunchException, IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/config.properties"), text);
        return FrameworkSettings.read(folder, folder.resolve("data"));
    }
}
