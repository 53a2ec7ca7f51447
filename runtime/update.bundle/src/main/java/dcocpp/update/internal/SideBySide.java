package dcocpp.update.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.api.update.InstallJob;
import dcocpp.update.internal.Framework.Installed;

/**
 * Installs a planner beside the old one. The controller lets it plan in the shadow and takes it into use; this class watches that, removes
 * the old one after a time of probation, and the new one when it fails. One thread only.
 */
final class SideBySide {

    static final Duration SOAK = Duration.ofSeconds(60);
    /** For a candidate to prove itself in the shadow; without an end it would keep every other upload waiting. */
    static final Duration PROOF = Duration.ofMinutes(10);
    /** For the controller to find the planner, in real time. */
    static final Duration APPEARANCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);
    private static final int START_LEVEL = 20;
    private static final String NOT_PREFERRED = "the controller prefers another planner";

    private final Framework framework;
    private final Store store;
    private final Progress progress;
    private final TimeSource time;
    private final Supplier<Optional<ChargerSnapshot>> charger;
    /** By job: since when it is in its state, as far as this run of the program knows. */
    private final Map<String, Long> sinceNanos = new HashMap<>();

    SideBySide(Framework framework, Store store, Progress progress, TimeSource time, Supplier<Optional<ChargerSnapshot>> charger) {
        this.framework = framework;
        this.store = store;
        this.progress = progress;
        this.time = time;
        this.charger = charger;
    }

    static String location(String sha256) {
        return "slot:planner:" + sha256;
    }

    /** Also finishes what a killed process began: what is done already is not done again. */
    void install(Job job) {
        long id = -1;
        try {
            Optional<Installed> there = candidate(job);
            id = there.isPresent() ? there.get().id() : framework.install(job.location(), store.jar(job.seen().sha256()), level(job));
            Optional<String> unresolved = framework.unresolved(id);
            if (unresolved.isPresent()) {
                fail(job, id, unresolved.get());
                return;
            }
            framework.start(id);
            become(job, InstallJob.State.SHADOW, "");
        } catch (BundleException | IOException e) {
            fail(job, id, message(e));
        }
    }

    /** Looks how the candidate does. */
    void look(Job job) {
        Optional<Installed> candidate = candidate(job);
        if (candidate.isEmpty()) {
            progress.to(job, InstallJob.State.FAILED, "its bundle was uninstalled by someone else");
            return;
        }
        Optional<ChargerSnapshot> snapshot = charger.get();
        long age = time.nanoTime() - sinceNanos.computeIfAbsent(job.id(), id -> time.nanoTime());
        if (snapshot.isEmpty()) {
            return; // Nobody judges it while there is no controller.
        }
        Optional<PlannerSnapshot> planner = snapshot.get().planners().stream()
                .filter(present -> present.bundleId() == candidate.get().id()).findFirst();
        if (planner.isEmpty()) {
            if (age > APPEARANCE.toNanos() * time.rate()) {
                fail(job, candidate.get().id(), "it is started but provides no planner; does its component activate? See the log");
            }
            return;
        }
        switch (planner.get().role()) {
            case REJECTED -> fail(job, candidate.get().id(), "rejected by the controller: " + planner.get().reason());
            case ACTIVE -> probation(job, candidate.get(), age);
            default -> waiting(job, candidate.get(), planner.get(), age);
        }
    }

    private void probation(Job job, Installed candidate, long age) {
        if (job.state() != InstallJob.State.SOAK) {
            become(job, InstallJob.State.SOAK, "");
        } else if (age >= SOAK.toNanos()) {
            for (Installed bundle : framework.bundles()) {
                if (bundle.symbolicName().equals(candidate.symbolicName()) && bundle.id() != candidate.id()) {
                    remove(job, bundle);
                }
            }
            become(job, InstallJob.State.COMMITTED, "");
        }
    }

    private void waiting(Job job, Installed candidate, PlannerSnapshot planner, long age) {
        boolean standby = planner.role() == PlannerSnapshot.Role.STANDBY;
        if (job.state() != InstallJob.State.SHADOW || standby != job.seen().reason().equals(NOT_PREFERRED)) {
            become(job, InstallJob.State.SHADOW, standby ? NOT_PREFERRED : "");
        } else if (standby && age > SOAK.toNanos()) {
            fail(job, candidate.id(), NOT_PREFERRED);
        } else if (!standby && age > PROOF.toNanos()) {
            fail(job, candidate.id(), "it has not proven itself in " + PROOF.toMinutes() + " minutes"
                    + (planner.reason().isEmpty() ? ": contactors are moving all the time" : ": " + planner.reason()));
        }
    }

    private void remove(Job job, Installed old) {
        try {
            framework.uninstall(old.id());
            LOG.info("{}: {} {} was uninstalled", job, old.symbolicName(), old.version());
        } catch (BundleException e) {
            LOG.error("{}: {} {} cannot be uninstalled: {}; do it in the web console", job, old.symbolicName(), old.version(), message(e));
        }
    }

    private void fail(Job job, long id, String reason) {
        String left = "";
        try {
            if (id >= 0) {
                framework.uninstall(id);
            }
        } catch (BundleException e) {
            left = "; it cannot be uninstalled: " + message(e);
        }
        become(job, InstallJob.State.FAILED, reason + left);
    }

    private void become(Job job, InstallJob.State state, String reason) {
        sinceNanos.put(job.id(), time.nanoTime());
        progress.to(job, state, reason);
        if (state == InstallJob.State.COMMITTED || state == InstallJob.State.FAILED) {
            sinceNanos.remove(job.id());
        }
    }

    private Optional<Installed> candidate(Job job) {
        return framework.bundles().stream().filter(bundle -> bundle.location().equals(job.location())).findFirst();
    }

    private int level(Job job) {
        return framework.bundles().stream().filter(bundle -> bundle.symbolicName().equals(job.symbolicName()))
                .mapToInt(Installed::startLevel).findFirst().orElse(START_LEVEL);
    }

    static String message(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
