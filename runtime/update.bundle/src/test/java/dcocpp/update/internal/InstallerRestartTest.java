package dcocpp.update.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.update.InstallJob;
import dcocpp.api.update.InstallJob.State;

/** What a killed process has left is finished, or taken back, by the next one. */
class InstallerRestartTest extends InstallerFixture {

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
    void aJobThatWasTakenWhileTheChargerStopsIsDoneAfterItsStart() throws Exception {
        framework.started("dist:dcocpp.ocpp", ocpp("1.0.0"));
        agent.shutdown();
        assertEquals(State.STAGED, installer.install(ocpp("1.1.0"), "ocpp").state());
        start();
        pass(1);
        assertEquals(State.COMMITTED, state());
        assertEquals(1, installer.jobs().size());
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
    void aReplacementMustProveItselfAlsoAfterARestartWithinItsProbation() throws Exception {
        long id = framework.started("dist:dcocpp.ocpp", ocpp("1.0.0"));
        framework.mute.add("1.1.0");
        installer.install(ocpp("1.1.0"), "console");
        pass(1);
        assertEquals(State.SOAK, state());
        start();
        pass(1);
        assertEquals(State.SOAK, state());
        pass(30);
        assertEquals(State.FAILED, state());
        assertEquals("1.0.0", framework.bundles.get(id).jar.version().toString());
    }

    @Test
    void aReplacementThatWasKilledBeforeItsProbationMustProveItselfToo() throws Exception {
        long id = framework.started("dist:dcocpp.ocpp", ocpp("1.0.0"));
        framework.mute.add("1.1.0");
        InstallJob job = installer.install(ocpp("1.1.0"), "console");
        framework.copy(id, folder.resolve("bundles").resolve(job.jobId() + ".old.jar"));
        framework.replace(id, folder.resolve("dcocpp.ocpp-1.1.0.jar"));
        start();
        pass(30);
        assertEquals(State.FAILED, state());
        assertEquals("1.0.0", framework.bundles.get(id).jar.version().toString());
    }

    @Test
    void aDamagedListOfJobsDoesNotEndAllUpdates() throws Exception {
        Files.writeString(folder.resolve("bundles").resolve("jobs.json"), "{\"jobs\": [{\"kind\": \"WHAT\"}]}");
        start();
        assertEquals(List.of(), installer.jobs());
        assertEquals(State.STAGED, installer.install(ocpp("1.0.0"), "console").state());
    }

    @Test
    void aJobThatCouldNotBeWrittenIsRefusedForGood() throws Exception {
        long id = framework.started("dist:dcocpp.ocpp", ocpp("1.0.0"));
        // What the list is written to first cannot be written: a folder lies there.
        Path inTheWay = Files.createDirectory(folder.resolve("bundles").resolve("jobs.json.part"));
        assertEquals(State.REFUSED, installer.install(ocpp("1.1.0"), "ocpp").state());
        assertEquals(List.of(), installer.jobs());
        Files.delete(inTheWay);
        assertEquals(State.REFUSED, installer.install(Files.writeString(folder.resolve("no.jar"), "no jar"), "console").state());
        start();
        pass(1);
        assertEquals(List.of(State.REFUSED), installer.jobs().stream().map(InstallJob::state).toList());
        assertEquals("1.0.0", framework.bundles.get(id).jar.version().toString());
        assertEquals(List.of(), stored());
    }

    @Test
    void aJobThatWasTakenIsNotRefusedBecauseAnOldFileCannotBeDeleted() throws Exception {
        framework.started("dist:dcocpp.ocpp", ocpp("1.0.0"));
        Files.createDirectories(folder.resolve("bundles").resolve("stuck.jar").resolve("full"));
        assertEquals(State.STAGED, installer.install(ocpp("1.1.0"), "ocpp").state());
    }
}
