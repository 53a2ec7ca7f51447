package dcocpp.ocpp.internal.store;

import java.time.Instant;

/**
 * What the back office last said of a tag.
 *
 * @param status an AuthorizationStatus of OCPP
 * @param parentIdTag its group; empty = none
 * @param expiry until when that counts; null = always
 */
public record CachedToken(String idTag, String status, String parentIdTag, Instant expiry) {
}
