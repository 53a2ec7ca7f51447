package dcocpp.config.internal.supply;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dcocpp.api.config.ConfigurationReport;
import dcocpp.config.internal.file.ConfigFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileToConfigAdminTest {

    @TempDir
    Path folder;

    private Bench bench;
    private FakeConfigurationAdmin admin;

    @BeforeEach
    void bench() {
        bench = new Bench(folder);
        admin = bench.admin;
    }

    @Test
    void everyPidIsSuppliedWithTypedValues() {
        bench.start();
        assertEquals(29, admin.all.size(), "5 single, 12 connectors, 12 slots");
        assertEquals(720.0, admin.value("dcocpp.planner", "gridLimitKW"));
        assertEquals(8, admin.value("dcocpp.planner", "maxModulesPerGun"));
        assertEquals(true, admin.value("dcocpp.planner", "allowCrossSlotIslands"));
        assertEquals(false, admin.value("dcocpp.planner", "record"));
        assertEquals(100, admin.value("dcocpp.planner", "recordMaxMB"));
        assertEquals("sim", admin.value("dcocpp.chargepoint", "hardware"));
        assertEquals(12, admin.value("dcocpp.chargepoint", "connectorCount"));
        assertEquals(bench.data.resolve("db").toString(), admin.value("dcocpp.chargepoint", "databaseDir"));
        assertEquals(bench.data.toString(), admin.value("dcocpp.ocpp", "dataDir"));
        assertEquals(240_000.0, admin.value("dcocpp.connector~1", "maxPowerW"));
        assertEquals(104857600L, admin.value("dcocpp.security", "maxBytes"));
        assertEquals("1", admin.value("dcocpp.plc", "protoVersion"));
        assertEquals(1500, admin.value("dcocpp.plc", "evseLimitAckMs"));
        assertEquals("MC_12", admin.value("dcocpp.slot~12", "mc"));
        assertArrayEquals(new String[] {"MN_12_0", "MN_12_1"}, (String[]) admin.value("dcocpp.slot~12", "moduleContactors"));
        assertArrayEquals(new Double[] {30.0, 30.0}, (Double[]) admin.value("dcocpp.slot~12", "moduleRatedPowerKW"));
        assertEquals(300, admin.value("dcocpp.ocpp", "Core.HeartbeatInterval"));
        assertEquals("chargepoint-1", admin.value("dcocpp.ocpp", "Internal.ChargePointId"));
        assertEquals("?", admin.all.get("dcocpp.planner").getBundleLocation());
        assertEquals("dcocpp.chargepoint", admin.writes.get(admin.writes.size() - 1), "tells that the others are complete");
        assertEquals(Set.of(1L), generations("dcocpp."));
        assertEquals(1, bench.report().generation());
        assertEquals(List.of(), bench.report().findings());
    }

    @Test
    void foldersAreMadeWhereMissing() {
        bench.start();
        for (String name : List.of("db", "log/ocpp", "certs/ca/csms", "certs/ca/mo", "certs/ca/v2g", "certs/client/csms", "certs/client/cso")) {
            assertTrue(Files.isDirectory(bench.data.resolve(name)), name);
        }
    }

    @Test
    void foldersWithKeysAndTokensAreForTheirOwnerOnly() throws Exception {
        bench.start();
        for (String name : List.of("db", "log/ocpp", "certs/client/csms", "certs/client/cso")) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.data.resolve(name))), name);
        }
    }

    @Test
    void folderThatIsThereKeepsItsPermissions() throws Exception {
        Path db = Files.createDirectories(bench.data.resolve("db"));
        Files.setPosixFilePermissions(db, PosixFilePermissions.fromString("rwxr-x---"));
        bench.start();
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(db)));
    }

    @Test
    void folderThatCannotBeMadeKeepsTheFileFromBeingTaken() throws Exception {
        Files.createDirectories(bench.data);
        Files.writeString(bench.data.resolve("db"), "a file");
        bench.start();
        assertEquals("/databaseDir", bench.report().findings().get(0).pointer());
        assertTrue(admin.all.isEmpty());
    }

    @Test
    void savedFileIsInForceWithinASecondAndOnlyWhatChangedIsWritten() {
        bench.start();
        admin.writes.clear();
        bench.saveShippedBut(tree -> tree.put("gridLimitKW", 500));
        bench.settle();
        assertEquals(500.0, admin.value("dcocpp.planner", "gridLimitKW"));
        assertEquals(List.of("dcocpp.planner"), admin.writes);
        assertEquals(2L, admin.value("dcocpp.planner", "config.generation"));
        assertEquals(Set.of(1L), generations("dcocpp.connector"));
        assertEquals(2, bench.report().generation());
    }

    @Test
    void gridWithoutLimitIsSaidInAWord() {
        bench.saveShippedBut(tree -> tree.put("gridLimitKW", "unlimited"));
        bench.start();
        assertEquals("unlimited", admin.value("dcocpp.planner", "gridLimitKW"));
    }

    @Test
    void changedTopologyIsWrittenAsAWholeOfOneGeneration() {
        bench.start();
        bench.saveShippedBut(tree -> ((ObjectNode) tree.at("/connectors/3")).put("maxCurrentA", 300));
        bench.settle();
        Set<Object> topology = generations("dcocpp.connector");
        topology.addAll(generations("dcocpp.slot"));
        topology.addAll(generations("dcocpp.chargepoint"));
        assertEquals(Set.of(2L), topology);
        assertEquals(Set.of(1L), generations("dcocpp.planner"), "not touched");
    }

    @Test
    void timeoutOfTheChargePointIsNoChangeOfTopology() {
        bench.start();
        admin.writes.clear();
        bench.saveShippedBut(tree -> tree.withObject("/timeouts").put("powerRequestSeconds", 90));
        bench.settle();
        assertEquals(List.of("dcocpp.chargepoint"), admin.writes);
        assertEquals(1L, admin.value("dcocpp.chargepoint", "config.generation"));
        assertEquals(90, admin.value("dcocpp.chargepoint", "powerRequestSeconds"));
    }

    @Test
    void instancesComeAndGoWithTheListsOfTheFile() {
        bench.start();
        bench.saveShippedBut(tree -> {
            tree.withArray("/connectors").remove(11);
            tree.withArray("/slots").remove(11);
            ((ObjectNode) tree.at("/slots/10")).put("cw", 1);
            ((ObjectNode) tree.at("/slots/0")).put("ccw", 11);
        });
        bench.settle();
        assertNull(admin.all.get("dcocpp.connector~12"));
        assertNull(admin.all.get("dcocpp.slot~12"));
        assertEquals(11, admin.value("dcocpp.chargepoint", "connectorCount"));
        assertEquals(11, admin.value("dcocpp.ocpp", "Core.NumberOfConnectors"));
        bench.save(ConfigFiles.shippedText());
        bench.settle();
        assertEquals(12, admin.value("dcocpp.connector~12", "id"));
        assertEquals(Set.of(3L), generations("dcocpp.connector"));
    }

    @Test
    void fileThatBreaksAtRunTimeChangesNothingAndIsReported() {
        bench.start();
        admin.writes.clear();
        bench.save(ConfigFiles.shippedBut(tree -> tree.put("gridLimitKW", 500).put("defaultVoltageV", -1)));
        bench.settle();
        assertEquals(List.of(), admin.writes, "nothing half applied");
        assertEquals("/defaultVoltageV", bench.report().findings().get(0).pointer());
        assertEquals(ConfigurationReport.Severity.ERROR, bench.report().findings().get(0).severity());
        assertEquals(1, bench.report().generation());
        bench.save("{ \"gridLimitKW\": 5");
        bench.settle();
        assertTrue(bench.report().findings().get(0).problem().contains("line 1"));
        bench.save(ConfigFiles.shippedText());
        bench.settle();
        assertEquals(List.of(), bench.report().findings());
        assertEquals(List.of(), admin.writes);
    }

    @Test
    void fileIsReadWhenItHasComeToRest() {
        bench.start();
        String text = ConfigFiles.shippedBut(tree -> tree.put("gridLimitKW", 500));
        for (int length : new int[] {100, 2000, 5000}) {
            bench.save(text.substring(0, length));
            bench.time.advance(Duration.ofMillis(200));
            assertEquals(List.of(), bench.report().findings());
        }
        bench.save(text);
        bench.settle();
        assertEquals(500.0, admin.value("dcocpp.planner", "gridLimitKW"));
    }

    @Test
    void editorThatDeletesAndRenamesIsFollowed() throws Exception {
        bench.start();
        Path fresh = bench.file.resolveSibling("charger.json~");
        Files.writeString(fresh, ConfigFiles.shippedBut(tree -> tree.put("gridLimitKW", 400)));
        Files.delete(bench.file);
        bench.time.advance(Duration.ofMillis(600));
        assertEquals(List.of(), bench.report().findings(), "between delete and rename");
        Files.move(fresh, bench.file, StandardCopyOption.ATOMIC_MOVE);
        bench.settle();
        assertEquals(400.0, admin.value("dcocpp.planner", "gridLimitKW"));
    }

    @Test
    void fileThatIsGoneIsReportedAndWhatWasInForceStays() throws Exception {
        bench.start();
        Files.delete(bench.file);
        bench.time.advance(Duration.ofSeconds(4));
        assertTrue(bench.report().findings().get(0).problem().contains("does not exist"));
        assertEquals(720.0, admin.value("dcocpp.planner", "gridLimitKW"));
    }

    @Test
    void changedOcppBaseFileIsTakenToo() throws Exception {
        bench.start();
        Path base = bench.file.resolveSibling("ocpp16-config.json");
        Files.writeString(base, Files.readString(base).replace("\"HeartbeatInterval\": 300", "\"HeartbeatInterval\": 60"));
        bench.settle();
        assertEquals(60, admin.value("dcocpp.ocpp", "Core.HeartbeatInterval"));
    }

    @Test
    void restartWithTheSameFileWritesNothing() throws Exception {
        bench.start();
        admin.writes.clear();
        bench.restart();
        assertEquals(List.of(), admin.writes);
        assertEquals(1, bench.report().generation());
    }

    @Test
    void generationGoesOnAfterARestart() throws Exception {
        bench.start();
        bench.saveShippedBut(tree -> ((ObjectNode) tree.at("/connectors/3")).put("label", "left"));
        bench.restart();
        assertEquals(Set.of(2L), generations("dcocpp.connector"));
    }

    @Test
    void brokenFileAtStartLeavesWhatTheLastRunHadInForce() throws Exception {
        bench.start();
        bench.save("{");
        bench.restart();
        assertEquals(720.0, admin.value("dcocpp.planner", "gridLimitKW"));
        assertEquals(1, bench.report().findings().size());
        assertNull(bench.report().appliedAt());
    }

    @Test
    void fullDiskIsReportedAndTriedAgain() {
        bench.start();
        admin.full = true;
        bench.saveShippedBut(tree -> tree.put("gridLimitKW", 500));
        bench.settle();
        assertTrue(bench.report().findings().get(0).problem().contains("no space"));
        admin.full = false;
        bench.time.advance(Duration.ofSeconds(6));
        assertEquals(500.0, admin.value("dcocpp.planner", "gridLimitKW"));
        assertFalse(bench.report().findings().stream().anyMatch(f -> f.severity() == ConfigurationReport.Severity.ERROR));
    }

    private Set<Object> generations(String prefix) {
        Set<Object> found = new TreeSet<>();
        admin.all.keySet().stream().filter(pid -> pid.startsWith(prefix))
                .forEach(pid -> found.add(admin.value(pid, "config.generation")));
        return found;
    }
}
