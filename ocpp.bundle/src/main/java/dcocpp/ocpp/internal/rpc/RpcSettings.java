package dcocpp.ocpp.internal.rpc;

import java.time.Duration;

/**
 * The times and bounds of one connection, in process time.
 *
 * @param callTimeout how long our CALL waits for its answer
 * @param replyTimeout how long a handler may take for its answer; less than what the back office waits
 * @param maxWaitingCalls how many calls may wait while one is being answered
 */
public record RpcSettings(Duration callTimeout, Duration replyTimeout, int maxWaitingCalls) {
}
