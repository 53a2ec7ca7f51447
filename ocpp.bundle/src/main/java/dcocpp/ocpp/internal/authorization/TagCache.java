package dcocpp.ocpp.internal.authorization;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.store.OcppStore;

/**
 * The authorization cache: the tags that the back office was asked about lately, good and bad (OCPP 1.6, 3.5.1). When it is full,
 * what is not valid goes first, then what was not used for longest. Used on the owner thread only.
 */
final class TagCache {
    private final OcppStore store;
    private final Configuration configuration;

    TagCache(OcppStore store, Configuration configuration) {
        this.store = store;
        this.configuration = configuration;
        store.require(List.of("CREATE TABLE IF NOT EXISTS cached_tag(" + TagInfo.COLUMNS + ", used INTEGER NOT NULL) WITHOUT ROWID"));
    }

    boolean enabled() {
        return configuration.flag("AuthorizationCacheEnabled");
    }

    /** What is kept of a tag; nothing while the cache is disabled. */
    Optional<TagInfo> find(String idTag) {
        return enabled() ? store.query(TagInfo::read, "SELECT * FROM cached_tag WHERE id_tag = ?", idTag).stream().findFirst()
                : Optional.empty();
    }

    /** Keeps what the back office has said of a tag just now. */
    void put(TagInfo tag, Instant now) {
        store.write(writer -> {
            writer.update("INSERT OR REPLACE INTO cached_tag(id_tag, status, parent, expiry, used) VALUES(?, ?, ?, ?,"
                    + " (SELECT ifnull(max(used), 0) + 1 FROM cached_tag))", tag.idTag(), tag.status(), tag.parentIdTag(),
                    tag.expiryMillis());
            writer.update("DELETE FROM cached_tag WHERE id_tag IN (SELECT id_tag FROM cached_tag WHERE id_tag <> ?"
                    + " ORDER BY status IN ('Accepted', 'ConcurrentTx') AND (expiry IS NULL OR expiry > ?), used"
                    + " LIMIT max(0, (SELECT count(*) FROM cached_tag) - ?))", tag.idTag(), now.toEpochMilli(),
                    configuration.number("AuthorizationCacheMaxLength"));
        });
    }

    /** A tag was decided upon with what is kept of it: it is worth keeping. */
    void used(String idTag) {
        store.write(writer -> writer.update("UPDATE cached_tag SET used = (SELECT max(used) + 1 FROM cached_tag) WHERE id_tag = ?", idTag));
    }

    void clear() {
        store.write(writer -> writer.update("DELETE FROM cached_tag"));
    }
}
