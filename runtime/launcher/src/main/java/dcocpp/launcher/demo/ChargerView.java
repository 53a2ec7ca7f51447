package dcocpp.launcher.demo;

import java.util.List;
import java.util.Optional;

/**
 * The charger as its API shows it.
 *
 * @param csmsState state of the link to the CSMS, such as {@code accepted}
 * @param queuedMessages messages that wait to be sent
 * @param connectors every connector
 */
record ChargerView(String csmsState, int queuedMessages, List<Connector> connectors) {

    /** The controller has not reported yet. */
    static final ChargerView STARTING = new ChargerView("", 0, List.of());

    ChargerView {
        connectors = List.copyOf(connectors);
    }

    /** The connector of this id. */
    Optional<Connector> connector(int id) {
        return connectors.stream().filter(connector -> connector.id() == id).findFirst();
    }

    /**
     * A connector.
     *
     * @param id its id
     * @param status as OCPP names it
     * @param info why, for people; may be empty
     * @param phase phase of the session; empty when there is none
     * @param transactionActive a transaction runs
     * @param energyMilliWh energy of the transaction so far
     * @param socPercent state of charge; NaN while unknown
     * @param powerW power
     * @param voltageV voltage
     * @param currentA current
     */
    record Connector(int id, String status, String info, String phase, boolean transactionActive, long energyMilliWh, double socPercent,
            double powerW, double voltageV, double currentA) {
    }
}
