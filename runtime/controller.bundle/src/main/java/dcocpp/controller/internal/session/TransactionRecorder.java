package dcocpp.controller.internal.session;

import java.time.Duration;
import java.util.List;

import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.MeterSampled;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.time.TimeSource;

/** Puts the transactions of one connector into the journal: begin, samples, end. Belongs to the control thread. */
final class TransactionRecorder {

    private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(10);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final int connectorId;
    private final EnergyAccumulator energy;
    private final TimeSource time;
    private final Surroundings surroundings;
    private long sampledNanos;
    private long sampledQuarter;

    TransactionRecorder(int connectorId, EnergyAccumulator energy, TimeSource time, Surroundings surroundings) {
        this.connectorId = connectorId;
        this.energy = energy;
        this.time = time;
        this.surroundings = surroundings;
    }

    /** Writes the start; {@code done} runs once it is on the disk, {@code failed} when it never will be. */
    void start(Session session, MeterSample live, Runnable done, Runnable failed) {
        sampledNanos = time.nanoTime();
        sampledQuarter = quarter();
        surroundings.write(List.of(
                new TransactionStarted(stamp(), session.transactionId, connectorId, session.token, session.meterStartMilliWh,
                        session.reservationId),
                sampled(session, MeterSampled.Context.BEGIN, live)), List.of(energy.kept()), done, failed);
    }

    /** Writes a sample when one is due. */
    void sampleIfDue(Session session, MeterSample live) {
        long quarter = quarter();
        boolean clock = quarter != sampledQuarter;
        long now = time.nanoTime();
        if (clock || now - sampledNanos >= SAMPLE_INTERVAL.toNanos()) {
            sampledQuarter = quarter;
            sampledNanos = now;
            surroundings.write(List.of(sampled(session, clock ? MeterSampled.Context.CLOCK : MeterSampled.Context.PERIODIC, live)),
                    List.of(energy.kept()), () -> { }, () -> { });
        }
    }

    /** Writes the end. */
    void stop(Session session, MeterSample live) {
        surroundings.write(List.of(sampled(session, MeterSampled.Context.END, live),
                new TransactionStopped(stamp(), session.transactionId, connectorId, session.meterStopMilliWh, session.stopReason,
                        session.stopIdTag)), List.of(energy.kept()), () -> { }, () -> { });
    }

    private MeterSampled sampled(Session session, MeterSampled.Context context, MeterSample live) {
        return new MeterSampled(stamp(), session.transactionId, connectorId, context, live);
    }

    /** The journal gives the number. */
    private JournalStamp stamp() {
        return new JournalStamp(0, surroundings.bootId(), time.nanoTime(), time.now());
    }

    private long quarter() {
        return time.now().getEpochSecond() / QUARTER.toSeconds();
    }
}
