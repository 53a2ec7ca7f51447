package dcocpp.ocpp.internal.authorization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.ocpp.internal.message.OcppTime;

/**
 * What the back office has said of a tag: an IdTagInfo of OCPP.
 *
 * @param idTag the tag, in any case
 * @param status an AuthorizationStatus of OCPP
 * @param parentIdTag its group; empty = none
 * @param expiry when it ceases to be valid; null = never
 */
record TagInfo(String idTag, String status, String parentIdTag, Instant expiry) {

    /** The columns of a tag in every table that holds some; tags of OCPP are not case sensitive. */
    static final String COLUMNS = "id_tag TEXT PRIMARY KEY COLLATE NOCASE, status TEXT NOT NULL, parent TEXT NOT NULL, expiry INTEGER";

    static TagInfo of(String idTag, JsonNode idTagInfo) {
        return new TagInfo(idTag, idTagInfo.get("status").textValue(), idTagInfo.path("parentIdTag").asText(""),
                OcppTime.parse(idTagInfo.path("expiryDate").asText("")).orElse(null));
    }

    static TagInfo read(ResultSet row) throws SQLException {
        long expiry = row.getLong("expiry");
        boolean never = row.wasNull();
        return new TagInfo(row.getString("id_tag"), row.getString("status"), row.getString("parent"),
                never ? null : Instant.ofEpochMilli(expiry));
    }

    Long expiryMillis() {
        return expiry == null ? null : expiry.toEpochMilli();
    }

    /** What it said, whatever has become of it since. */
    Verdict verdict() {
        return status.equals("ConcurrentTx") ? Verdict.CONCURRENT : Verdict.valueOf(status.toUpperCase(Locale.ROOT));
    }

    /** What it means at this moment. */
    Verdict verdict(Instant at) {
        return expiry != null && !at.isBefore(expiry) ? Verdict.EXPIRED : verdict();
    }

    /** The tag is known and good, although it may be in use already. */
    static boolean valid(Verdict verdict) {
        return verdict == Verdict.ACCEPTED || verdict == Verdict.CONCURRENT;
    }
}
