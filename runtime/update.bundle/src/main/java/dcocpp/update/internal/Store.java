package dcocpp.update.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.update.InstallJob;

/**
 * The folder {@code <data>/bundles}: jars named by their SHA-256, the jobs in {@code jobs.json}, and during a replacement the old content
 * of the bundle as {@code <job>.old.jar}. Safe for use by several threads.
 */
final class Store {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String JOBS = "jobs.json";
    private static final int KEPT_JOBS = 50;
    private static final int KEPT_JARS = 10;

    private final Path folder;
    private final List<Job> jobs = new ArrayList<>();
    /** Jars that are being checked and belong to no job yet. */
    private final Set<Path> incoming = new HashSet<>();
    private String damage = "";

    private Store(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException the folder cannot be used */
    static Store open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Store store = new Store(folder.toAbsolutePath().normalize());
        synchronized (store) {
            store.read();
            store.deleteUnfinished();
            store.prune();
        }
        return store;
    }

    /** What was wrong with the list of jobs; empty when nothing was. */
    synchronized String damage() {
        return damage;
    }

    /** Copies a jar into the store; {@link #begin} or {@link #discard} must follow. */
    Path add(Path jar) throws IOException {
        Path stored = DurableFile.addByHash(jar, folder);
        synchronized (this) {
            incoming.add(stored);
        }
        return stored;
    }

    Path jar(String sha256) {
        return folder.resolve(sha256 + ".jar");
    }

    /** Where the old content of a bundle is kept while the job replaces it. */
    Path old(Job job) {
        return folder.resolve(job.id() + ".old.jar");
    }

    /** All jobs, newest first. */
    synchronized List<Job> jobs() {
        return List.copyOf(jobs);
    }

    /**
     * Adds a job, unless another one is at work on the same bundle, or on a planner too.
     *
     * @return the job in the way
     */
    synchronized Optional<Job> begin(Job fresh) throws IOException {
        Optional<Job> inTheWay = jobs.stream().filter(job -> !job.ended() && !fresh.ended())
                .filter(job -> job.symbolicName().equals(fresh.symbolicName())
                        || job.kind() == Job.Kind.PLANNER && fresh.kind() == Job.Kind.PLANNER)
                .findFirst();
        if (inTheWay.isEmpty()) {
            // On the disk before it counts: a job whose caller hears of a failure must not be there at the next write either.
            List<Job> next = new ArrayList<>(jobs);
            next.add(0, fresh);
            write(next);
            incoming.remove(jar(fresh.seen().sha256()));
            prune();
        }
        return inTheWay;
    }

    /** Replaces a job by its new state, which has come about: it counts also when it cannot be written. */
    synchronized void change(Job changed) throws IOException {
        jobs.replaceAll(job -> job.id().equals(changed.id()) ? changed : job);
        write(jobs);
        if (changed.ended()) {
            prune();
        }
    }

    /** The jar will not become a job. */
    synchronized void discard(Path jar) {
        incoming.remove(jar);
        prune();
    }

    /** Deletes what no job needs any more. What cannot be deleted now is so after a later job. */
    private void prune() {
        Set<Path> kept = new HashSet<>(incoming);
        jobs.stream().filter(job -> job.seen().taken()).limit(KEPT_JARS)
                .forEach(job -> kept.add(jar(job.seen().sha256())));
        for (Job job : jobs) {
            if (!job.ended()) {
                kept.add(jar(job.seen().sha256()));
                kept.add(old(job));
            }
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                if (!kept.contains(jar)) {
                    Files.deleteIfExists(jar);
                }
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be tidied: {}", folder, e.toString());
        }
    }

    private void deleteUnfinished() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, DurableFile::unfinished)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void read() throws IOException {
        Path file = folder.resolve(JOBS);
        try {
            for (JsonNode node : JSON.readTree(Files.readAllBytes(file)).path("jobs")) {
                jobs.add(new Job(Job.Kind.valueOf(node.path("kind").asText()), node.path("location").asText(),
                        node.path("source").asText(), expected(node),
                        new InstallJob(node.path("id").asText(), node.path("symbolicName").asText(), node.path("version").asText(),
                                node.path("sha256").asText(), InstallJob.State.valueOf(node.path("state").asText()),
                                node.path("reason").asText(), Instant.parse(node.path("changedAt").asText()))));
            }
        } catch (NoSuchFileException e) {
            // The first start.
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            // The jobs are history, the bundles themselves are in the framework: better no history than no updates any more.
            damage = file + " is damaged and begins anew: " + e.getMessage();
            jobs.clear();
        }
    }

    private static Set<String> expected(JsonNode job) {
        Set<String> services = new TreeSet<>();
        job.path("expected").forEach(service -> services.add(service.asText()));
        return services;
    }

    /** The newest of them become the jobs, once they are on the disk. */
    private void write(List<Job> all) throws IOException {
        List<Job> kept = List.copyOf(all.subList(0, Math.min(all.size(), KEPT_JOBS)));
        ObjectNode root = JSON.createObjectNode();
        ArrayNode array = root.putArray("jobs");
        for (Job job : kept) {
            InstallJob seen = job.seen();
            ObjectNode node = array.addObject().put("id", seen.jobId()).put("kind", job.kind().name())
                    .put("symbolicName", seen.symbolicName()).put("version", seen.version()).put("sha256", seen.sha256()).put("location", job.location())
                    .put("source", job.source()).put("state", seen.state().name()).put("reason", seen.reason())
                    .put("changedAt", seen.changedAt().toString());
            ArrayNode expected = node.putArray("expected");
            job.expected().forEach(expected::add);
        }
        DurableFile.write(folder.resolve(JOBS), JSON.writeValueAsBytes(root));
        jobs.clear();
        jobs.addAll(kept);
    }
}
