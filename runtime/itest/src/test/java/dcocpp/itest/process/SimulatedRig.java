package dcocpp.itest.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcocpp.api.hardware.FaultCause;
import dcocpp.csms.CsmsPolicy;
import dcocpp.csms.DemoCsms;
import dcocpp.itest.TestFolder;
import dcocpp.itest.hil.HilCar;
import dcocpp.itest.hil.HilGun;
import dcocpp.itest.hil.HilRig;
import dcocpp.itest.hil.Trouble;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The launched charger with the simulated cabinet, driven over its simulation API. */
final class SimulatedRig implements HilRig {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String RATE = "10";
    private static final int GUNS = 12;

    private final DemoCsms csms;
    private final ChargerProcess charger;
    private long lastViolation = -1;

    private SimulatedRig(DemoCsms csms, ChargerProcess charger) {
        this.csms = csms;
        this.charger = charger;
    }

    /** Starts it on an empty folder of this name; returns when every connector is Available. */
    static SimulatedRig start(String name) throws Exception {
        TestFolder folder = TestFolder.fresh(name);
        // The CSMS's clock runs at real speed; with a heartbeat now and then it would pull the charger's fast clock back.
        DemoCsms csms = DemoCsms.start(URI.create("ws://127.0.0.1:0/steve/websocket/CentralSystemService/"),
                CsmsPolicy.acceptAll().withHeartbeatInterval(Duration.ofDays(1)), Clock.systemUTC());
        ChargerProcess charger = null;
        try {
            folder.writeConfig(Map.of("/chargePoint/centralSystemURI", csms.uri().toString()));
            charger = ChargerProcess.run(folder, "--rate", RATE);
            charger.awaitAvailable(GUNS);
            return new SimulatedRig(csms, charger);
        } catch (Exception | AssertionError e) {
            if (charger != null) {
                charger.close();
            }
            csms.close();
            throw e;
        }
    }

    @Override
    public DemoCsms csms() {
        return csms;
    }

    @Override
    public ChargerProcess charger() {
        return charger;
    }

    @Override
    public Duration limit() {
        return LIMIT;
    }

    @Override
    public Duration longWait() {
        return Duration.ofMinutes(5);
    }

    /** The simulated meter counts what the car takes, to the milliwatt-hour. */
    @Override
    public long meterStepMilliWh() {
        return 0;
    }

    @Override
    public HilGun gun(int gun) throws Exception {
        JsonNode truth = charger.api().get("api/sim/connectors/" + gun).require();
        int moduleContactorsClosed = 0;
        for (JsonNode module : truth.required("modules")) {
            moduleContactorsClosed += module.required("contactorClosed").asBoolean() ? 1 : 0;
        }
        return new HilGun(truth.required("authorization").asText(), truth.required("gunContactorClosed").asBoolean(),
                moduleContactorsClosed, truth.required("voltageV").asDouble(), truth.required("currentA").asDouble(),
                truth.required("car").isObject(), truth.at("/car/takenMilliWh").asLong());
    }

    @Override
    public void plug(int gun, HilCar car) throws Exception {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("car", HilCar.MODEL).put("socPercent", car.socPercent())
                .put("targetSocPercent", car.targetSocPercent());
        if (!car.evMac().isEmpty()) {
            body.put("evMac", car.evMac());
        }
        act(gun, "plug", body);
    }

    @Override
    public void unplug(int gun) throws Exception {
        act(gun, "unplug", null);
    }

    @Override
    public void swipe(int gun, String idTag) throws Exception {
        charger.api().post("api/sim/swipe", JsonNodeFactory.instance.objectNode().put("connector", gun).put("idTag", idTag)).require();
    }

    @Override
    public void renegotiate(int gun) throws Exception {
        act(gun, "renegotiate", null);
    }

    @Override
    public void breaks(int gun, Trouble trouble) throws Exception {
        act(gun, "fault", JsonNodeFactory.instance.objectNode().put("cause", cause(trouble).name()));
    }

    private static FaultCause cause(Trouble trouble) {
        return switch (trouble) {
            case EMERGENCY_STOP -> FaultCause.EMERGENCY_STOP;
            case EARTH_FAULT -> FaultCause.EARTH_FAULT;
            case ISOLATION -> FaultCause.ISOLATION;
            // The simulated cabinet has no frames: what is not acknowledged is a link that is lost.
            case LINK_LOST, LIMITS_NOT_ACKNOWLEDGED -> FaultCause.PLC_COMM;
            case CONNECTOR_TOO_HOT -> FaultCause.CONNECTOR_TEMPERATURE;
            case OVER_CURRENT -> FaultCause.OVER_CURRENT;
            case GUN_CONTACTOR_WELDED -> FaultCause.GC_WELD;
            case MODULE_CONTACTOR_WELDED -> FaultCause.MN_WELD;
            case METER_SILENT -> FaultCause.METER_STALE;
        };
    }

    @Override
    public void mend(int gun) throws Exception {
        act(gun, "clear", null);
    }

    private void act(int gun, String verb, ObjectNode body) throws Exception {
        charger.api().post("api/sim/connectors/" + gun + "/" + verb, body).require();
    }

    /** On a clock that runs faster than this machine can be looked at, no time says anything. */
    @Override
    public void assertOpenedInTime(int gun, Trouble trouble) {
    }

    @Override
    public List<String> takeViolations() throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode violation : charger.api().get("api/sim/violations").require().required("violations")) {
            long number = violation.required("number").asLong();
            if (number > lastViolation) {
                lastViolation = number;
                found.add(violation.toString());
            }
        }
        return found;
    }

    @Override
    public void close() {
        charger.close();
        csms.close();
    }
}
