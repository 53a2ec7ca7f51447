package dcocpp.update.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.update.InstallJob;
import dcocpp.api.update.InstallJob.State;

class InstallerTest extends InstallerFixture {

    @Test
    void aPlannerRunsBesideTheOldOneWhichGoesOnlyAfterTheSoak() throws Exception {
        plannerRuns();
        busy = true;
        assertEquals(State.STAGED, installer.install(planner("1.0.1"), "console").state());
        pass(1);
        assertEquals(State.SHADOW, state());
        assertTrue(framework.named("dcocpp.planner", "1.0.1").orElseThrow().location.startsWith("slot:planner:"));
        role("1.0.1", PlannerSnapshot.Role.CANDIDATE, "");
        pass(500);
        assertEquals(State.SHADOW, state());
        role("1.0.1", PlannerSnapshot.Role.ACTIVE, "");
        pass(1);
        assertEquals(State.SOAK, state());
        pass(58);
        assertTrue(framework.named("dcocpp.planner", "1.0.0").isPresent());
        pass(3);
        assertEquals(State.COMMITTED, state());
        assertTrue(framework.named("dcocpp.planner", "1.0.0").isEmpty());
        assertTrue(framework.named("dcocpp.planner", "1.0.1").orElseThrow().active);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRejectedPlannerIsUninstalledAndTheOldOneStays(boolean afterPromotion) throws Exception {
        plannerRuns();
        installer.install(planner("1.0.1"), "console");
        pass(1);
        role("1.0.1", afterPromotion ? PlannerSnapshot.Role.ACTIVE : PlannerSnapshot.Role.CANDIDATE, "");
        pass(10);
        role("1.0.1", PlannerSnapshot.Role.REJECTED, "more than the grid gives");
        pass(1);
        assertEquals(State.FAILED, state());
        assertTrue(reason().contains("more than the grid gives"), reason());
        assertTrue(framework.named("dcocpp.planner", "1.0.1").isEmpty());
        assertTrue(framework.named("dcocpp.planner", "1.0.0").orElseThrow().active);
    }

    @Test
    void aPlannerWithAMissingImportTouchesNothing() throws Exception {
        plannerRuns();
        framework.unresolvable.add("1.0.1");
        installer.install(planner("1.0.1"), "console");
        pass(1);
        assertEquals(State.FAILED, state());
        assertTrue(reason().contains("no.such.package"), reason());
        assertEquals(1, framework.bundles.size());
    }

    @Test
    void aPlannerThatNeverShowsUpFails() throws Exception {
        plannerRuns();
        installer.install(planner("1.0.1"), "console");
        pass(40);
        assertEquals(State.FAILED, state());
        assertEquals(1, framework.bundles.size());
    }

    @ParameterizedTest
    @CsvSource({"1.0.0, bump the version", "0.9.0, higher Bundle-Version"})
    void theSameOrAnOlderPlannerIsRefused(String version, String remedy) throws Exception {
        plannerRuns();
        InstallJob job = installer.install(planner(version), "console");
        assertEquals(State.REFUSED, job.state());
        assertTrue(job.reason().contains(remedy), job.reason());
        assertEquals(List.of(), stored(), "nothing of a refused jar stays");
    }

    @Test
    void aPlannerOfAnotherNameMustBeNewerTooAndLeavesTheOldOneAsStandby() throws Exception {
        plannerRuns();
        assertEquals(State.REFUSED, installer.install(Jars.bundle(folder, "oem.planner", "0.5.0", Jars.PLANNER), "console").state());
        installer.install(Jars.bundle(folder, "oem.planner", "2.0.0", Jars.PLANNER), "console");
        pass(1);
        role("2.0.0", PlannerSnapshot.Role.ACTIVE, "");
        pass(70);
        assertEquals(State.COMMITTED, state());
        assertTrue(framework.named("dcocpp.planner", "1.0.0").isPresent());
    }

    @Test
    void aPlannerThatNeverProvesItselfFailsAfterTenMinutesWithTheReason() throws Exception {
        plannerRuns();
        installer.install(planner("1.0.1"), "console");
        pass(1);
        role("1.0.1", PlannerSnapshot.Role.CANDIDATE, "a plan took 143 ms, more than 100");
        pass(590);
        assertEquals(State.SHADOW, state());
        pass(20);
        assertEquals(State.FAILED, state());
        assertTrue(reason().contains("143 ms"), reason());
        assertEquals(1, framework.bundles.size());
    }

    @Test
    void aPlannerThatIsNotChosenGoesAgain() throws Exception {
        plannerRuns();
        installer.install(planner("1.0.1"), "console");
        pass(1);
        role("1.0.1", PlannerSnapshot.Role.STANDBY, "");
        pass(70);
        assertEquals(State.FAILED, state());
        assertEquals(1, framework.bundles.size());
    }

    @Test
    void aJarOfThePlannersNameWithoutPlannerIsRefused() throws Exception {
        plannerRuns();
        assertEquals(State.REFUSED, installer.install(Jars.bundle(folder, "dcocpp.planner", "1.0.1", Jars.HARDWARE), "console").state());
    }

    @Test
    void asLongAsOnePlannerIsOnProbationAnotherIsRefused() throws Exception {
        plannerRuns();
        installer.install(planner("1.0.1"), "console");
        pass(1);
        InstallJob second = installer.install(planner("1.0.2"), "console");
        assertEquals(State.REFUSED, second.state());
        assertTrue(second.reason().contains("not finished"), second.reason());
    }

    @Test
    void theProtocolIsReplacedInPlaceDuringASession() throws Exception {
        long id = framework.started("dist:dcocpp.ocpp", ocpp("1.0.0"));
        busy = true;
        installer.install(ocpp("1.1.0"), "console");
        pass(1);
        assertEquals(State.COMMITTED, state());
        assertEquals("1.1.0", framework.bundles.get(id).jar.version().toString());
        assertTrue(framework.bundles.get(id).active);
    }

    @Test
    void anEngineerMayGoBackToAnOlderProtocolTheBackOfficeMayNot() throws Exception {
        framework.started("dist:dcocpp.ocpp", ocpp("1.1.0"));
        assertEquals(State.REFUSED, installer.install(ocpp("1.0.0"), "ocpp").state());
        assertEquals(State.STAGED, installer.install(ocpp("1.0.0"), "console").state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unresolvable", "failing", "mute"})
    void aBundleThatDoesNotWorkMakesPlaceForTheOldOneAgain(String how) throws Exception {
        long id = framework.started("dist:dcocpp.ocpp", ocpp("1.0.0"));
        Map.of("unresolvable", framework.unresolvable, "failing", framework.failing, "mute", framework.mute).get(how).add("1.1.0");
        installer.install(ocpp("1.1.0"), "console");
        pass(25);
        assertEquals(State.FAILED, state());
        assertTrue(reason().endsWith("the old version is back in use"), reason());
        assertEquals("1.0.0", framework.bundles.get(id).jar.version().toString());
        assertTrue(framework.bundles.get(id).active);
    }

    @Test
    void aServiceThatTheOldOneDidNotProvideEitherIsNotMissed() throws Exception {
        framework.mute.add("1.0.0");
        framework.mute.add("1.1.0");
        framework.started("dist:dcocpp.can", Jars.bundle(folder, "dcocpp.can", "1.0.0", Jars.HARDWARE));
        installer.install(Jars.bundle(folder, "dcocpp.can", "1.1.0", Jars.HARDWARE), "console");
        pass(1);
        assertEquals(State.COMMITTED, state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcocpp.can", "dcocpp.hwsim", "oem.hardware"})
    void hardwareIsPostponedWhileBusyAndTakenWhenIdle(String name) throws Exception {
        framework.started("dist:" + name, Jars.bundle(folder, name, "1.0.0", Jars.HARDWARE));
        Path jar = Jars.bundle(folder, name, "1.0.1", Jars.HARDWARE);
        busy = true;
        InstallJob postponed = installer.install(jar, "console");
        assertEquals(State.POSTPONED, postponed.state());
        assertTrue(postponed.reason().contains("session"), postponed.reason());
        busy = false;
        assertEquals(State.STAGED, installer.install(jar, "console").state());
        pass(1);
        assertEquals(State.COMMITTED, state());
    }

    @Test
    void hardwareCannotHideBehindAProtocol() throws Exception {
        framework.started("dist:dcocpp.can", Jars.bundle(folder, "dcocpp.can", "1.0.0", Jars.HARDWARE));
        busy = true;
        assertEquals(State.POSTPONED, installer.install(Jars.bundle(folder, "dcocpp.can", "1.0.1", Jars.BACK_OFFICE), "console").state());
        assertEquals(State.POSTPONED,
                installer.install(Jars.bundle(folder, "x", "1", Jars.BACK_OFFICE + "," + Jars.HARDWARE), "console").state());
    }

    @Test
    void aSessionThatBeginsBeforeTheReplacementStopsIt() throws Exception {
        long id = framework.started("dist:dcocpp.can", Jars.bundle(folder, "dcocpp.can", "1.0.0", Jars.HARDWARE));
        installer.install(Jars.bundle(folder, "dcocpp.can", "1.0.1", Jars.HARDWARE), "console");
        busy = true;
        pass(1);
        assertEquals(State.FAILED, state());
        assertEquals("1.0.0", framework.bundles.get(id).jar.version().toString());
        assertTrue(framework.bundles.get(id).active);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheInstallerRunsOnIsAlwaysRefused(boolean charging) throws Exception {
        framework.foundation.add(framework.started("dist:dcocpp.api", Jars.bundle(folder, "dcocpp.api", "1.0.0", "a")));
        busy = charging;
        InstallJob refused = installer.install(Jars.bundle(folder, "dcocpp.api", "1.0.1", "a"), "console");
        assertEquals(State.REFUSED, refused.state());
        assertTrue(refused.reason().contains("distribution"), refused.reason());
        assertEquals(State.REFUSED, installer.install(Jars.bundle(folder, "system.bundle", "99", "a"), "console").state());
    }

    @Test
    void aBundleThatWasNotThereIsInstalledAndStarted() throws Exception {
        installer.install(Jars.bundle(folder, "oem.hardware", "1.0.0", Jars.HARDWARE), "console");
        pass(1);
        assertEquals(State.COMMITTED, state());
        assertEquals("field:oem.hardware", framework.named("oem.hardware", "1.0.0").orElseThrow().location);
    }

    @Test
    void aNewBundleThatDoesNotStartIsUninstalled() throws Exception {
        framework.failing.add("1.0.0");
        installer.install(Jars.bundle(folder, "oem.hardware", "1.0.0", Jars.HARDWARE), "console");
        pass(1);
        assertEquals(State.FAILED, state());
        assertEquals(0, framework.bundles.size());
    }

    @Test
    void unsignedIsRefusedUnlessAllowed() throws Exception {
        plannerRuns();
        allowUnsigned = false;
        InstallJob refused = installer.install(planner("1.0.1"), "console");
        assertEquals(State.REFUSED, refused.state());
        assertTrue(refused.reason().contains("not signed") && refused.reason().contains("update.allowUnsigned"), refused.reason());
        assertEquals("dcocpp.planner", refused.symbolicName());
        assertEquals(List.of(), stored());
    }

    @Test
    void theFileMayBeDeletedAsSoonAsItWasTaken() throws Exception {
        plannerRuns();
        Path jar = planner("1.0.1");
        installer.install(jar, "console");
        Files.delete(jar);
        pass(1);
        assertEquals(State.SHADOW, state());
        assertEquals(List.of(installer.jobs().get(0).sha256() + ".jar"), stored());
    }

    @Test
    void aTooLongFileAndAMissingOneAreRefused() throws Exception {
        Path big = Files.write(folder.resolve("big"), new byte[10_001]);
        assertTrue(installer.install(big, "console").reason().contains("uploads.maxBytes"));
        assertEquals(State.REFUSED, installer.install(folder.resolve("missing"), "console").state());
    }

    @Test
    void onlyTheLastJobsAreKept() throws Exception {
        plannerRuns();
        for (int i = 0; i < 60; i++) {
            installer.install(planner("1.0.0"), "console");
        }
        assertEquals(50, installer.jobs().size());
    }
}
