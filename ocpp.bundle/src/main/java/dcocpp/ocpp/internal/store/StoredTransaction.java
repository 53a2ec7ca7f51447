package dcocpp.ocpp.internal.store;

import java.time.Duration;
import java.time.Instant;

/**
 * One of our transactions as far as this bundle must know it over a restart.
 *
 * @param transactionId our id
 * @param connectorId where
 * @param remoteId the back office's id; null until it is known
 * @param bootId the process run it began in
 * @param startedNanos process time of its begin in that run
 * @param startedAt wall time of its begin
 * @param sampleSlot begin of the last interval that has its sampled value, seconds since the begin
 * @param clockSlot begin of the last interval that has its clock-aligned value, seconds since 1970
 * @param begin the sample of its begin, as it goes into StopTransaction; empty = none
 * @param end the sample of its end, likewise
 * @param ended its end is queued
 */
public record StoredTransaction(String transactionId, int connectorId, Integer remoteId, String bootId, long startedNanos,
        Instant startedAt, long sampleSlot, long clockSlot, String begin, String end, boolean ended) {

    /** How long it ran at a moment: by the monotonic clock, unless the process was restarted since it began. */
    public Duration elapsed(String momentBootId, long momentNanos, Instant momentAt) {
        return bootId.equals(momentBootId) ? Duration.ofNanos(momentNanos - startedNanos) : Duration.between(startedAt, momentAt);
    }

    public StoredTransaction withRemoteId(Integer id) {
        return new StoredTransaction(transactionId, connectorId, id, bootId, startedNanos, startedAt, sampleSlot, clockSlot, begin, end,
                ended);
    }

    public StoredTransaction withSlots(long sample, long clock) {
        return new StoredTransaction(transactionId, connectorId, remoteId, bootId, startedNanos, startedAt, sample, clock, begin, end,
                ended);
    }

    public StoredTransaction withSamples(String beginSample, String endSample) {
        return new StoredTransaction(transactionId, connectorId, remoteId, bootId, startedNanos, startedAt, sampleSlot, clockSlot,
                beginSample, endSample, ended);
    }

    /** With another time of its begin, and the last interval that has its clock-aligned value. */
    public StoredTransaction withStart(Instant start, long clock) {
        return new StoredTransaction(transactionId, connectorId, remoteId, bootId, startedNanos, start, sampleSlot, clock, begin, end,
                ended);
    }

    public StoredTransaction asEnded() {
        return new StoredTransaction(transactionId, connectorId, remoteId, bootId, startedNanos, startedAt, sampleSlot, clockSlot, begin,
                end, true);
    }
}
