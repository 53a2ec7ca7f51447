package dcocpp.api.backoffice;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers the back office's DataTransfer messages of a vendor. A bundle registers it as a service with {@link #VENDOR_ID}; it may come and
 * go at any time. Of several for one vendor the one with the highest service ranking is asked.
 *
 * <p>{@link #handle} is called on a thread that the handler has for itself, one call at a time, and may take 10 s of real time. One that
 * takes longer, throws or goes away meanwhile is answered with Rejected on its behalf; as long as it has not returned, further messages are
 * Rejected at once. When the service goes away its thread is interrupted.
 */
@ConsumerType
public interface DataTransferHandler {

    /** Service property, a text or several: the vendor ids that it answers for. Case does not matter. */
    String VENDOR_ID = "backoffice.vendorId";

    /** Does what the message asks for, and answers. */
    DataTransferAnswer handle(DataTransferRequest request);
}
