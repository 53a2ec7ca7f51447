package dcocpp.ocpp.internal.transaction;

import com.fasterxml.jackson.databind.JsonNode;

/** Hears what the back office answers to transaction messages, on the owner thread. */
public interface TransactionListener {

    /**
     * StartTransaction was answered.
     *
     * @param transactionId our id
     * @param idTag whose transaction it is
     * @param idTagInfo what the back office says of it
     */
    void onStarted(String transactionId, String idTag, JsonNode idTagInfo);

    /** StopTransaction was answered with something to know about the tag that stopped it. */
    void onStopped(String idTag, JsonNode idTagInfo);

    /** Something was queued, sent or given up. */
    void onQueueChanged();
}
