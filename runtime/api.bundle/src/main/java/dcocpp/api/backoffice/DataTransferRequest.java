package dcocpp.api.backoffice;

import java.util.Objects;

/**
 * A DataTransfer message of the back office.
 *
 * @param vendorId whose message it is, at most 255 characters
 * @param messageId which of the vendor's messages, at most 50 characters; empty = not said
 * @param data what it carries, without a format; empty = nothing
 */
public record DataTransferRequest(String vendorId, String messageId, String data) {

    public DataTransferRequest {
        Objects.requireNonNull(vendorId);
        Objects.requireNonNull(messageId);
        Objects.requireNonNull(data);
    }
}
