package dcocpp.itest.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.csms.DemoCsms;
import dcocpp.csms.OcppMessage;
import dcocpp.itest.TestFolder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A hard reset by the back office: the charger starts anew, in the same process or by whoever supervises that. */
class ResetIT {

    @Test
    void aHardResetStartsTheChargerAgain() throws Exception {
        TestFolder folder = TestFolder.fresh("ResetIT");
        try (DemoCsms csms = DemoCsms.startEphemeral()) {
            folder.writeConfig(Map.of("/chargePoint/centralSystemURI", csms.uri().toString()));
            try (ChargerProcess charger = ChargerProcess.run(folder)) {
                csms.awaitCall("BootNotification", ChargerProcess.LIMIT);
                String answer = csms.chargePoint("chargepoint-1").reset(true).get();
                assertEquals("Accepted", answer);
                OcppMessage reset = csms.await(m -> m.action().equals("Reset"), ChargerProcess.LIMIT);
                charger.awaitLine("reset: starting again");
                csms.awaitAfter(reset, m -> m.isCallFromCharger("BootNotification"), ChargerProcess.LIMIT);
                assertTrue(charger.isAlive());
            }
        }
    }

    @Test
    void forASupervisorTheProcessEndsWithTheCodeThatAsksForAnotherStart() throws Exception {
        TestFolder folder = TestFolder.fresh("ResetIT-supervised");
        try (DemoCsms csms = DemoCsms.startEphemeral()) {
            folder.writeConfig(Map.of("/chargePoint/centralSystemURI", csms.uri().toString()));
            try (ChargerProcess charger = ChargerProcess.run(folder, "--exit-on-reset")) {
                csms.awaitCall("BootNotification", ChargerProcess.LIMIT);
                assertEquals("Accepted", csms.chargePoint("chargepoint-1").reset(true).get());
                assertEquals(75, charger.awaitExit());
            }
        }
    }
}
