package dcocpp.can.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

class DbcAgreementTest {

    private static final Path DBC = Path.of("..", "docs", "can", "dc_charger.dbc");

    @Test
    void codecAndDbcKnowTheSameMessages() throws IOException {
        Map<String, DbcFile.Entry> dbc = DbcFile.read(DBC).messages;
        assertEquals(dbc.keySet(), Arrays.stream(Message.values()).map(Message::dbcName).collect(Collectors.toSet()));
        for (Message message : Message.values()) {
            DbcFile.Entry entry = dbc.get(message.dbcName());
            assertEquals(entry.id(), message.base(), message.dbcName());
            assertEquals(entry.sender(), message.sender().name(), message.dbcName());
            assertEquals(8, entry.length(), message.dbcName());
            assertEquals(entry.checksummed()[0], message.checksummed(), message.dbcName());
            assertEquals(message, Message.of(message.id(15)), message.dbcName());
        }
    }

    @Test
    void everySignalStandsWhereTheDbcSays() throws IOException {
        Map<String, DbcFile.Entry> dbc = DbcFile.read(DBC).messages;
        for (Message message : Message.values()) {
            Map<String, DbcFile.Bits> ours = new LinkedHashMap<>();
            for (Signal signal : message.signals()) {
                ours.put(signal.name(), new DbcFile.Bits(signal.start(), signal.length(), true, signal.signed(), 1.0 / signal.divisor(), 0,
                        signal.page()));
            }
            assertEquals(dbc.get(message.dbcName()).signals(), ours, message.dbcName());
        }
    }

    @Test
    void sharedIdentityLayoutFitsEveryFamily() {
        for (Message family : List.of(Message.EV_MAC, Message.EMAID0, Message.EMAID1, Message.EVCCID)) {
            List<Signal> signals = family.signals();
            assertEquals(PlcLayout.Identity.TOTAL_LEN.start(), signals.get(0).start());
            assertEquals(PlcLayout.Identity.SEG_CNT.start(), signals.get(1).start());
            assertEquals(PlcLayout.Identity.SEG_IDX.start(), signals.get(2).start());
            assertTrue(signals.stream().limit(3).allMatch(signal -> signal.length() == 8));
        }
    }

    @Test
    void identifiersOutsideTheContractHaveNoMessage() {
        for (int id : new int[] {0, 0x0F0, 0x140, 0x1C0, 0x290, 0x320, 0x440, 0x8FFF0, 0x90010, 0x1FFF_FFFF}) {
            assertEquals(null, Message.of(id), Integer.toHexString(id));
        }
    }
}
