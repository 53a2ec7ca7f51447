package dcocpp.csms;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the CSMS received of one transaction; a snapshot.
 *
 * @param id the transactionId that the CSMS gave
 * @param chargePointId the charge point
 * @param connectorId the connector, from 1 on
 * @param idTag the tag that started it, as the charger wrote it
 * @param startedAt the charger's timestamp of the start
 * @param meterStartWh meterStart as received
 * @param startMessages how many StartTransaction messages came for it: more than one are retries
 * @param readings sampled values of its MeterValues messages, in the order received
 * @param stop its first StopTransaction, if any came
 * @param stopMessages how many StopTransaction messages came for it: more than one are retries or an error of the charger
 */
public record CsmsTransaction(
        int id,
        String chargePointId,
        int connectorId,
        String idTag,
        Instant startedAt,
        long meterStartWh,
        int startMessages,
        List<MeterReading> readings,
        Optional<Stop> stop,
        int stopMessages) {

    /** Copies the list. */
    public CsmsTransaction {
        readings = List.copyOf(readings);
    }

    /**
     * The end of a transaction.
     *
     * @param time the charger's timestamp
     * @param meterStopWh meterStop as received
     * @param reason OCPP's reason; Local where the charger gave none, as OCPP says
     * @param idTag the tag that stopped it, if the charger named one
     * @param readings sampled values of its transactionData
     */
    public record Stop(Instant time, long meterStopWh, String reason, Optional<String> idTag, List<MeterReading> readings) {
        /** Copies the list. */
        public Stop {
            readings = List.copyOf(readings);
        }
    }

    /** meterStop minus meterStart in Wh, empty while the transaction runs. */
    public OptionalLong energyWh() {
        return stop.isPresent() ? OptionalLong.of(stop.get().meterStopWh() - meterStartWh) : OptionalLong.empty();
    }
}
