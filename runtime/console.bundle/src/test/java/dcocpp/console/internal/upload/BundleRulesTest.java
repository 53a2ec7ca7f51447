package dcocpp.console.internal.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.console.internal.upload.BundleRules.Target;

class BundleRulesTest {

    private static final Target CAN = target(1, "dcocpp.can", "dcocpp.api.hardware.Hardware");
    private static final Target OCPP = target(2, "dcocpp.ocpp", "dcocpp.api.backoffice.BackOffice");
    private static final Target PLANNER = target(3, "dcocpp.planner", "dcocpp.api.planner.ChargePlanner");
    private static final Target NEWER_PLANNER = target(4, "dcocpp.planner", "dcocpp.api.planner.ChargePlanner");
    private static final Target CONSOLE = target(5, "dcocpp.console", "jakarta.servlet.Servlet");
    private static final Target SCR = new Target(6, "org.apache.felix.scr", true, Set.of(), false);
    private static final Target API = target(7, "dcocpp.api", "nothing");

    private static Target target(long id, String name, String service) {
        return new Target(id, name, true, Set.of(service), true);
    }

    private static boolean allowed(boolean busy, String action, Target target, Target... others) {
        List<Target> all = new ArrayList<>(List.of(others));
        all.add(target);
        return new BundleRules(all, busy).refusal(action, target).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "uninstall", "refresh", "update"})
    void duringASessionNothingIsTouchedThatItRunsOn(String action) {
        for (Target target : List.of(CAN, SCR, API)) {
            assertFalse(allowed(true, action, target), target.name());
        }
    }

    @ParameterizedTest
    @CsvSource({"stop, true", "uninstall, true", "refresh, true", "start, true", "update, false"})
    void theProtocolAndTheConsoleMayBeStoppedAlways(String action, boolean allowed) {
        assertEquals(allowed, allowed(true, action, OCPP));
        assertEquals(allowed, allowed(true, action, CONSOLE));
    }

    @Test
    void theOnlyPlannerStaysDuringASession() {
        assertFalse(allowed(true, "stop", PLANNER, CAN));
        assertTrue(allowed(true, "stop", PLANNER, NEWER_PLANNER));
        Target stopped = new Target(8, "dcocpp.planner", false, PLANNER.services(), true);
        assertFalse(allowed(true, "uninstall", PLANNER, stopped));
    }

    @Test
    void hardwareIsNotStartedIntoARunningSession() {
        assertFalse(allowed(true, "start", CAN));
        assertTrue(allowed(true, "start", SCR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "uninstall", "refresh"})
    void withoutASessionTheEngineerDecides(String action) {
        for (Target target : List.of(CAN, OCPP, PLANNER, CONSOLE, SCR)) {
            assertTrue(allowed(false, action, target), target.name());
        }
    }

    @Test
    void ourBundlesAreNeverReloadedFromWhereTheyCameFrom() {
        assertFalse(allowed(false, "update", PLANNER));
        assertTrue(allowed(false, "update", SCR));
    }

    @Test
    void whatMayConcernEveryBundleWaits() {
        assertTrue(new BundleRules(List.of(), true).refusalForAll("refreshing packages").isPresent());
        assertTrue(new BundleRules(List.of(), false).refusalForAll("refreshing packages").isEmpty());
    }
}
