package dcocpp.launcher.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GunDriverTest {

    private static final int SHORT = 1;
    private static final int LONG = 4;

    private final ToyGun gun = new ToyGun();

    /** A gun that does what it is asked, unless the test says otherwise. */
    private static final class ToyGun implements Hands {
        private final List<String> calls = new ArrayList<>();
        private boolean plugged;
        private boolean transaction;
        private boolean grants = true;
        private boolean refuses;

        private void called(String call) throws LaunchException {
            calls.add(call);
            if (refuses) {
                throw new LaunchException(ExitCode.FAILED, "refused");
            }
        }

        @Override
        public void plug(int connectorId, String car, double socPercent, double targetPercent) throws LaunchException {
            called("plug");
            plugged = true;
        }

        @Override
        public void unplug(int connectorId) throws LaunchException {
            called("unplug");
            plugged = false;
            transaction = false;
        }

        @Override
        public void pause(int connectorId, boolean on) throws LaunchException {
            called(on ? "pause" : "resume");
        }

        @Override
        public void swipe(int connectorId, String idTag) throws LaunchException {
            called("card");
            transaction = grants && !transaction;
        }

        @Override
        public void remoteStart(int connectorId, String idTag) throws LaunchException {
            called("card");
            transaction = grants;
        }

        @Override
        public void remoteStop(int connectorId) throws LaunchException {
            called("card");
            transaction = false;
        }

        @Override
        public void stop(int connectorId) throws LaunchException {
            called("card");
            transaction = false;
        }

        private GunDriver.Sight sight() {
            return new GunDriver.Sight(!plugged, plugged, transaction);
        }
    }

    private GunDriver driver(int connectorId) {
        return new GunDriver(connectorId, new Visits(new Random(1), 60, 600, 10), gun);
    }

    private void run(GunDriver driver, double from, double to) throws LaunchException {
        for (double now = from; now < to; now += 0.5) {
            driver.look(gun.sight(), now);
        }
    }

    @Test
    void driversComeAskStopAndLeaveOneAfterTheOther() throws Exception {
        GunDriver driver = driver(SHORT);
        run(driver, 0, 600);
        assertTrue(driver.started() >= 5, () -> driver.started() + " in ten minutes");
        assertEquals(0, driver.sentAway());
        for (int i = 0; i + 3 < gun.calls.size(); i += 4) {
            assertEquals(List.of("plug", "card", "card", "unplug"), gun.calls.subList(i, i + 4));
        }
    }

    @Test
    void whoStaysLongPausesAndGoesOn() throws Exception {
        run(driver(LONG), 0, 580);
        assertEquals(List.of("plug", "card", "pause", "resume", "pause", "resume", "pause", "resume"), gun.calls);
    }

    @Test
    void whoIsNotLetInTriesAgainAndLeaves() throws Exception {
        gun.grants = false;
        GunDriver driver = driver(SHORT);
        run(driver, 0, 250);
        assertEquals(List.of("plug", "card", "card"), gun.calls.subList(0, 3));
        assertEquals(11, gun.calls.indexOf("unplug"), "after ten times");
        assertEquals(1, driver.sentAway());
        assertEquals(0, driver.started());
    }

    @Test
    void whenTheChargerEndsTheTransactionTheDriverLeaves() throws Exception {
        GunDriver driver = driver(LONG);
        run(driver, 0, 60);
        assertTrue(gun.transaction);
        gun.transaction = false;
        run(driver, 60, 64);
        assertFalse(gun.plugged);
    }

    @Test
    void whatIsRefusedIsTriedAgainLater() throws Exception {
        GunDriver driver = driver(SHORT);
        gun.refuses = true;
        double now = 0;
        while (gun.calls.isEmpty()) {
            double at = now;
            try {
                driver.look(gun.sight(), at);
            } catch (LaunchException refusal) {
                assertEquals("refused", refusal.getMessage());
            }
            now += 0.5;
        }
        driver.look(gun.sight(), now);
        assertEquals(1, gun.calls.size(), "not at once");
        double later = now + 3;
        assertThrows(LaunchException.class, () -> driver.look(gun.sight(), later));
        gun.refuses = false;
        run(driver, later, later + 30);
        assertTrue(gun.plugged && gun.transaction);
    }

    @Test
    void atTheEndEverybodyLeavesAndNobodyComes() throws Exception {
        GunDriver driver = driver(LONG);
        run(driver, 0, 100);
        driver.close();
        assertFalse(driver.closed(gun.sight()));
        run(driver, 100, 120);
        assertTrue(driver.closed(gun.sight()));
        int calls = gun.calls.size();
        run(driver, 120, 2000);
        assertEquals(calls, gun.calls.size());
    }

    @Test
    void aCarThatIsThereAlreadyIsSentAwayFirst() throws Exception {
        gun.plugged = true;
        run(driver(SHORT), 0, 40);
        assertEquals(List.of("unplug", "plug"), gun.calls.subList(0, 2));
    }
}
