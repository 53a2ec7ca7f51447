package dcocpp.update.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.planner.Plan;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.update.InstallJob;
import dcocpp.api.update.InstallJob.State;
import dcocpp.testkit.FakeTimeSource;

class InstallerTest {

    @TempDir
    Path folder;

    private final FakeTimeSource time = new FakeTimeSource();
    private final FakeFramework framework = new FakeFramework();
    private final List<PlannerSnapshot> planners = new ArrayList<>();
    private boolean busy;
    private boolean allowUnsigned = true;
    private ScheduledExecutorService agent;
    private Installer installer;

    /** Called again in a test it is a restart: the old one is gone without a word. */
    @BeforeEach
    void start() throws IOException {
        if (agent != null) {
            agent.shutdownNow();
        }
        agent = time.newAgent("test");
        Store store = Store.open(folder.resolve("bundles"));
        installer = new Installer(framework, store, new SignatureCheck(folder.resolve("certs")), () -> settings(allowUnsigned),
                () -> Optional.of(snapshot()), time, agent);
        installer.start();
    }

    private static UpdateSettings settings(boolean allowUnsigned) {
        return new UpdateSettings() {

            @Override
            public Class<UpdateSettings> annotationType() {
                return UpdateSettings.class;
            }

            @Override
            public boolean allowUnsigned() {
                return allowUnsigned;
            }

            @Override
            public long maxBytes() {
                return 10_000;
            }
        };
    }

    private ChargerSnapshot snapshot() {
        MeterSample nothing = new MeterSample(0, 0, 0, 0, 0, 0, 0, 0);
        ConnectorSnapshot connector = new ConnectorSnapshot(1, "Gun 1", ConnectorStatus.CHARGING, List.of(), true, busy, true, null, nothing,
                List.of(), List.of(), "");
        return new ChargerSnapshot(1, 0, Instant.EPOCH, "sim", HardwareSnapshot.Condition.READY, "", List.of(connector), List.of(),
                new PlanSnapshot(Plan.EMPTY, PlanSnapshot.State.FRESH, 0, 0, 0, 0), planners, BackOfficeLink.NONE);
    }

    /** The controller gives the bundle this role. */
    private void role(String version, PlannerSnapshot.Role role, String reason) {
        framework.bundles.forEach((id, bundle) -> {
            if (bundle.jar.planner() && bundle.jar.version().toString().equals(version)) {
                planners.removeIf(planner -> planner.bundleId() == id);
                planners.add(new PlannerSnapshot(id, bundle.jar.symbolicName(), version, bundle.location, role, 0, 0, reason));
            }
        });
    }

    private Path planner(String version) throws IOException {
        return Jars.bundle(folder, "dcocpp.planner", version, Jars.PLANNER);
    }

    private Path ocpp(String version) throws IOException {
        return Jars.bundle(folder, "dcocpp.ocpp", version, Jars.BACK_OFFICE);
    }

    private State state() {
        return installer.jobs().get(0).state();
    }

    private String reason() {
        return installer.jobs().get(0).reason();
    }

    private void pass(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("bundles"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("jobs.json")).sorted().toList();
        }
    }

    private void plannerRuns() throws Exception {
        framework.started("dist:dcocpp.planner", planner("1.0.0"));
        role("1.0.0", PlannerSnapshot.Role.ACTIVE, "");
    }

    @Test
    void aPlannerRunsBesideTheOldOneWhichGoesOnlyAfterTheSoak() throws Exception {
        plannerRuns();
        busy = true;
        assertEquals(State.STAGED, installer.install(planner("1.0.1"), "console").state());
        pass(1);
        assertEquals(State.SHADOW, state());
        assertTrue(framework.named("dcocpp.planner", "1.0.1").orElseThrow().location.startsWith("slot:planner:"));
        role("1.0.1", PlannerSnapshot.Role.CANDIDATE, "");
        pass(600);
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
    void hardwareIsRefusedWhileBusyAndTakenWhenIdle(String name) throws Exception {
        framework.started("dist:" + name, Jars.bundle(folder, name, "1.0.0", Jars.HARDWARE));
        Path jar = Jars.bundle(folder, name, "1.0.1", Jars.HARDWARE);
        busy = true;
        InstallJob refused = installer.install(jar, "console");
        assertEquals(State.REFUSED, refused.state());
        assertTrue(refused.reason().contains("session"), refused.reason());
        busy = false;
        assertEquals(State.STAGED, installer.install(jar, "console").state());
        pass(1);
        assertEquals(State.COMMITTED, state());
    }

    @Test
    void hardwareCannotHideBehindAProtocol() throws Exception {
        framework.started("dist:dcocpp.can", Jars.bundle(folder, "dcocpp.can", "1.0.0", Jars.HARDWARE));
        busy = true;
        assertEquals(State.REFUSED, installer.install(Jars.bundle(folder, "dcocpp.can", "1.0.1", Jars.BACK_OFFICE), "console").state());
        assertEquals(State.REFUSED,
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
    void aPlannerOnProbationGoesOnAfterARestart() throws Exception {
        plannerRuns();
        installer.install(planner("1.0.1"), "console");
        pass(1);
        start();
        pass(1);
        assertEquals(State.SHADOW, state());
        role("1.0.1", PlannerSnapshot.Role.ACTIVE, "");
        pass(30);
        start();
        pass(120);
        assertEquals(State.COMMITTED, state());
        assertEquals(1, framework.bundles.size());
    }

    @Test
    void aJobThatWasOnlyStagedIsDoneAfterARestart() throws Exception {
        long id = framework.started("dist:dcocpp.ocpp", ocpp("1.0.0"));
        installer.install(ocpp("1.1.0"), "console");
        start();
        pass(1);
        assertEquals(State.COMMITTED, state());
        assertEquals("1.1.0", framework.bundles.get(id).jar.version().toString());
        assertEquals(1, framework.bundles.get(id).starts.get("1.1.0"));
    }

    @Test
    void aReplacementThatDiedHalfWayGoesBackAfterARestart() throws Exception {
        long id = framework.started("dist:dcocpp.ocpp", ocpp("1.0.0"));
        InstallJob job = installer.install(ocpp("1.1.0"), "console");
        framework.copy(id, folder.resolve("bundles").resolve(job.jobId() + ".old.jar"));
        framework.stop(id);
        framework.replace(id, folder.resolve("dcocpp.ocpp-1.1.0.jar"));
        framework.unresolvable.add("1.1.0");
        start();
        pass(1);
        assertEquals(State.FAILED, state());
        assertEquals("1.0.0", framework.bundles.get(id).jar.version().toString());
        assertTrue(framework.bundles.get(id).active);
    }

    @Test
    void aDamagedListOfJobsDoesNotEndAllUpdates() throws Exception {
        Files.writeString(folder.resolve("bundles").resolve("jobs.json"), "{\"jobs\": [{\"kind\": \"WHAT\"}]}");
        start();
        assertEquals(List.of(), installer.jobs());
        assertEquals(State.STAGED, installer.install(ocpp("1.0.0"), "console").state());
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
