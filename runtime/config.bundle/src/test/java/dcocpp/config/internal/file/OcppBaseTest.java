package dcocpp.config.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OcppBaseTest {

    @TempDir
    Path folder;

    @Test
    void identityComesFromChargerJson() {
        JsonNode ocpp = ocpp(tree -> tree.withObject("/chargePoint").put("id", "DE*ABC*1").put("model", "M"));
        assertEquals("DE*ABC*1", ocpp.at("/Internal/ChargePointId").asText());
        assertEquals("DE*ABC*1", ocpp.at("/Internal/ChargeBoxSerialNumber").asText());
        assertEquals("M", ocpp.at("/Internal/ChargePointModel").asText());
        assertEquals(12, ocpp.at("/Core/NumberOfConnectors").asInt());
        assertEquals("ws://127.0.0.1:8180/steve/websocket/CentralSystemService/", ocpp.at("/Internal/CentralSystemURI").asText());
    }

    @Test
    void raisedDefaultsStand() {
        JsonNode core = ocpp(tree -> { }).get("Core");
        assertTrue(core.get("MeterValuesSampledData").asText().contains("Power.Active.Import"));
        assertEquals(3, core.get("TransactionMessageAttempts").asInt());
        assertEquals(30, core.get("MeterValueSampleInterval").asInt());
        assertFalse(core.has("MinimumStatusDuration"), "0 patches nothing");
    }

    @Test
    void inlineBlockWinsOverTheFileButNotOverIdentity() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> {
            tree.withObject("/ocpp/Core").put("HeartbeatInterval", 17);
            tree.withObject("/ocpp/Internal").put("ChargePointId", "somebody-else");
        });
        JsonNode ocpp = report.config().orElseThrow().ocpp();
        assertEquals(17, ocpp.at("/Core/HeartbeatInterval").asInt());
        assertEquals(60, ocpp.at("/Core/ConnectionTimeOut").asInt());
        assertEquals("chargepoint-1", ocpp.at("/Internal/ChargePointId").asText());
        assertTrue(report.findings().get(0).problem().contains("somebody-else"));
    }

    @Test
    void intervalOfTheBaseFileCountsWhereChargerJsonSaysNothing() {
        JsonNode ocpp = ocpp(tree -> {
            tree.remove("meterSampleIntervalSeconds");
            tree.withObject("/ocpp/Core").put("MeterValueSampleInterval", 11);
        });
        assertEquals(11, ocpp.at("/Core/MeterValueSampleInterval").asInt());
    }

    @Test
    void emptyAddressKeepsTheOneOfTheBaseFile() {
        JsonNode ocpp = ocpp(tree -> {
            tree.withObject("/chargePoint").put("centralSystemURI", "");
            tree.withObject("/ocpp/Internal").put("CentralSystemURI", "ws://base.example/");
        });
        assertEquals("ws://base.example/", ocpp.at("/Internal/CentralSystemURI").asText());
    }

    @Test
    void securityProfileTwoDemandsWss() {
        ConfigReport report = ConfigFiles.checkShippedBut(tree -> tree.withObject("/ocpp/Security").put("SecurityProfile", 2));
        assertEquals("/chargePoint/centralSystemURI", report.errors().get(0).pointer());
        assertTrue(report.errors().get(0).remedy().contains("wss://"));
    }

    @Test
    void transferProtocolsAreBoundByChargerJson() {
        Consumer<ObjectNode> ftp = tree -> tree.withObject("/ocpp/FirmwareManagement").put("SupportedFileTransferProtocols", "HTTPS,FTP");
        assertEquals(1, ConfigFiles.checkShippedBut(ftp).errors().size());
        assertTrue(ConfigFiles.checkShippedBut(ftp.andThen(tree -> tree.withObject("/plc").put("requireHttpsUploads", false))).isAccepted());
    }

    @Test
    void mistakesOfTheBaseFileAreReportedWithItsName() throws Exception {
        Files.writeString(folder.resolve("base.json"), "{\"Core\": {\"HeartbeatInterval\": \"soon\"}, \"Custom\": {\"A\": {}}}");
        Path file = folder.resolve("charger.json");
        ConfigReport report = new ChargerConfigLoader(folder).check(file, "{\"ocppConfig\": \"base.json\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals("base.json#/Core/HeartbeatInterval", report.errors().get(0).pointer());
        assertEquals("base.json#/Custom/A", report.errors().get(1).pointer());
        assertEquals(2, report.errors().size());
    }

    @Test
    void baseFileInTheWorkingFolderIsUsedWithAWarning() throws Exception {
        Files.createDirectories(folder.resolve("work/configs"));
        Files.writeString(folder.resolve("work/configs/base.json"), "{\"Core\": {\"HeartbeatInterval\": 9}}");
        ConfigReport report = new ChargerConfigLoader(folder.resolve("work")).check(folder.resolve("charger.json"),
                "{\"ocppConfig\": \"configs/base.json\", \"chargePoint\": {\"centralSystemURI\": \"ws://a/\"}}".getBytes(StandardCharsets.UTF_8));
        assertEquals(9, report.config().orElseThrow().ocpp().at("/Core/HeartbeatInterval").asInt());
        assertEquals("/ocppConfig", report.findings().get(0).pointer());
    }

    @Test
    void longIdIsCutWhereOcppHasOnlyTwentyFiveCharacters() {
        JsonNode ocpp = ocpp(tree -> tree.withObject("/chargePoint").put("id", "a-charge-point-with-a-long-name"));
        assertEquals(25, ocpp.at("/Internal/ChargeBoxSerialNumber").asText().length());
    }

    private static JsonNode ocpp(Consumer<ObjectNode> change) {
        ConfigReport report = ConfigFiles.checkShippedBut(change);
        return report.config().orElseThrow(() -> new AssertionError(report.findings())).ocpp();
    }
}
