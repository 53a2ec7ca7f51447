package dcocpp.csms;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The transactions as received. Guarded by its own monitor; calls nobody. */
final class Ledger {

    /** SteVe takes a StartTransaction with the same four values for a repetition: same transaction, same id. */
    private record StartKey(String chargePointId, int connectorId, String idTag, Instant time, long meterStartWh) {
    }

    private static final class Entry {
        private final int id;
        private final StartKey key;
        private final String idTag;
        private final List<MeterReading> readings = new ArrayList<>();
        private int startMessages;
        private int stopMessages;
        private CsmsTransaction.Stop stop;

        Entry(int id, StartKey key, String idTag) {
            this.id = id;
            this.key = key;
            this.idTag = idTag;
        }

        CsmsTransaction snapshot() {
            return new CsmsTransaction(id, key.chargePointId(), key.connectorId(), idTag, key.time(), key.meterStartWh(),
                    startMessages, readings, Optional.ofNullable(stop), stopMessages);
        }
    }

    private final Map<StartKey, Entry> byStart = new HashMap<>();
    private final List<Entry> byId = new ArrayList<>();
    private final List<CsmsTransaction.Stop> failedStops = new ArrayList<>();

    synchronized int start(String chargePointId, int connectorId, String idTag, Instant time, long meterStartWh) {
        StartKey key = new StartKey(chargePointId, connectorId, CsmsPolicy.normal(idTag), time, meterStartWh);
        Entry entry = byStart.computeIfAbsent(key, k -> {
            Entry created = new Entry(byId.size() + 1, k, idTag);
            byId.add(created);
            return created;
        });
        entry.startMessages++;
        return entry.id;
    }

    /** Readings outside a transaction, or of one that is not known, are answered like any other and kept nowhere. */
    synchronized void readings(String chargePointId, Integer transactionId, List<MeterReading> readings) {
        find(chargePointId, transactionId).ifPresent(entry -> entry.readings.addAll(readings));
    }

    /** A stop is answered normally whatever it says, as SteVe does; what fits nothing is kept as a failed stop. */
    synchronized void stop(String chargePointId, Integer transactionId, CsmsTransaction.Stop stop) {
        Entry entry = find(chargePointId, transactionId).orElse(null);
        if (entry == null) {
            failedStops.add(stop);
            return;
        }
        entry.stopMessages++;
        if (entry.stop == null) {
            entry.stop = stop;
        } else if (!entry.stop.equals(stop)) {
            failedStops.add(stop);
        }
    }

    synchronized List<CsmsTransaction> transactions() {
        return byId.stream().map(Entry::snapshot).toList();
    }

    synchronized List<CsmsTransaction.Stop> failedStops() {
        return List.copyOf(failedStops);
    }

    private Optional<Entry> find(String chargePointId, Integer transactionId) {
        if (transactionId == null || transactionId < 1 || transactionId > byId.size()) {
            return Optional.empty();
        }
        return Optional.of(byId.get(transactionId - 1)).filter(entry -> entry.key.chargePointId().equals(chargePointId));
    }
}
