package dcocpp.launcher.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Cars that come and go at all guns of a charger. Looks at its status and acts; not thread-safe. */
public final class Traffic {

    private final Visits visits;
    private final Hands hands;
    private final BiConsumer<Integer, String> refused;
    private final Map<Integer, GunDriver> guns = new TreeMap<>();
    private boolean closing;

    /** @param refused hears of what the charger has refused: connector and reason */
    public Traffic(Visits visits, Hands hands, BiConsumer<Integer, String> refused) {
        this.visits = visits;
        this.hands = hands;
        this.refused = refused;
    }

    /**
     * Does what is due.
     *
     * @param status answer of {@code /api/status}
     * @param nowSeconds time since the beginning, s, by the charger's clock
     * @throws LaunchException when the charger does not answer
     */
    public void look(JsonNode status, double nowSeconds) throws LaunchException {
        for (JsonNode connector : status.path("connectors")) {
            GunDriver driver = driver(connector.path("id").asInt());
            try {
                driver.look(sight(connector), nowSeconds);
            } catch (LaunchException e) {
                if (e.exitCode() == ExitCode.NOT_RUNNING) {
                    throw e;
                }
                refused.accept(connector.path("id").asInt(), e.getMessage());
            }
        }
    }

    private GunDriver driver(int connectorId) {
        return guns.computeIfAbsent(connectorId, id -> {
            GunDriver driver = new GunDriver(id, visits, hands);
            if (closing) {
                driver.close();
            }
            return driver;
        });
    }

    /** Nobody comes any more, and who is there leaves. */
    public void close() {
        closing = true;
        guns.values().forEach(GunDriver::close);
    }

    /** All have left. */
    public boolean closed(JsonNode status) {
        for (JsonNode connector : status.path("connectors")) {
            if (!driver(connector.path("id").asInt()).closed(sight(connector))) {
                return false;
            }
        }
        return true;
    }

    private static GunDriver.Sight sight(JsonNode connector) {
        boolean plugged = connector.path("plugged").asBoolean();
        return new GunDriver.Sight(!plugged && connector.path("status").asText().equals("Available"), plugged,
                connector.at("/session/transactionActive").asBoolean());
    }

    /** How many transactions have been begun. */
    public long started() {
        return guns.values().stream().mapToLong(GunDriver::started).sum();
    }

    /** How many drivers have left without one because none was begun for them. */
    public long sentAway() {
        return guns.values().stream().mapToLong(GunDriver::sentAway).sum();
    }
}
