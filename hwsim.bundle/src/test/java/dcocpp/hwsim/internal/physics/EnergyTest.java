package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;

class EnergyTest {

    private static final BigInteger NANO_J_PER_MILLI_WH = BigInteger.valueOf(3_600_000_000L);

    private final Rig rig = new Rig(4);

    @Test
    void registersStartAtAValueOfTheirConnector() {
        for (int id = 1; id <= 4; id++) {
            assertEquals(1_000_000L * id, rig.state(id).meter().registerMilliWh());
        }
    }

    @Test
    void registerIsTheIntegralOfThePowerToTheNanojoule() {
        rig.session(1, "compact-400", 20, 120);
        BigInteger before = exact(rig.truth(1).meterMilliWh(), rig.truth(1).meterRemainderNanoJ());
        BigInteger sum = BigInteger.ZERO;
        rig.gun(1).offerCurrentA = 120;
        for (int step = 0; step < 5000; step++) {
            if (step % 1000 == 500) {
                rig.gun(1).offerCurrentA = 17.3 + step / 100.0;
            }
            rig.run(Cabinet.STEP_MS);
            long milliV = Math.round(rig.state(1).presentVoltageV() * 1000);
            long milliA = Math.round(rig.state(1).presentCurrentA() * 1000);
            sum = sum.add(BigInteger.valueOf(milliV).multiply(BigInteger.valueOf(milliA * Cabinet.STEP_MS)));
        }
        BigInteger counted = exact(rig.truth(1).meterMilliWh(), rig.truth(1).meterRemainderNanoJ()).subtract(before);
        assertEquals(sum, counted);
    }

    @Test
    void modulesGiveWhatTheMeterCountsAndTheCarTakes() {
        rig.session(1, "tourer-800", 10, 70);
        rig.gun(1).offerCurrentA = 61.237;
        rig.run(120_000);

        GunTruth gun = rig.truth(1);
        BigInteger meter = exact(gun.meterMilliWh() - 1_000_000, gun.meterRemainderNanoJ());
        BigInteger modules = gun.modules().stream().map(module -> exact(module.givenMilliWh(), module.givenRemainderNanoJ()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        assertEquals(meter, modules, "modules and meter");
        assertEquals(meter, exact(gun.car().takenMilliWh(), gun.car().takenRemainderNanoJ()), "meter and car");
        assertTrue(meter.compareTo(exact(1_000_000, 0)) > 0, "about 1.5 kWh have flowed");
    }

    @Test
    void theGridGivesWhatTheModulesGiveAndLoseToTheNanojoule() {
        rig.session(1, "tourer-800", 10, 70);
        rig.session(2, "compact-400", 10, 50);
        rig.run(60_000);
        BigInteger given = BigInteger.ZERO;
        BigInteger lost = BigInteger.ZERO;
        for (GunTruth gun : rig.cabinet.truth()) {
            for (GunTruth.ModuleTruth module : gun.modules()) {
                given = given.add(exact(module.givenMilliWh(), module.givenRemainderNanoJ()));
                lost = lost.add(exact(module.lostMilliWh(), module.lostRemainderNanoJ()));
            }
        }
        GridTruth grid = rig.cabinet.grid();
        assertEquals(given.add(lost), exact(grid.importedMilliWh(), grid.importedRemainderNanoJ()));
        assertEquals(0.955, given.doubleValue() / given.add(lost).doubleValue(), 1e-6);
        assertEquals((rig.truth(1).powerW() + rig.truth(2).powerW()) / 0.955, grid.powerW(), 5);
    }

    @Test
    void counterKeepsTheRemainder() {
        EnergyCounter counter = new EnergyCounter(5);
        for (int i = 0; i < 7; i++) {
            counter.add(1_000_000_000L);
        }
        assertEquals(6, counter.milliWh());
        assertEquals(3_400_000_000L, counter.remainderNanoJ());
        assertThrows(IllegalArgumentException.class, () -> counter.add(-1));
    }

    @Test
    void batteryFillsByWhatIsNotLostAsHeat() {
        rig.session(1, "compact-400", 20, 140);
        double socBefore = rig.truth(1).car().socPercent();
        long takenBefore = rig.truth(1).car().takenMilliWh();
        long heatBefore = rig.truth(1).car().heatMilliWh();
        rig.run(360_000);

        GunTruth.CarTruth car = rig.truth(1).car();
        double filledWh = (car.socPercent() - socBefore) / 100 * car.batteryWh();
        double netWh = (car.takenMilliWh() - takenBefore - (car.heatMilliWh() - heatBefore)) / 1000.0;
        assertEquals(netWh, filledWh, 0.01);
        assertTrue(netWh > 4500, "net " + netWh);
    }

    private static BigInteger exact(long milliWh, long remainderNanoJ) {
        return BigInteger.valueOf(milliWh).multiply(NANO_J_PER_MILLI_WH).add(BigInteger.valueOf(remainderNanoJ));
    }
}
