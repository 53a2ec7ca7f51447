package dcocpp.update.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

import org.osgi.framework.BundleException;

import dcocpp.api.time.TimeSource;
import dcocpp.api.update.InstallJob;
import dcocpp.update.internal.Framework.Installed;

/**
 * Replaces a bundle in its place, or installs one that was not there. The old content is kept until the new one has registered the
 * services that the old one had; if it does not, the old one comes back. One thread only.
 */
final class InPlace {

    /** For the bundle's components to activate, in real time. */
    static final Duration PROBATION = Duration.ofSeconds(20);

    private static final String CONTRACTS = "dcocpp.api.";
    private static final int START_LEVEL = 20;

    private final Framework framework;
    private final Store store;
    private final Progress progress;
    private final TimeSource time;
    private final BooleanSupplier busy;
    /** By job, when its probation ends; a restart of the program begins it anew. */
    private final Map<String, Long> deadlines = new HashMap<>();

    InPlace(Framework framework, Store store, Progress progress, TimeSource time, BooleanSupplier busy) {
        this.framework = framework;
        this.store = store;
        this.progress = progress;
        this.time = time;
        this.busy = busy;
    }

    static String location(String symbolicName) {
        return "field:" + symbolicName;
    }

    /** Also finishes what a killed process began: what is done already is not done again. */
    void install(Job job) {
        try {
            BundleJar jar = BundleJar.read(store.jar(job.seen().sha256()));
            Optional<Installed> there = bundle(job);
            // It was allowed when the jar came; a session may have begun since.
            new Rules(framework.bundles(), Set.of(), busy.getAsBoolean()).refuseWhileBusy(jar, there);
            if (job.kind() == Job.Kind.NEW) {
                installNew(job, there);
            } else if (there.isEmpty()) {
                progress.to(job, InstallJob.State.FAILED, "the bundle to be replaced was uninstalled by someone else");
            } else {
                replace(job, there.get());
            }
        } catch (RefusedException e) {
            progress.to(job, InstallJob.State.FAILED, e.getMessage());
        }
    }

    private void installNew(Job job, Optional<Installed> there) {
        try {
            long id = there.isPresent() ? there.get().id() : framework.install(job.location(), store.jar(job.seen().sha256()), START_LEVEL);
            startAndWatch(job, id);
        } catch (BundleException | IOException e) {
            giveUp(job, SideBySide.message(e));
        }
    }

    private void replace(Job job, Installed old) {
        try {
            if (!old.version().toString().equals(job.seen().version())) {
                if (!Files.exists(store.old(job))) {
                    framework.copy(old.id(), store.old(job));
                }
                framework.stop(old.id());
                framework.replace(old.id(), store.jar(job.seen().sha256()));
            }
            startAndWatch(job, old.id());
        } catch (BundleException | IOException e) {
            giveUp(job, SideBySide.message(e));
        }
    }

    private void startAndWatch(Job job, long id) throws BundleException {
        Optional<String> unresolved = framework.unresolved(id);
        if (unresolved.isPresent()) {
            giveUp(job, unresolved.get());
            return;
        }
        framework.start(id);
        deadlines.put(job.id(), deadline());
        progress.to(job, InstallJob.State.SOAK, "");
    }

    /** Looks whether the bundle does what its predecessor did. */
    void look(Job job) {
        Optional<Installed> bundle = bundle(job);
        if (bundle.isEmpty()) {
            end(job, InstallJob.State.FAILED, "its bundle was uninstalled by someone else");
            return;
        }
        long deadline = deadlines.computeIfAbsent(job.id(), id -> deadline());
        Set<String> missing = new TreeSet<>(job.expected());
        missing.retainAll(bundle.get().promised());
        missing.removeIf(service -> !service.startsWith(CONTRACTS));
        missing.removeAll(bundle.get().registered());
        if (bundle.get().active() && missing.isEmpty()) {
            end(job, InstallJob.State.COMMITTED, "");
        } else if (time.nanoTime() - deadline > 0) {
            giveUp(job, bundle.get().active() ? "it is started but does not provide " + String.join(", ", missing)
                    + "; do its components activate? See the log" : "it was stopped");
        }
    }

    private long deadline() {
        return time.nanoTime() + Math.round(PROBATION.toNanos() * time.rate());
    }

    /** Back to how it was. */
    private void giveUp(Job job, String reason) {
        Optional<Installed> bundle = bundle(job);
        String outcome;
        try {
            if (bundle.isEmpty()) {
                outcome = "";
            } else if (job.kind() == Job.Kind.NEW) {
                framework.uninstall(bundle.get().id());
                outcome = "; it was uninstalled";
            } else if (Files.exists(store.old(job))) {
                framework.stop(bundle.get().id());
                framework.replace(bundle.get().id(), store.old(job));
                framework.start(bundle.get().id());
                outcome = "; the old version is back in use";
            } else {
                framework.start(bundle.get().id());
                outcome = "; the old version stayed in use";
            }
        } catch (BundleException | IOException e) {
            outcome = "; and the way back failed: " + SideBySide.message(e) + ". Upload a working version";
        }
        end(job, InstallJob.State.FAILED, reason + outcome);
    }

    private void end(Job job, InstallJob.State state, String reason) {
        deadlines.remove(job.id());
        progress.to(job, state, reason);
    }

    private Optional<Installed> bundle(Job job) {
        return framework.bundles().stream().filter(bundle -> bundle.location().equals(job.location())).findFirst();
    }
}
