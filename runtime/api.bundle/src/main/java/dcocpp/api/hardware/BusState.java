package dcocpp.api.hardware;

import java.util.Objects;

/**
 * How a field bus of the hardware is doing, so that people see it before it fails.
 *
 * @param interfaceName its name in the operating system, such as {@code can0}
 * @param loadPercent share of the bus that was used in the last whole second by the frames that this hardware sent and received, %; may
 *        be above 100 where more was queued than fits; not-a-number: not measured
 * @param framesPerSecond frames sent and received in that second
 * @param lostFrames frames that arrived and were dropped before they could be read, since the hardware was opened
 * @param badFrames frames that were dropped for their checksum or length, since then
 * @param sendGaps how often frames that have to go out regularly could not, since then
 */
public record BusState(String interfaceName, double loadPercent, int framesPerSecond, long lostFrames, long badFrames,
        long sendGaps) {

    public BusState {
        Objects.requireNonNull(interfaceName);
    }
}
