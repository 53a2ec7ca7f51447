package dcocpp.ocpp.internal.authorization;

import java.util.List;
import java.util.Optional;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.store.OcppStore;

/**
 * The local authorization list (OCPP 1.6, 3.5.2): the back office alone changes it, as a whole or by differences, each change all or
 * nothing and on disk when it returns. Used on the owner thread only.
 */
final class LocalList {
    private static final String VERSION = "local.list.version";

    private final OcppStore store;
    private final Configuration configuration;

    /**
     * One line of an update.
     *
     * @param idTag the tag
     * @param info what to keep of it; null = it leaves the list
     */
    record Line(String idTag, TagInfo info) {
    }

    LocalList(OcppStore store, Configuration configuration) {
        this.store = store;
        this.configuration = configuration;
        store.require(List.of("CREATE TABLE IF NOT EXISTS local_list(" + TagInfo.COLUMNS + ") WITHOUT ROWID"));
    }

    boolean enabled() {
        return configuration.flag("LocalAuthListEnabled");
    }

    /** The version that was last sent; 0 while the list is empty, whatever its number (OCPP 1.6, 5.10). */
    int version() {
        return size() == 0 ? 0 : store.fact(VERSION).map(Integer::parseInt).orElse(0);
    }

    int size() {
        return store.query(row -> row.getInt(1), "SELECT count(*) FROM local_list").get(0);
    }

    /** What the list says of a tag; nothing while the list is disabled. */
    Optional<TagInfo> find(String idTag) {
        return enabled() ? store.query(TagInfo::read, "SELECT * FROM local_list WHERE id_tag = ?", idTag).stream().findFirst()
                .map(LocalList::meant) : Optional.empty();
    }

    /** OCPP 1.6, 3.5.2: in the list ConcurrentTx marks a valid tag, as Accepted does. */
    private static TagInfo meant(TagInfo tag) {
        return tag.verdict() == Verdict.CONCURRENT ? new TagInfo(tag.idTag(), "Accepted", tag.parentIdTag(), tag.expiry()) : tag;
    }

    /**
     * Takes an update, unless the list would become too long. What is in the list leaves the cache (OCPP 1.6, 3.5.3).
     *
     * @param full the lines replace the list; else they change it
     * @return whether it was taken; if not, the list is as it was
     */
    boolean update(boolean full, List<Line> lines, int version) {
        try {
            store.write(writer -> {
                if (full) {
                    writer.update("DELETE FROM local_list");
                }
                for (Line line : lines) {
                    TagInfo info = line.info();
                    if (info == null) {
                        writer.update("DELETE FROM local_list WHERE id_tag = ?", line.idTag());
                    } else {
                        writer.update("INSERT OR REPLACE INTO local_list(id_tag, status, parent, expiry) VALUES(?, ?, ?, ?)", info.idTag(),
                                info.status(), info.parentIdTag(), info.expiryMillis());
                    }
                }
                if (size() > configuration.number("LocalAuthListMaxLength")) {
                    throw new TooLong();
                }
                writer.update("DELETE FROM cached_tag WHERE id_tag IN (SELECT id_tag FROM local_list)");
                writer.fact(VERSION, Integer.toString(version));
            });
            return true;
        } catch (TooLong e) {
            return false;
        }
    }

    /** Takes a change back while it is being made. */
    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooLong() {
            super("the list would be too long", null, false, false);
        }
    }
}
