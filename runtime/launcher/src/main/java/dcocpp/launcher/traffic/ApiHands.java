package dcocpp.launcher.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcocpp.csms.ChargePoint;
import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.DemoCsms;
import dcocpp.launcher.ApiClient;
import dcocpp.launcher.LaunchException;
import java.util.List;

/** The hands that reach a charger over its HTTP API, the simulated cabinet's included, and from the demonstration CSMS. */
public final class ApiHands implements Hands {

    /** The charger's API: another one after each of its starts. */
    @FunctionalInterface
    public interface Door {

        /** The client of this moment. */
        ApiClient open() throws LaunchException;
    }

    private final Door door;
    private final DemoCsms csms;
    private final String chargePointId;

    /** Of a charger that is connected to this CSMS under this id. */
    public ApiHands(Door door, DemoCsms csms, String chargePointId) {
        this.door = door;
        this.csms = csms;
        this.chargePointId = chargePointId;
    }

    @Override
    public void plug(int connectorId, String car, double socPercent, double targetPercent) throws LaunchException {
        sim(connectorId, "plug", body().put("car", car).put("socPercent", socPercent).put("targetSocPercent", targetPercent));
    }

    @Override
    public void unplug(int connectorId) throws LaunchException {
        sim(connectorId, "unplug", null);
    }

    @Override
    public void pause(int connectorId, boolean on) throws LaunchException {
        sim(connectorId, on ? "pause" : "resume", null);
    }

    @Override
    public void swipe(int connectorId, String idTag) throws LaunchException {
        post("api/sim/swipe", body().put("connector", connectorId).put("idTag", idTag));
    }

    @Override
    public void remoteStart(int connectorId, String idTag) {
        chargePoint().remoteStart(connectorId, idTag);
    }

    @Override
    public void remoteStop(int connectorId) {
        List<CsmsTransaction> running = csms.transactions().stream()
                .filter(transaction -> transaction.connectorId() == connectorId && transaction.stop().isEmpty()).toList();
        if (!running.isEmpty()) {
            chargePoint().remoteStop(running.get(running.size() - 1).id());
        }
    }

    @Override
    public void stop(int connectorId) throws LaunchException {
        post("api/connectors/" + connectorId + "/stop", null);
    }

    private ChargePoint chargePoint() {
        return csms.chargePoint(chargePointId);
    }

    private static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void sim(int connectorId, String verb, JsonNode body) throws LaunchException {
        post("api/sim/connectors/" + connectorId + "/" + verb, body);
    }

    private void post(String path, JsonNode body) throws LaunchException {
        door.open().post(path, body).require();
    }
}
