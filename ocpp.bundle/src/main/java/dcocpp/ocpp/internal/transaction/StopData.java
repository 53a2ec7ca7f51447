package dcocpp.ocpp.internal.transaction;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.store.OcppStore;

/**
 * The samples between begin and end of a running transaction that go into its StopTransaction. They are written together with the place
 * in the journal, so that a restart neither loses nor doubles one. Used on the owner thread only.
 */
final class StopData {
    private final OcppStore store;

    StopData(OcppStore store) {
        this.store = store;
        store.require(List.of("CREATE TABLE IF NOT EXISTS stop_data(sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
                + " transaction_id TEXT NOT NULL, body TEXT NOT NULL)",
                "CREATE INDEX IF NOT EXISTS stop_data_transaction ON stop_data(transaction_id)"));
    }

    /** Keeps one sample; null is none. */
    void add(OcppStore.Writer writer, String transactionId, ObjectNode meterValue) throws SQLException {
        if (meterValue != null) {
            writer.update("INSERT INTO stop_data(transaction_id, body) VALUES(?, ?)", transactionId, meterValue.toString());
        }
    }

    /** The samples of a transaction in the order of their times, with which their texts begin; the journal may have filled in late. */
    List<String> of(String transactionId) {
        return store.query(row -> row.getString(1), "SELECT body FROM stop_data WHERE transaction_id = ? ORDER BY body", transactionId);
    }

    /** Gives every sample of a transaction another text. */
    static void rewrite(OcppStore store, OcppStore.Writer writer, String transactionId, UnaryOperator<String> change) throws SQLException {
        for (long sequence : store.query(row -> row.getLong(1), "SELECT sequence FROM stop_data WHERE transaction_id = ?", transactionId)) {
            String body = store.query(row -> row.getString(1), "SELECT body FROM stop_data WHERE sequence = ?", sequence).get(0);
            writer.update("UPDATE stop_data SET body = ? WHERE sequence = ?", change.apply(body), sequence);
        }
    }

    void remove(OcppStore.Writer writer, String transactionId) throws SQLException {
        writer.update("DELETE FROM stop_data WHERE transaction_id = ?", transactionId);
    }

    /**
     * As many of the samples as fit, the first and the last always: every second one in between is left out until they do.
     *
     * @param samples JSON objects
     * @param maxChars how long they may be together, separators included
     */
    static List<String> thinned(List<String> samples, int maxChars) {
        List<String> kept = new ArrayList<>(samples);
        while (kept.size() > 2 && kept.stream().mapToInt(sample -> sample.length() + 1).sum() > maxChars) {
            List<String> fewer = new ArrayList<>();
            for (int i = 0; i < kept.size() - 1; i += 2) {
                fewer.add(kept.get(i));
            }
            fewer.add(kept.get(kept.size() - 1));
            kept = fewer;
        }
        return kept;
    }
}
