package dcocpp.ocpp.internal.smartcharging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.store.OcppStore;

/** The installed profiles, also in memory. Each change is on disk when it returns, and counts only then. Owner thread only. */
final class ProfileStore {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileStore.class);

    private static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS charging_profile(id INTEGER PRIMARY KEY, connector INTEGER NOT NULL, transaction_id TEXT NOT NULL,
            remote_start_tag TEXT NOT NULL, body TEXT NOT NULL)""");

    private final OcppStore store;
    private final List<InstalledProfile> installed = new ArrayList<>();

    ProfileStore(OcppStore store, FrameCodec codec) {
        this.store = store;
        store.require(TABLES);
        store.query(row -> read(codec, row.getInt(2), row.getString(3), row.getString(4), row.getString(5)),
                "SELECT id, connector, transaction_id, remote_start_tag, body FROM charging_profile ORDER BY id")
                .forEach(found -> found.ifPresent(installed::add));
    }

    private static Optional<InstalledProfile> read(FrameCodec codec, int connectorId, String transactionId, String remoteStartTag,
            String body) {
        try {
            return Optional.of(new InstalledProfile(ProfileReader.read(connectorId, codec.readPayload(body)), transactionId, remoteStartTag,
                    body));
        } catch (IOException | RuntimeException e) {
            LOG.error("A charging profile in the store is damaged and left out: {}", e.toString());
            return Optional.empty();
        }
    }

    List<InstalledProfile> all() {
        return List.copyOf(installed);
    }

    /** Adds a profile, or changes one, and takes others out. */
    void put(InstalledProfile fresh, Collection<InstalledProfile> instead) {
        store.write(writer -> {
            for (InstalledProfile old : instead) {
                writer.update("DELETE FROM charging_profile WHERE id = ?", old.profile().id());
            }
            writer.update("INSERT OR REPLACE INTO charging_profile VALUES(?, ?, ?, ?, ?)", fresh.profile().id(),
                    fresh.profile().connectorId(), fresh.transactionId(), fresh.remoteStartTag(), fresh.body());
        });
        installed.removeAll(instead);
        installed.removeIf(old -> old.profile().id() == fresh.profile().id());
        installed.add(fresh);
    }

    /** Takes out those that match; returns whether there were any. */
    boolean removeIf(Predicate<InstalledProfile> condition) {
        List<InstalledProfile> gone = installed.stream().filter(condition).toList();
        if (!gone.isEmpty()) {
            store.write(writer -> {
                for (InstalledProfile old : gone) {
                    writer.update("DELETE FROM charging_profile WHERE id = ?", old.profile().id());
                }
            });
            installed.removeAll(gone);
        }
        return !gone.isEmpty();
    }
}
