package dcocpp.ocpp.internal.feature;

import java.util.concurrent.ScheduledExecutorService;

import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.outbox.Outbox;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.store.OcppStore;
import dcocpp.ocpp.internal.transaction.TransactionTable;

/**
 * The charge point as a feature sees it. All of it belongs to the owner thread, but for the time source and the owner itself.
 *
 * @param controller the services of the controller
 * @param configuration the values of all keys
 * @param store what survives a restart
 * @param outbox where requests are handed in
 * @param codec makes payloads
 * @param time the only clock
 * @param owner the thread that owns the protocol: timers, and whatever comes from another thread
 * @param transactions the transactions that the back office is, or will be, told of
 * @param wishes what the back office wants of the controller
 */
public record Environment(Controller controller, Configuration configuration, OcppStore store, Outbox outbox, FrameCodec codec,
        TimeSource time, ScheduledExecutorService owner, TransactionTable transactions, Wishes wishes) {
}
