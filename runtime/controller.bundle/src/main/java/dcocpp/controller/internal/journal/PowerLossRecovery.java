package dcocpp.controller.internal.journal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;

/** Closes what a power cut or a kill has left open: with the last energy that reached the disk, and its time. */
public final class PowerLossRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(PowerLossRecovery.class);

    private PowerLossRecovery() {
    }

    /** Writes the end of every transaction that has none. Returns when it is on the disk. */
    public static void closeOpenTransactions(JournalStore store) {
        Map<Integer, Long> lifetimes = new HashMap<>();
        store.meters().forEach(meter -> lifetimes.put(meter.connectorId(), meter.lifetimeMilliWh()));
        for (JournalStore.OpenTransaction open : store.openTransactions()) {
            TransactionStarted started = open.started();
            JournalStamp last = open.lastSample().map(sample -> sample.stamp()).orElse(started.stamp());
            long sampled = open.lastSample().map(sample -> sample.sample().registerMilliWh()).orElse(started.meterMilliWh());
            long meter = Math.max(started.meterMilliWh(), Math.max(sampled, lifetimes.getOrDefault(started.connectorId(), 0L)));
            LOG.warn("Connector {}: transaction {} was cut off; it ends at {} mWh, {}", started.connectorId(),
                    started.transactionId(), meter, last.at());
            store.append(List.of(new TransactionStopped(last, started.transactionId(), started.connectorId(), meter,
                    StopReason.POWER_LOSS, "")), List.of());
        }
    }
}
