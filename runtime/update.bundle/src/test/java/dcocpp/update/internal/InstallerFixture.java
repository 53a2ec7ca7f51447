package dcocpp.update.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.planner.Plan;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.update.InstallJob.State;
import dcocpp.testkit.FakeTimeSource;

/** An installer with a framework in memory, a clock that a test moves, and a controller whose judgement a test gives. */
abstract class InstallerFixture {

    @TempDir
    Path folder;

    final FakeTimeSource time = new FakeTimeSource();
    final FakeFramework framework = new FakeFramework();
    final List<PlannerSnapshot> planners = new ArrayList<>();
    boolean busy;
    boolean allowUnsigned = true;
    ScheduledExecutorService agent;
    Installer installer;

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
                List.of(), List.of(), "", 60_000);
        return new ChargerSnapshot(1, 0, Instant.EPOCH, "sim", HardwareSnapshot.Condition.READY, "", List.of(connector), List.of(),
                new PlanSnapshot(Plan.EMPTY, PlanSnapshot.State.FRESH, 0, 0, 0, 0), planners, BackOfficeLink.NONE, 60_000, "");
    }

    /** The controller gives the bundle this role. */
    void role(String version, PlannerSnapshot.Role role, String reason) {
        framework.bundles.forEach((id, bundle) -> {
            if (bundle.jar.planner() && bundle.jar.version().toString().equals(version)) {
                planners.removeIf(planner -> planner.bundleId() == id);
                planners.add(new PlannerSnapshot(id, bundle.jar.symbolicName(), version, bundle.location, role, 0, 0, reason));
            }
        });
    }

    Path planner(String version) throws IOException {
        return Jars.bundle(folder, "dcocpp.planner", version, Jars.PLANNER);
    }

    Path ocpp(String version) throws IOException {
        return Jars.bundle(folder, "dcocpp.ocpp", version, Jars.BACK_OFFICE);
    }

    State state() {
        return installer.jobs().get(0).state();
    }

    String reason() {
        return installer.jobs().get(0).reason();
    }

    void pass(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    List<String> stored() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("bundles"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("jobs.json")).sorted().toList();
        }
    }

    void plannerRuns() throws Exception {
        framework.started("dist:dcocpp.planner", planner("1.0.0"));
        role("1.0.0", PlannerSnapshot.Role.ACTIVE, "");
    }
}
