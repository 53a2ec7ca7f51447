package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.hardware.TokenRead;
import dcocpp.planner.internal.RingPlanner;

/** The whole charger with the real planner on the physics of a cabinet of six guns, and no test may break a rule of theirs. */
abstract class PhysicalChargerTest {

    static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    PhysicalHardware hardware;
    ChargerFixture charger;

    @BeforeEach
    void start() {
        charger = ChargerFixture.on(folder, 6, 400, time -> hardware = new PhysicalHardware(time), new RingPlanner());
    }

    @AfterEach
    void nothingBrokeARule() {
        charger.close();
        assertEquals(List.of(), hardware.violations());
    }

    /** A car that takes this power, and a second later its card. */
    void present(int id, double powerKW) {
        hardware.plug(id, powerKW);
        charger.run(SECOND);
        charger.events.tokenRead(new TokenRead(TokenRead.Source.RFID, "T" + id, id, charger.time.nanoTime()));
    }

    /** What really flows, kW. */
    double powerKW(int id) {
        return hardware.truth(id).powerW() / 1000;
    }
}
