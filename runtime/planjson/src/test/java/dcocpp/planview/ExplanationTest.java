package dcocpp.planview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState.Position;

class ExplanationTest {

    @Test
    void everyLimitOfAGunIsSaidInTurn() {
        Rings ring = new Rings(5).gun(1, 200_000, 240_000, 200).gun(3, 60_000, 60_000, 200)
                .island(1, 100_000, List.of(5, 1, 2), "M5_0", "M1_0", "M1_1", "M2_0").island(3, 20_000, List.of(3), "M3_0");
        ring.gridLimitW = 120_000;
        ring.kept.add(4);
        ring.contactor("MC_4", Position.CLOSED, true, false);
        assertEquals("""
                2 of 2 guns take energy, together 120.0 kW; limit of the site: 120.0 kW
                gun 1 at slot 1 gets 100.0 kW of 200.0 kW: the limit of the site, 120.0 kW
                  request  200.0 kW at 800 V
                  gun      power limit 240.0 kW, current limit 200.0 A = 160.0 kW
                  modules  M5_0 M1_0 M1_1 M2_0, good for 120.0 kW; 6 of 6 modules on its bus are usable, a gun may have 4: 120.0 kW \
                within reach
                  ring     island of slots 5 1 2; clockwise slot 3 is the home of gun 3, which takes energy; counter-clockwise slot 4 is \
                not lendable: a vehicle, a reservation or a fault
                  grid     120.0 kW are used up and shared by weight: 100.0 kW for a weight of 1, and this gun has 1.0; who needs less \
                gets less
                gun 3 at slot 3 gets 20.0 kW of 60.0 kW: the limit of the site, 120.0 kW
                  request  60.0 kW at 800 V
                  gun      power limit 60.0 kW, current limit 200.0 A = 160.0 kW
                  modules  M3_0, good for 30.0 kW; 2 of 2 modules on its bus are usable, a gun may have 4: 60.0 kW within reach
                  ring     island of slots 3; clockwise slot 4 is not lendable: a vehicle, a reservation or a fault; counter-clockwise \
                slot 2 feeds gun 1
                  grid     120.0 kW are used up and shared by weight: 20.0 kW for a weight of 1, and this gun has 1.0; who needs less \
                gets less
                contactor MC_4 is welded closed
                   +========== MC_5 closed ===========+
                 [  1] ##   gun 1 100.0 kW             [  5] #o   for gun 1
                   =   MC_1 closed                       W   MC_4 welded
                 [  2] #o   for gun 1                  [  4] oo   not lendable
                   :   MC_2 open                         :   MC_3 open
                 [  3] #o   gun 3 20.0 kW
                module # feeding, o idle, x not usable; bus contactor = closed, : open, W welded, ! does not close""",
                String.join("\n", Explanation.lines(ring.input(), ring.plan())));
    }

    @Test
    void aPausedGunAndAWholeRingAreSaid() {
        Rings ring = new Rings(2).gun(1, 60_000, 0, Double.POSITIVE_INFINITY).island(1, 0, List.of(1, 2));
        String text = String.join("\n", Explanation.lines(ring.input(), ring.plan()));
        assertTrue(text.contains("gun 1 at slot 1 gets 0.0 kW of 60.0 kW: the power limit of the gun, 0.0 kW"), text);
        assertTrue(text.contains("  gun      power 0: paused, current limit unlimited"), text);
        assertTrue(text.contains("  ring     island of slots 1 2, the whole ring\n"), text);
        assertTrue(text.contains("  grid     no limit"), text);
    }

    @Test
    void anOpenRingOfAnEvenNumberHasNoContactorAcross() {
        Rings ring = new Rings(4).idleGun(1);
        ring.closedRing = false;
        ring.unusable.add("M2_1");
        ring.contactor("MC_2", Position.OPEN, false, true);
        assertEquals("""
                   +         the ring is open         +
                 [  1] oo   free                       [  4] oo   free
                   :   MC_1 open                         :   MC_3 open
                 [  2] ox   free                       [  3] oo   free
                   +!!!!!! MC_2 does not close !!!!!!!+
                """.strip(), String.join("\n", RingText.lines(ring.input(), ring.plan()).subList(0, 5)).strip());
    }

    @Test
    void aLargeRingFitsOnAScreen() {
        List<String> lines = RingText.lines(new Rings(129).input(), new Rings(129).plan());
        assertEquals(131, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.length() < 100), lines.toString());
    }
}
