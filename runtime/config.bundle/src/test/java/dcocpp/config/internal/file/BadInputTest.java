package dcocpp.config.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BadInputTest {

    /** One wrong value at a time; exactly one finding, at its place, that shows the value. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /chargePoint/id                     | ""
            /chargePoint/id                     | "has a blank"
            /chargePoint/id                     | "0123456789012345678901234567890123456789012345678"
            /chargePoint/id                     | 7
            /chargePoint/vendor                 | "longer than twenty characters"
            /chargePoint/model                  | ""
            /chargePoint/firmwareVersion        | null
            /chargePoint/centralSystemURI       | "http://127.0.0.1/"
            /chargePoint/centralSystemURI       | "ws://no host/"
            /chargePoint/usePLC                 | "yes"
            /chargePoint/canInterface           | "can0/../x"
            /chargePoint/simulationMode         | 1
            /plc/useCRC8                        | "true"
            /plc/crcMode                        | "lenient"
            /plc/protoVersion                   | 0
            /plc/protoVersion                   | "some"
            /plc/hlcPowerStage                  | 16
            /plc/safetyDebounceMs               | -1
            /uploads/maxBytes                   | 0
            /uploads/connectTimeoutSeconds      | 0
            /uploads/transferTimeoutSeconds     | 1.5
            /uploads/allowFileTargets           | 0
            /update/allowUnsigned               | "false"
            /planner/allowCrossSlotIslands      | "true"
            /planner/maxModulesPerGun           | 0
            /planner/minModulesPerActiveGun     | 9
            /planner/maxIslandRadius            | 0
            /planner/minModuleHoldMs            | -5
            /planner/minMcHoldMs                | "1000"
            /planner/minGcHoldMs                | -1
            /planner/mcOpenCurrentA             | 0
            /planner/gcOpenCurrentA             | -1
            /planner/prechargeVoltageToleranceV | 0
            /planner/prechargeTimeoutMs         | 0
            /planner/lendPlugged                | null
            /planner/repartitionGainKW          | -1
            /planner/repartitionPersistMs       | 2.5
            /planner/record                     | "yes"
            /planner/record                     | 1
            /planner/recordMaxMB                | 0
            /planner/recordMaxMB                | 10001
            /planner/recordMaxMB                | 2.5
            /timeouts/authorizationSeconds      | 0
            /timeouts/powerRequestSeconds       | -60
            /timeouts/evseLimitAckMs            | 5
            /timeouts/telemetryTimeoutMs        | "2 s"
            /timeouts/plcPresentWarnMs          | 0
            /timeouts/plcLimitsWarnMs           | 0
            /modulePowerKW                      | 0
            /gridLimitKW                        | 0
            /gridLimitKW                        | -1
            /gridLimitKW                        | "no limit"
            /defaultVoltageV                    | 0
            /meterSampleIntervalSeconds         | 0
            /meterKeepAliveSeconds              | 0
            /minimumStatusDurationSeconds       | -1
            /ocppConfig                         | "no-such-file.json"
            /loggingConfig                      | "no-such-logback.xml"
            /ocpp                               | {"Core": {"HeartbeatInterval": [1]}}
            /ocpp                               | {"Core": 5}
            /userConfig                         | ""
            /databaseDir                        | ""
            /messageLogPath                     | 3
            /security/csmsCaBundle              | ""
            /security/clientKeyDir              | false
            /connectors                         | {}
            /connectors/3                       | 4
            /connectors/3/id                    | 0
            /connectors/3/id                    | 17
            /connectors/3/id                    | 3
            /connectors/11/id                   | 13
            /connectors/3/plcId                 | 16
            /connectors/3/plcId                 | 2
            /connectors/3/maxCurrentA           | -1
            /connectors/3/maxPowerW             | "120000"
            /connectors/3/maxVoltageV           | 5000
            /connectors/3/minVoltageV           | 1100
            /connectors/3/meterSampleIntervalSeconds | 0
            /connectors/3/requireLock           | 0
            /connectors/3/lockInputSwitch       | 5
            /connectors/3/meterSource           | "clamp"
            /connectors/3/meterScale            | 0
            /connectors/3/meterOffsetWh         | "0"
            /connectors/3/priority              | -1
            /connectors/3/autochargePrefix      | "MUCHTOOLONG"
            /connectors/3/autochargeSource      | "MAC"
            /slots                              | 12
            /slots/2/id                         | 2
            /slots/2/gunId                      | 14
            /slots/2/gc                         | "GC_1"
            /slots/2/mc                         | "GC_1"
            /slots/2/mc                         | ""
            /slots/2/cw                         | 13
            /slots/2/ccw                        | 99
            /slots/2/open                       | "no"
            /slots/2/modules/0/id               | "M1_0"
            /slots/2/modules/1/mn               | "MN_3_0"
            /slots/2/modules/0/type             | "acme"
            /slots/2/modules/0/address          | 64
            /slots/2/modules/0/group            | 61
            /slots/2/modules/0/ratedPowerKW     | 0
            /slots/2/modules/0/ratedCurrentA    | -1
            /slots/2/modules/0/pollMs           | 99
            /slots/2/modules/0/cmdIntervalMs    | 0
            /slots/2/modules/0/broadcast        | "no"
            """)
    void oneWrongValueIsOneErrorAtItsPlace(String place, String value) throws Exception {
        JsonNode wrong = Json.parse(value);
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> set(tree, place, wrong));
        assertFalse(report.isAccepted());
        assertEquals(1, report.errors().size(), () -> report.findings().toString());
        Finding finding = report.errors().get(0);
        assertTrue(finding.pointer().startsWith(place), finding.toString());
        assertTrue(wrong.isObject() || finding.problem().contains(Json.show(wrong)), finding.toString());
        assertFalse(finding.remedy().isBlank());
    }

    @Test
    void fiveMistakesAreFiveFindingsWithTheirPlaces() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> {
            tree.put("gridLimitKW", -5);
            tree.withObject("/chargePoint").put("id", "").put("centralSystemURI", "ftp://x");
            ((ObjectNode) tree.at("/connectors/4")).put("plcId", 3);
            ((ObjectNode) tree.at("/slots/6")).put("cw", 40);
        });
        assertEquals(List.of("/chargePoint/centralSystemURI", "/chargePoint/id", "/connectors/4/plcId", "/gridLimitKW", "/slots/6/cw"),
                report.findings().stream().map(Finding::pointer).sorted().toList());
    }

    @Test
    void textThatIsNoJsonIsReportedWithLineAndColumn() {
        Finding finding = ConfigFiles.check("{\n  \"gridLimitKW\": 720,,\n}").findings().get(0);
        assertEquals("", finding.pointer());
        assertTrue(finding.problem().contains("line 2, column 22"), finding.problem());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { "gridLimitKW": [1, 2 }     | column 24: Unexpected close marker '}': expected ']' (for Array starting at line 1, column 18)
            { "gridLimitKW": 720         | Unexpected end-of-input: expected close marker for Object (start marker at line 1, column 1)
            { "gridLimitKW": 7, "a": b } | Unrecognized token 'b'
            """)
    void whatIsWrongInTheSyntaxIsSaidWithoutTheTextOfTheFile(String text, String reason) {
        Finding finding = ConfigFiles.check(text).findings().get(0);
        assertTrue(finding.problem().contains(reason), finding.problem());
        assertFalse(finding.problem().contains("gridLimitKW") || finding.problem().contains("Source"), finding.problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"gridLimitKW\": 1, \"gridLimitKW\": 2}", "{} {}", "{\"a\": 01}"})
    void textThatIsNotOneObjectIsRefused(String text) {
        assertEquals(1, ConfigFiles.check(text).errors().size());
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin1 = {'{', '"', (byte) 0xe4, '"', ':', '1', '}'};
        ConfigReport report = new ChargerConfigLoader(ConfigFiles.SHIPPED).check(ConfigFiles.SHIPPED.resolve("x.json"), latin1);
        assertTrue(report.errors().get(0).problem().contains("UTF-8"));
    }

    @Test
    void unknownKeyIsAWarningThatNamesTheKeyMeant() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> {
            tree.put("gridLimitKw", 1);
            tree.withObject("/planner").put("maxModulePerGun", 3);
        });
        assertTrue(report.isAccepted());
        assertEquals(List.of("/gridLimitKw perhaps gridLimitKW", "/planner/maxModulePerGun perhaps maxModulesPerGun"),
                report.findings().stream().map(f -> f.pointer() + " " + f.remedy()).sorted().toList());
    }

    @Test
    void keysThatAreAcceptedButNotUsedAreSaidSo() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> tree.put("sharePath", "share").put("sqlMigrationsPath", "sql"));
        assertTrue(report.isAccepted());
        assertEquals(2, report.findings().size());
    }

    @Test
    void gunWithoutSlotIsFound() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> ((ObjectNode) tree.at("/slots/4")).put("gunId", 0));
        assertEquals("/connectors/4", report.errors().get(0).pointer());
    }

    @Test
    void ringThatIsTwoRingsIsFound() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> {
            link(tree, 6, 1);
            link(tree, 12, 7);
        });
        assertEquals(1, report.errors().size());
        assertTrue(report.errors().get(0).problem().contains("leaves out [7, 8, 9, 10, 11, 12]"), report.errors()::toString);
    }

    @Test
    void neighboursThatDisagreeAreFound() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> ((ObjectNode) tree.at("/slots/2")).put("cw", 6));
        assertEquals("/slots/2/cw", report.errors().get(0).pointer());
    }

    @Test
    void lineHasOneOpenEndAndNotTwo() {
        assertTrue(ConfigFiles.checkShippedBut(tree -> ((ObjectNode) tree.at("/slots/11")).put("open", true)).isAccepted());
        ConfigReport two = ConfigFiles.checkShippedBut(tree -> {
            ((ObjectNode) tree.at("/slots/11")).put("open", true);
            ((ObjectNode) tree.at("/slots/3")).put("open", true);
        });
        assertEquals("/slots/11/open", two.errors().get(0).pointer());
    }

    @Test
    void plcNeedsLimitsAndOneBus() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> {
            tree.withObject("/chargePoint").put("usePLC", true);
            ((ObjectNode) tree.at("/connectors/1")).put("maxCurrentA", 0).remove("maxPowerW");
            ((ObjectNode) tree.at("/connectors/2")).put("canInterface", "can1");
        });
        assertEquals(List.of("/connectors/1/maxCurrentA", "/connectors/1/maxPowerW", "/connectors/2/canInterface"),
                report.errors().stream().map(Finding::pointer).toList());
    }

    @Test
    void moduleWithProtocolNeedsAnAddressOfItsOwn() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> {
            ((ObjectNode) tree.at("/slots/0/modules/0")).put("type", "maxwell");
            ((ObjectNode) tree.at("/slots/0/modules/1")).put("type", "maxwell").put("address", 4);
            ((ObjectNode) tree.at("/slots/1/modules/0")).put("type", "maxwell").put("address", 4);
            ((ObjectNode) tree.at("/slots/1/modules/1")).put("type", "maxwell").put("address", 4).put("group", 1);
        });
        assertEquals(List.of("/slots/0/modules/0/address", "/slots/1/modules/0/address"),
                report.errors().stream().map(Finding::pointer).toList());
    }

    @Test
    void olderPlacesAreTakenAndTold() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> {
            tree.remove("gridLimitKW");
            tree.withObject("/siteLimits").put("gridPowerLimitKW", 300);
            tree.withObject("/planner").remove("maxIslandRadius");
            tree.put("maxIslandRadius", 2);
        });
        ChargerConfig config = report.config().orElseThrow();
        assertEquals(300, config.at("/gridLimitKW").asInt());
        assertEquals(2, config.at("/planner/maxIslandRadius").asInt());
        assertEquals("/siteLimits/gridPowerLimitKW", config.placeInFile("/gridLimitKW"));
        assertEquals(2, report.findings().size());
    }

    @Test
    void twoPlacesThatDisagreeAreAnError() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> tree.put("maxModulesPerGun", 3));
        assertEquals("/maxModulesPerGun", report.errors().get(0).pointer());
    }

    private static void link(ObjectNode tree, int from, int to) {
        ((ObjectNode) tree.at("/slots/" + (from - 1))).put("cw", to);
        ((ObjectNode) tree.at("/slots/" + (to - 1))).put("ccw", from);
    }

    private static void set(ObjectNode tree, String place, JsonNode value) {
        int last = place.lastIndexOf('/');
        JsonNode parent = tree.at(place.substring(0, last));
        String name = place.substring(last + 1);
        if (parent.isArray()) {
            ((com.fasterxml.jackson.databind.node.ArrayNode) parent).set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }
}
