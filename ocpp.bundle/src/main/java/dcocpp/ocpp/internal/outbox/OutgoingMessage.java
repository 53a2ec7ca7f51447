package dcocpp.ocpp.internal.outbox;

import java.time.Instant;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.ocpp.internal.rpc.Outcome;

/**
 * A request on its way to the back office.
 *
 * @param created decides between messages of several queues
 * @param then hears how it ended, exactly once
 */
public record OutgoingMessage(String action, ObjectNode payload, Instant created, Consumer<Outcome> then) {
}
