package dcocpp.ocpp.internal.smartcharging;

import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Purpose;

/**
 * A profile that was taken. A TxProfile belongs to a transaction, or waits for that of a remote start.
 *
 * @param transactionId our id of its transaction; empty = none, or not yet
 * @param remoteStartTag whose remote start it came with; empty = none, or its transaction has begun
 * @param body the profile as the back office gave it
 */
record InstalledProfile(ChargingProfile profile, String transactionId, String remoteStartTag, String body) {

    boolean counts() {
        return profile.purpose() != Purpose.TxProfile || !transactionId.isEmpty();
    }

    boolean waits() {
        return !remoteStartTag.isEmpty();
    }

    InstalledProfile boundTo(String newTransactionId) {
        return new InstalledProfile(profile, newTransactionId, "", body);
    }
}
