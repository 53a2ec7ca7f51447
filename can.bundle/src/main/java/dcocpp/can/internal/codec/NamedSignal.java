package dcocpp.can.internal.codec;

import java.util.List;

/**
 * A signal for people and tools; the driver needs only the number.
 *
 * @param name its name in the DBC
 * @param signal where it stands and how it is scaled, see {@link Signal}
 * @param unit of its physical value; empty for a number without one
 */
public record NamedSignal(String name, int signal, String unit) {

    /** The signals that a frame carries: those of its multiplexer's page and those that are on every page. */
    public static List<NamedSignal> carried(Message message, long payload) {
        List<NamedSignal> all = SignalTable.of(message);
        long multiplexer = 0;
        for (NamedSignal named : all) {
            multiplexer = Signal.multiplexer(named.signal) ? Signal.raw(named.signal, payload) : multiplexer;
        }
        long page = multiplexer;
        return all.stream().filter(named -> Signal.onPage(named.signal, page)).toList();
    }
}
