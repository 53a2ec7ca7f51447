package dcocpp.ocpp.internal.reservation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dcocpp.api.backoffice.Reservation;
import dcocpp.ocpp.internal.store.OcppStore;

/** The reservations that the store keeps, also in memory. Changed only after the store has been. Owner thread only. */
final class ReservationTable {
    private final OcppStore store;
    private final Map<Integer, Kept> reservations = new TreeMap<>();

    /**
     * A reservation.
     *
     * @param reservation what was reserved
     * @param madeBehind the newest event of the journal when it was made: only what comes behind can have consumed it
     */
    record Kept(Reservation reservation, long madeBehind) {
    }

    ReservationTable(OcppStore store) {
        this.store = store;
        store.require(List.of("CREATE TABLE IF NOT EXISTS reservation(id INTEGER PRIMARY KEY, connector INTEGER NOT NULL,"
                + " id_tag TEXT NOT NULL, parent TEXT NOT NULL, expiry INTEGER NOT NULL, made_behind INTEGER NOT NULL)"));
        store.query(row -> new Kept(new Reservation(row.getInt("id"), row.getInt("connector"), row.getString("id_tag"),
                row.getString("parent"), Instant.ofEpochMilli(row.getLong("expiry"))), row.getLong("made_behind")),
                "SELECT * FROM reservation").forEach(this::remember);
    }

    private void remember(Kept kept) {
        reservations.put(kept.reservation().reservationId(), kept);
    }

    /** By id. */
    Collection<Kept> all() {
        return List.copyOf(reservations.values());
    }

    boolean contains(int reservationId) {
        return reservations.containsKey(reservationId);
    }

    /** Takes the place of the one with the same id. */
    void put(Kept kept) {
        Reservation reservation = kept.reservation();
        store.write(writer -> writer.update("INSERT OR REPLACE INTO reservation VALUES(?, ?, ?, ?, ?, ?)", reservation.reservationId(),
                reservation.connectorId(), reservation.idTag(), reservation.parentIdTag(), reservation.expiry().toEpochMilli(),
                kept.madeBehind()));
        remember(kept);
    }

    void remove(int reservationId) {
        store.write(writer -> writer.update("DELETE FROM reservation WHERE id = ?", reservationId));
        reservations.remove(reservationId);
    }
}
