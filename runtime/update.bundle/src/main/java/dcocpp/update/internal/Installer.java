package dcocpp.update.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.api.update.BundleInstaller;
import dcocpp.api.update.InstallJob;

/** Takes jars, checks them on the caller's thread, and carries the jobs out on a thread of its own. */
final class Installer implements BundleInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(Installer.class);
    private static final long LOOK_MILLIS = 500;

    private final Framework framework;
    private final Store store;
    private final SignatureCheck signatures;
    private final Supplier<UpdateSettings> settings;
    private final Supplier<Optional<ChargerSnapshot>> charger;
    private final TimeSource time;
    private final ScheduledExecutorService agent;
    private final SideBySide sideBySide;
    private final InPlace inPlace;

    Installer(Framework framework, Store store, SignatureCheck signatures, Supplier<UpdateSettings> settings,
            Supplier<Optional<ChargerSnapshot>> charger, TimeSource time, ScheduledExecutorService agent) {
        this.framework = framework;
        this.store = store;
        this.signatures = signatures;
        this.settings = settings;
        this.charger = charger;
        this.time = time;
        this.agent = agent;
        Progress progress = new Progress(store, time);
        this.sideBySide = new SideBySide(framework, store, progress, time, charger);
        this.inPlace = new InPlace(framework, store, progress, time, this::busy);
    }

    /** Goes on with the jobs that the last run of the program has left unfinished. */
    void start() {
        if (!store.damage().isEmpty()) {
            LOG.error("{}", store.damage());
        }
        for (Job job : store.jobs()) {
            if (!job.ended()) {
                LOG.info("{}: goes on after a restart in the state {}", job, job.state());
                agent.execute(() -> carryOut(job));
            }
        }
        agent.scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public List<InstallJob> jobs() {
        return store.jobs().stream().map(Job::seen).toList();
    }

    @Override
    public InstallJob install(Path jar, String source) {
        String id = UUID.randomUUID().toString();
        try {
            long length = Files.size(jar);
            if (length > settings.get().maxBytes()) {
                return refused(id, source, null, "", "the file has " + length + " bytes; uploads.maxBytes in charger.json allows "
                        + settings.get().maxBytes());
            }
            return check(id, store.add(jar), source);
        } catch (IOException e) {
            LOG.error("an installation for {} failed", source, e);
            return refused(id, source, null, "", "the disk: " + SideBySide.message(e));
        }
    }

    private InstallJob check(String id, Path stored, String source) throws IOException {
        String sha256 = stored.getFileName().toString().replace(".jar", "");
        BundleJar jar = null;
        boolean taken = false;
        try {
            JarSize.check(stored, settings.get().maxBytes());
            jar = BundleJar.read(stored);
            signatures.check(stored, settings.get().allowUnsigned());
            Rules.Decision decision = new Rules(framework.bundles(), framework.foundation(), busy()).decide(jar, source);
            String location = switch (decision.kind()) {
                case PLANNER -> SideBySide.location(sha256);
                case NEW -> InPlace.location(jar.symbolicName());
                default -> decision.old().orElseThrow().location();
            };
            Set<String> expected = decision.kind() == Job.Kind.IN_PLACE ? decision.old().orElseThrow().registered() : Set.of();
            Job job = new Job(decision.kind(), location, source, expected, new InstallJob(id, jar.symbolicName(), jar.version().toString(),
                    sha256, InstallJob.State.STAGED, "", time.now()));
            Optional<Job> inTheWay = store.begin(job);
            if (inTheWay.isPresent()) {
                throw new RefusedException(inTheWay.get() + " is not finished yet: wait for its end");
            }
            taken = true;
            LOG.info("{}: taken from {}", job, source);
            carryOutLater(job);
            return job.seen();
        } catch (BusyException e) {
            return notTaken(InstallJob.State.POSTPONED, id, source, jar, sha256, e.getMessage());
        } catch (RefusedException e) {
            return refused(id, source, jar, sha256, e.getMessage());
        } finally {
            if (!taken) {
                store.discard(stored);
            }
        }
    }

    private void carryOutLater(Job job) {
        try {
            agent.execute(() -> carryOut(job));
        } catch (RejectedExecutionException e) {
            LOG.info("{}: the charger is stopping; the job goes on after its start", job);
        }
    }

    private InstallJob refused(String id, String source, BundleJar jar, String sha256, String reason) {
        return notTaken(InstallJob.State.REFUSED, id, source, jar, sha256, reason);
    }

    private InstallJob notTaken(InstallJob.State state, String id, String source, BundleJar jar, String sha256, String reason) {
        String name = jar == null ? "" : jar.symbolicName();
        String version = jar == null ? "" : jar.version().toString();
        InstallJob seen = new InstallJob(id, name, version, sha256, state, reason, time.now());
        LOG.warn("{} {} {} from {}: {}", state == InstallJob.State.REFUSED ? "refused" : "postponed", name.isEmpty() ? "a file" : name,
                version, source, reason);
        try {
            store.begin(new Job(Job.Kind.REFUSED, "", source, Set.of(), seen));
        } catch (IOException e) {
            LOG.error("the refusal cannot be written: {}", e.toString());
        }
        return seen;
    }

    private void carryOut(Job job) {
        if (job.kind() == Job.Kind.PLANNER) {
            sideBySide.install(job);
        } else {
            inPlace.install(job);
        }
    }

    private void look() {
        for (Job job : store.jobs()) {
            boolean watched = job.state() == InstallJob.State.SHADOW || job.state() == InstallJob.State.SOAK;
            if (watched && job.kind() == Job.Kind.PLANNER) {
                sideBySide.look(job);
            } else if (watched) {
                inPlace.look(job);
            }
        }
    }

    private boolean busy() {
        return charger.get().map(ChargerSnapshot::busy).orElse(false);
    }
}
