package dcocpp.config.internal.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dcocpp.config.internal.file.ConfigFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleEditTest {

    @TempDir
    Path folder;

    private Bench bench;
    private FakeConfigurationAdmin admin;

    @BeforeEach
    void bench() {
        bench = new Bench(folder).start();
        admin = bench.admin;
        admin.writes.clear();
    }

    @Test
    void editStandsInTheFileWhereNothingElseChanges() throws Exception {
        edit("dcocpp.planner", Map.of("gridLimitKW", 500.0));
        assertEquals(ConfigFiles.shippedText().replace("\"gridLimitKW\": 720", "\"gridLimitKW\": 500"), bench.text());
        assertEquals(500.0, admin.value("dcocpp.planner", "gridLimitKW"));
        assertEquals(2L, admin.value("dcocpp.planner", "config.generation"));
        assertEquals(ConfigFiles.shippedText(), Files.readString(bench.file.resolveSibling("backups").resolve("charger.json.0001")));
    }

    @Test
    void whatTheFileHidesItsBackupAndItsSuccessorHideToo() throws Exception {
        Files.setPosixFilePermissions(bench.file, PosixFilePermissions.fromString("rw-------"));
        edit("dcocpp.planner", Map.of("gridLimitKW", 500.0));
        for (Path file : List.of(bench.file, bench.file.resolveSibling("backups").resolve("charger.json.0001"))) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file.toString());
        }
    }

    @Test
    void editSurvivesARestartOnAnEmptyConfigAdmin() throws Exception {
        edit("dcocpp.planner", Map.of("gridLimitKW", 500.0));
        admin.all.clear();
        bench.restart();
        assertEquals(500.0, admin.value("dcocpp.planner", "gridLimitKW"));
    }

    @Test
    void formThatPostsTextAndDropsWhatItDoesNotKnowIsUnderstood() throws Exception {
        Map<String, Object> form = new HashMap<>();
        form.put("gridLimitKW", "512.5");
        form.put("maxModulesPerGun", "8");
        form.put("allowCrossSlotIslands", "true");
        form.put("config.generation", null);
        form.put("lendPlugged", null);
        edit("dcocpp.planner", form);
        assertEquals(ConfigFiles.shippedText().replace("\"gridLimitKW\": 720", "\"gridLimitKW\": 512.5"), bench.text());
        assertEquals(512.5, admin.value("dcocpp.planner", "gridLimitKW"));
        assertEquals(8, admin.value("dcocpp.planner", "maxModulesPerGun"));
        assertEquals(false, admin.value("dcocpp.planner", "lendPlugged"));
    }

    @Test
    void sameValueInAnotherTypeIsNoEditButGetsItsTypeBack() throws Exception {
        edit("dcocpp.planner", Map.of("gridLimitKW", "720", "maxIslandRadius", 6L));
        assertEquals(ConfigFiles.shippedText(), bench.text());
        assertEquals(720.0, admin.value("dcocpp.planner", "gridLimitKW"));
        assertEquals(6, admin.value("dcocpp.planner", "maxIslandRadius"));
        assertTrue(Files.notExists(bench.file.resolveSibling("backups")));
    }

    @Test
    void invalidEditIsUndoneAndSaidSo() throws Exception {
        edit("dcocpp.planner", Map.of("gridLimitKW", -5.0));
        assertUndone("/gridLimitKW");
        assertEquals(720.0, admin.value("dcocpp.planner", "gridLimitKW"));
        edit("dcocpp.planner", Map.of("maxModulesPerGun", "many"));
        assertUndone("\"many\"");
        edit("dcocpp.planner", Map.of("minModulesPerActiveGun", 9));
        assertUndone("/planner/minModulesPerActiveGun");
    }

    @Test
    void oneBadValueInAFormUndoesTheForm() throws Exception {
        edit("dcocpp.planner", Map.of("gridLimitKW", 500.0, "maxModulesPerGun", 0));
        assertUndone("/planner/maxModulesPerGun");
        assertEquals(720.0, admin.value("dcocpp.planner", "gridLimitKW"));
    }

    @Test
    void editOfAValueThatFollowsFromOthersIsUndone() throws Exception {
        edit("dcocpp.chargepoint", Map.of("hardware", "can"));
        assertUndone("hardware");
        assertEquals("sim", admin.value("dcocpp.chargepoint", "hardware"));
        edit("dcocpp.chargepoint", Map.of("databaseDir", "/elsewhere"));
        assertUndone("databaseDir");
        edit("dcocpp.slot~1", Map.of("moduleIds", new String[] {"X", "M1_1"}));
        assertUndone("moduleIds");
    }

    @Test
    void deletedPidComesBack() throws Exception {
        admin.all.get("dcocpp.planner").delete();
        bench.time.runDue();
        assertUndone("deleted");
        assertEquals(720.0, admin.value("dcocpp.planner", "gridLimitKW"));
        admin.all.get("dcocpp.connector~3").delete();
        bench.time.runDue();
        assertEquals(3, admin.value("dcocpp.connector~3", "id"));
        assertEquals(1L, admin.value("dcocpp.connector~3", "config.generation"), "still the same topology");
    }

    @Test
    void pidThatComesBackCountsItsChangesOn() throws Exception {
        for (int kilowatts = 100; kilowatts < 105; kilowatts++) {
            edit("dcocpp.planner", Map.of("gridLimitKW", (double) kilowatts));
        }
        long seen = admin.all.get("dcocpp.planner").getChangeCount();
        admin.all.get("dcocpp.planner").delete();
        bench.time.runDue();
        assertTrue(admin.all.get("dcocpp.planner").getChangeCount() > seen, "or components take later changes for old ones");
    }

    @Test
    void instanceThatTheFileDoesNotHaveIsRemoved() throws Exception {
        admin.getFactoryConfiguration("dcocpp.connector", "99", "?").update(new java.util.Hashtable<>(Map.of("id", 99)));
        bench.time.runDue();
        assertNull(admin.all.get("dcocpp.connector~99"));
    }

    @Test
    void otherPidsAreLeftAlone() throws Exception {
        admin.getConfiguration("org.example.other", "?").update(new java.util.Hashtable<>(Map.of("a", 1)));
        admin.getConfiguration("dcocpp.oem", "?").update(new java.util.Hashtable<>(Map.of("a", 1)));
        bench.time.runDue();
        bench.saveShippedBut(tree -> tree.put("gridLimitKW", 1));
        bench.settle();
        assertEquals(1, admin.value("dcocpp.oem", "a"));
        assertEquals(1, admin.value("org.example.other", "a"));
    }

    @Test
    void fileThatChangedInBetweenWins() throws Exception {
        bench.saveShippedBut(tree -> tree.put("gridLimitKW", 300));
        edit("dcocpp.planner", Map.of("gridLimitKW", 500.0));
        bench.settle();
        assertEquals(300.0, admin.value("dcocpp.planner", "gridLimitKW"));
        assertTrue(bench.text().contains("300"));
    }

    @Test
    void editWhileTheFileIsBrokenIsUndone() throws Exception {
        bench.save("{ broken");
        bench.settle();
        edit("dcocpp.planner", Map.of("gridLimitKW", 500.0));
        assertEquals(720.0, admin.value("dcocpp.planner", "gridLimitKW"));
        assertEquals("{ broken", bench.text());
        assertEquals(2, bench.report().findings().size());
    }

    @Test
    void editOfAnOcppKeyGoesToTheInlineBlock() throws Exception {
        edit("dcocpp.ocpp", Map.of("Core.HeartbeatInterval", "60"));
        assertTrue(bench.text().contains("\"ocpp\": { \"Core\": { \"HeartbeatInterval\": 60 } }"), bench.text());
        assertEquals(60, admin.value("dcocpp.ocpp", "Core.HeartbeatInterval"));
        edit("dcocpp.ocpp", Map.of("Core.WebSocketPingInterval", 10));
        assertTrue(bench.text().contains("\"ocpp\": { \"Core\": { \"HeartbeatInterval\": 60, \"WebSocketPingInterval\": 10 } }"));
        edit("dcocpp.ocpp", Map.of("Core.MeterValueSampleInterval", 15));
        assertTrue(bench.text().contains("\"meterSampleIntervalSeconds\": 15"), "where charger.json decides it");
        edit("dcocpp.ocpp", Map.of("Core.NumberOfConnectors", 3));
        assertUndone("NumberOfConnectors");
    }

    @Test
    void editOfAConnectorIsATopologyChange() throws Exception {
        edit("dcocpp.connector~4", Map.of("label", "left rear"));
        assertTrue(bench.text().contains("\"label\": \"left rear\""));
        assertEquals(2L, admin.value("dcocpp.connector~1", "config.generation"));
        assertEquals(2L, admin.value("dcocpp.chargepoint", "config.generation"));
    }

    @Test
    void textWhereANumberMayStandTooKeepsTheTypeOfTheFile() throws Exception {
        edit("dcocpp.plc", Map.of("protoVersion", "2"));
        assertTrue(bench.text().contains("\"protoVersion\": 2"));
        edit("dcocpp.plc", Map.of("protoVersion", "none"));
        assertTrue(bench.text().contains("\"protoVersion\": \"none\""));
        edit("dcocpp.planner", Map.of("gridLimitKW", "unlimited"));
        assertTrue(bench.text().contains("\"gridLimitKW\": \"unlimited\""));
        assertEquals("unlimited", admin.value("dcocpp.planner", "gridLimitKW"));
        edit("dcocpp.planner", Map.of("gridLimitKW", "400"));
        assertTrue(bench.text().contains("\"gridLimitKW\": 400"));
        assertEquals(400.0, admin.value("dcocpp.planner", "gridLimitKW"));
    }

    @Test
    void valueInAnOlderPlaceIsChangedThere() throws Exception {
        bench.saveShippedBut(tree -> {
            tree.remove("gridLimitKW");
            tree.withObject("/siteLimits").put("gridPowerLimitKW", 300);
        });
        bench.settle();
        edit("dcocpp.planner", Map.of("gridLimitKW", 250.0));
        assertTrue(bench.text().contains("\"gridPowerLimitKW\" : 250"));
    }

    @Test
    void twentyBackupsAreKept() throws Exception {
        for (int kilowatts = 100; kilowatts < 125; kilowatts++) {
            edit("dcocpp.planner", Map.of("gridLimitKW", (double) kilowatts));
        }
        try (Stream<Path> backups = Files.list(bench.file.resolveSibling("backups"))) {
            List<String> names = backups.map(each -> each.getFileName().toString()).sorted().toList();
            assertEquals(20, names.size());
            assertEquals("charger.json.0006", names.get(0));
            assertEquals("charger.json.0025", names.get(19));
        }
        try (Stream<Path> files = Files.list(bench.file.getParent())) {
            assertEquals(3, files.count(), "charger.json, ocpp16-config.json, backups: no temporary file left");
        }
    }

    @Test
    void fileThatCannotBeWrittenUndoesTheEdit() throws Exception {
        Files.writeString(bench.file.resolveSibling("backups"), "in the way");
        edit("dcocpp.planner", Map.of("gridLimitKW", 500.0));
        assertUndone("cannot be written");
        assertEquals(720.0, admin.value("dcocpp.planner", "gridLimitKW"));
        assertEquals(ConfigFiles.shippedText(), bench.text());
    }

    private void edit(String pid, Map<String, Object> values) throws Exception {
        admin.edit(pid, values);
        bench.time.runDue();
    }

    private void assertUndone(String expected) {
        assertTrue(bench.report().findings().stream().anyMatch(finding -> finding.problem().contains("undone")
                && finding.problem().contains(expected)), () -> bench.report().findings().toString());
    }
}
