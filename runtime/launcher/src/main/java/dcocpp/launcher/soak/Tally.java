package dcocpp.launcher.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dcocpp.csms.CsmsTransaction;
import dcocpp.launcher.ApiClient;
import dcocpp.launcher.LaunchException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The transactions of a run by the journal, read as they come so that nothing is missed that the journal prunes. Not thread-safe. */
final class Tally {

    private static final int PAGE = 1000;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long after;

    private static final class Entry {
        private final int connectorId;
        private final long startMilliWh;
        private long stopMilliWh = SoakRecord.Transaction.NONE;
        private String reason = "";

        private Entry(int connectorId, long startMilliWh) {
            this.connectorId = connectorId;
            this.startMilliWh = startMilliWh;
        }
    }

    /** From here on: what is in the journal already is of an earlier run. */
    void begin(ApiClient api) throws LaunchException {
        after = api.get("api/journal/events?max=1").require().path("newest").asLong();
    }

    /** Reads what was added to the journal. */
    void read(ApiClient api) throws LaunchException {
        while (true) {
            JsonNode events = api.get("api/journal/events?after=" + after + "&max=" + PAGE).require().path("events");
            for (JsonNode event : events) {
                after = event.path("number").asLong();
                take(event);
            }
            if (events.size() < PAGE) {
                return;
            }
        }
    }

    private void take(JsonNode event) {
        String id = event.path("transactionId").asText();
        switch (event.path("type").asText()) {
            case "started" -> entries.put(id, new Entry(event.path("connectorId").asInt(), event.path("meterMilliWh").asLong()));
            case "stopped" -> {
                Entry entry = entries.get(id);
                if (entry != null) {
                    entry.stopMilliWh = event.path("meterMilliWh").asLong();
                    entry.reason = event.path("stopReason").asText();
                }
            }
            default -> {
                // samples are not what is counted
            }
        }
    }

    /** How many transactions run. */
    long running() {
        return entries.values().stream().filter(entry -> entry.stopMilliWh == SoakRecord.Transaction.NONE).count();
    }

    /** Energy of those that have ended, mWh. */
    long endedMilliWh() {
        return entries.values().stream().filter(entry -> entry.stopMilliWh != SoakRecord.Transaction.NONE)
                .mapToLong(entry -> entry.stopMilliWh - entry.startMilliWh).sum();
    }

    /**
     * Beside what the CSMS has: it hears of the transactions of one gun in their order, so that the n-th of each are the same.
     *
     * @param csms what the CSMS has; empty where there is none whose figures are known
     */
    List<SoakRecord.Transaction> beside(Collection<CsmsTransaction> csms) {
        Map<Integer, List<Entry>> ours = new TreeMap<>();
        entries.values().forEach(entry -> ours.computeIfAbsent(entry.connectorId, id -> new ArrayList<>()).add(entry));
        Map<Integer, List<CsmsTransaction>> theirs = new TreeMap<>();
        csms.forEach(transaction -> {
            theirs.computeIfAbsent(transaction.connectorId(), id -> new ArrayList<>()).add(transaction);
            ours.computeIfAbsent(transaction.connectorId(), id -> new ArrayList<>());
        });
        List<SoakRecord.Transaction> all = new ArrayList<>();
        ours.forEach((connectorId, entriesOfGun) -> {
            List<CsmsTransaction> told = theirs.getOrDefault(connectorId, List.of());
            for (int i = 0; i < Math.max(entriesOfGun.size(), told.size()); i++) {
                all.add(pair(connectorId, i < entriesOfGun.size() ? entriesOfGun.get(i) : null, i < told.size() ? told.get(i) : null));
            }
        });
        return all;
    }

    private static SoakRecord.Transaction pair(int connectorId, Entry entry, CsmsTransaction told) {
        long none = SoakRecord.Transaction.NONE;
        return new SoakRecord.Transaction(connectorId, entry == null ? none : entry.startMilliWh, entry == null ? none : entry.stopMilliWh,
                entry == null ? "" : entry.reason, told == null ? none : told.meterStartWh(),
                told == null ? none : told.stop().map(CsmsTransaction.Stop::meterStopWh).orElse(none),
                told == null ? 0 : told.startMessages(), told == null ? 0 : told.stopMessages());
    }
}
