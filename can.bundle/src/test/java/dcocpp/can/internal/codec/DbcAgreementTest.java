package dcocpp.can.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** What the codec makes of the DBC, read back from the numbers that it works with. */
class DbcAgreementTest {

    @Test
    void codecAndDbcKnowTheSameMessages() throws IOException {
        Map<String, DbcFile.Entry> dbc = DbcFile.read().messages;
        assertEquals(dbc.keySet(), Arrays.stream(Message.values()).map(Message::dbcName).collect(Collectors.toSet()));
        for (Message message : Message.values()) {
            DbcFile.Entry entry = dbc.get(message.dbcName());
            assertEquals(entry.id, message.base(), message.dbcName());
            assertEquals(entry.sender, message.sender().name(), message.dbcName());
            assertEquals(8, entry.length, message.dbcName());
            assertEquals(entry.checksummed, message.checksummed(), message.dbcName());
            assertEquals(message, Message.of(message.id(15)), message.dbcName());
        }
    }

    @Test
    void everySignalHasPlaceScaleRangeUnitAndPageOfTheDbc() throws IOException {
        Map<String, DbcFile.Entry> dbc = DbcFile.read().messages;
        for (Message message : Message.values()) {
            DbcFile.Entry entry = dbc.get(message.dbcName());
            List<NamedSignal> ours = SignalTable.of(message);
            assertEquals(new ArrayList<>(entry.signals.keySet()), ours.stream().map(NamedSignal::name).toList(), message.dbcName());
            for (NamedSignal named : ours) {
                int code = named.signal();
                DbcFile.Bits bits = entry.signals.get(named.name());
                double scale = Signal.divisor(code);
                assertEquals(bits, new DbcFile.Bits(Signal.start(code), Signal.length(code), true, Signal.signed(code), 1 / scale, 0,
                        Signal.lowest(code) / scale, Signal.highest(code) / scale, named.unit(), Signal.multiplexer(code),
                        Signal.onPage(code, -1) ? -1 : bits.page()), named.name());
                assertTrue(bits.page() < 0 || Signal.onPage(code, bits.page()), named.name());
            }
        }
    }

    @Test
    void oneIdentityLayoutFitsEveryFamily() {
        List<Integer> layout = SignalTable.of(Message.EV_MAC).stream().map(NamedSignal::signal).toList();
        for (Message family : List.of(Message.EMAID0, Message.EMAID1, Message.EVCCID)) {
            assertEquals(layout, SignalTable.of(family).stream().map(NamedSignal::signal).toList(), family.dbcName());
        }
    }

    @Test
    void identifiersOutsideTheContractHaveNoMessage() {
        for (int id : new int[] {0, 0x0F0, 0x140, 0x1C0, 0x290, 0x320, 0x440, 0x8FFF0, 0x90010, 0x1FFF_FFFF}) {
            assertEquals(null, Message.of(id), Integer.toHexString(id));
        }
    }
}
