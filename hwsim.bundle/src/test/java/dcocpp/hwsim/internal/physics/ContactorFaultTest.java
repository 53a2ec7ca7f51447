package dcocpp.hwsim.internal.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.hwsim.internal.physics.Violation.Kind;

class ContactorFaultTest {

    private static final long MS = 1_000_000;

    private final Rig rig = new Rig(3);

    private void close(String contactorId, boolean wanted) {
        switch (contactorId.substring(0, 2)) {
            case "GC" -> {
                rig.gun(2).authorization = Authorization.GRANTED;
                rig.gun(2).close = wanted;
            }
            case "MC" -> rig.busContactors.retainAll(wanted ? rig.busContactors : Set.of());
            default -> rig.module("M2_1", wanted, false, 0, 0);
        }
        if (wanted && contactorId.startsWith("MC")) {
            rig.busContactors.add(contactorId);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GC_2", "MC_2", "MN_2_1"})
    void everyContactorCanWeldAndStaysWeldedUntilItIsRepaired(String id) {
        rig.cabinet.contactorFault(id, ContactorFault.WELD);
        rig.run(200);
        assertFalse(rig.closed(id), "an open contact does not weld");

        close(id, true);
        rig.run(200);
        assertTrue(rig.closed(id));
        close(id, false);
        rig.run(700);
        assertTrue(rig.closed(id));
        assertTrue(rig.contactor(id).welded());

        close(id, true);
        rig.run(700);
        close(id, false);
        rig.run(700);
        assertTrue(rig.closed(id), "commanding it again does not mend it");

        long violations = rig.cabinet.violationCount();
        rig.cabinet.repairContactor(id);
        rig.run(100);
        assertFalse(rig.closed(id));
        assertEquals(violations, rig.cabinet.violationCount(), "who repairs it is no controller");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GC_2", "MC_2", "MN_2_1"})
    void everyContactorCanJamAndOpensOnceMore(String id) {
        close(id, true);
        rig.run(200);
        assertTrue(rig.closed(id));
        rig.cabinet.contactorFault(id, ContactorFault.JAM);
        rig.run(200);
        assertTrue(rig.closed(id));

        close(id, false);
        rig.run(200);
        assertFalse(rig.closed(id));
        close(id, true);
        rig.run(700);
        assertFalse(rig.closed(id));
        assertTrue(rig.contactor(id).stuckOpen());

        rig.cabinet.repairContactor(id);
        rig.run(200);
        assertTrue(rig.closed(id));
    }

    @Test
    void thePlcReportsTheWeld() {
        rig.cabinet.contactorFault("MC_2", ContactorFault.WELD);
        close("MC_2", true);
        rig.run(200);
        close("MC_2", false);
        rig.run(700);
        assertTrue(rig.reports(2, FaultCause.MC_WELD));
    }

    @Test
    void contactorOfAnotherCabinetIsRefused() {
        assertThrows(SimulationException.class, () -> rig.cabinet.contactorFault("MC_9", ContactorFault.JAM));
    }

    @Test
    void travelIsAsLongAsTheSeedSaysAndNeverOutsideItsRange() {
        assertEquals(travels(7), travels(7));
        Set<Long> all = new HashSet<>(travels(7));
        assertTrue(all.size() > 10, all.toString());
        assertTrue(all.stream().allMatch(ms -> ms >= 30 && ms <= 300), all.toString());
        assertThrows(IllegalArgumentException.class, () -> Travel.random(1, 50, 40));
    }

    private static List<Long> travels(long seed) {
        Travel travel = Travel.random(seed, 30, 300);
        return IntStream.range(0, 100).mapToObj(i -> travel.nextNanos(i % 2 == 0) / MS).toList();
    }

    @Test
    void twoCarsOnOneBusAreSeenWhenAWeldJoinsThem() {
        rig.session(1, "compact-400", 20, 50);
        rig.charge(1, 0, 500);
        rig.gun(1).close = false;
        rig.run(200);
        rig.modules.clear();
        rig.run(4000);
        rig.cabinet.contactorFault("MC_1", ContactorFault.WELD);
        rig.busContactors.add("MC_1");
        rig.run(200);
        rig.busContactors.clear();
        rig.run(200);
        assertEquals(List.of(), rig.cabinet.violations());

        rig.session(2, "compact-400", 40, 50);
        assertEquals(List.of(), rig.cabinet.violations());
        rig.gun(1).close = true;
        rig.run(200);
        assertEquals(List.of(Kind.TWO_GUNS_ON_ISLAND), rig.cabinet.violations().stream().map(Violation::kind).toList());
        assertTrue(rig.cabinet.violations().get(0).detail().endsWith("A from battery to battery"),
                rig.cabinet.violations().get(0).detail());
    }

    @Test
    void asManyPairsAsShareABusAreSeen() {
        Rig four = new Rig(4);
        four.session(1, "compact-400", 20, 10);
        four.session(2, "compact-400", 20, 10);
        four.session(3, "compact-400", 20, 10);
        four.session(4, "compact-400", 20, 10);
        four.busContactors.add("MC_1");
        four.run(200);
        four.busContactors.add("MC_3");
        four.run(200);
        assertEquals(2, four.cabinet.violations().stream().filter(violation -> violation.kind() == Kind.TWO_GUNS_ON_ISLAND).count());
    }

    @Test
    void openingUnderLoadByForceIsCountedThoughItIsNoViolation() {
        rig.session(1, "compact-400", 20, 50);
        rig.module("M2_0", true, true, rig.state(1).presentVoltageV(), 0);
        rig.run(3000);
        rig.busContactors.add("MC_1");
        rig.run(200);
        rig.gun(1).offerCurrentA = 110;
        rig.module("M2_0", true, true, rig.state(1).targetVoltageV(), 60);
        rig.run(1000);
        assertEquals(0, rig.cabinet.forcedUnderLoad());

        // The force reaches the modules of slot 1 at once, but not the one that slot 2 lends.
        rig.gun(1).forceOff = true;
        rig.run(200);
        assertEquals(List.of(), rig.cabinet.violations());
        assertEquals(1, rig.cabinet.forcedUnderLoad());
    }
}
