package dcocpp.can.internal.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import dcocpp.can.internal.codec.DbcFile;
import dcocpp.can.internal.codec.Message;

/** The cycle times of the DBC beside the driver's periods and limits. */
class DbcCycleTest {

    private final DbcFile dbc;

    DbcCycleTest() throws IOException {
        dbc = DbcFile.read();
    }

    private long cycle(Message message) {
        return Limits.millis(dbc.messages.get(message.dbcName()).cycleMillis);
    }

    @Test
    void hostSendsInTheCyclesOfTheDbc() {
        assertEquals(cycle(Message.RELAY_CONTROL), Limits.RELAY_ON_PERIOD);
        assertEquals(cycle(Message.MAX_LIMITS), Limits.MAX_LIMITS_PERIOD);
        // Twice the nominal 100 ms: with twelve guns the bus has no room for more, and the PLC watches RelayControl, not this.
        assertEquals(2 * cycle(Message.PRESENT), Limits.PRESENT_ACTIVE_PERIOD);
    }

    @Test
    void aPlcInTheCyclesOfTheDbcMayLoseOneFrame() {
        assertTrue(2 * cycle(Message.RELAY_STATUS) < Limits.LINK);
        assertTrue(2 * cycle(Message.SAFETY_SWITCH_STATUS) < Limits.LINK);
        assertTrue(2 * cycle(Message.CP_VOLTAGE_LEVELS) < Limits.CONTROL_PILOT);
        assertTrue(2 * cycle(Message.ENERGY_METER_DATA) < Limits.METER_STAND_IN);
        assertTrue(2 * cycle(Message.EV_TARGETS) < Limits.TELEMETRY);
    }
}
