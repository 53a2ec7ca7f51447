package dcocpp.ocpp.internal.diagnostics;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.outbox.Notices;
import dcocpp.ocpp.internal.store.StoreException;
import dcocpp.ocpp.internal.transfer.Courier;
import dcocpp.ocpp.internal.transfer.FileWorker;
import dcocpp.ocpp.internal.transfer.TransferException;

/**
 * The one upload of a kind that is under way: packs the file, brings it away, tells the back office of each attempt. On the disk, so that
 * whoever lives afterwards makes the attempt again that was interrupted. Used on the owner thread only.
 */
final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

    private static final Duration DISK_RETRY = Duration.ofSeconds(60);
    /** For packing, real time. */
    private static final Duration PACK_LIMIT = Duration.ofMinutes(10);

    private final Environment environment;
    private final Notices notices;
    private final Courier courier;
    private final Archive archive;
    private final String action;
    private final Path folder;
    private final FileWorker worker;
    private UploadJob job;
    private ScheduledFuture<?> timer;

    /**
     * @param action the message that tells how it goes
     * @param folder where the file is packed; nothing else is in it
     */
    Upload(Environment environment, Notices notices, Courier courier, Archive archive, String action, Path folder, String threadName) {
        this.environment = environment;
        this.notices = notices;
        this.courier = courier;
        this.archive = archive;
        this.action = action;
        this.folder = folder;
        worker = new FileWorker(environment.time(), environment.owner(), threadName);
    }

    Optional<UploadJob> job() {
        return Optional.ofNullable(job);
    }

    /** How far it is, as OCPP names it. */
    String status() {
        return job == null ? "Idle" : "Uploading";
    }

    /** Begins, in place of the one before. */
    void begin(UploadJob fresh) {
        rest();
        job = fresh;
        attempt(this::announce);
    }

    /** Makes the attempt again that the bundle or the process before this one could not finish. */
    void resume() {
        Optional<String> kept = environment.store().fact(fact()).filter(text -> !text.isEmpty());
        if (kept.isPresent()) {
            try {
                job = UploadJob.read(environment.codec().readPayload(kept.get()));
                LOG.info("The upload of {} goes on", job.fileName());
                later(Duration.ZERO, this::pack);
            } catch (IOException | RuntimeException e) {
                LOG.error("An upload cannot be read any more and is forgotten: {}", e.toString());
            }
        }
    }

    void stop() {
        rest();
        worker.close();
    }

    void awaitEnd(long untilNanos) {
        worker.awaitEnd(untilNanos);
    }

    private String fact() {
        return "upload." + action;
    }

    private void rest() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        worker.cancel();
    }

    private void later(Duration delay, Runnable step) {
        timer = environment.owner().schedule(() -> attempt(step), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the disk does not take is done again later. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (StoreException e) {
            LOG.error("An upload waits for the disk: {}", e.getMessage());
            later(DISK_RETRY, step);
        }
    }

    private void announce() {
        keep(job, "Uploading");
        pack();
    }

    private void pack() {
        UploadJob packed = job;
        Archive.Order order = new Archive.Order(packed.security(), packed.from(), packed.until(), environment.configuration().entries());
        Path file = folder.resolve(packed.fileName());
        worker.start(PACK_LIMIT, abort -> {
            empty();
            archive.write(file, order, abort);
            return file;
        }, this::send, this::failed);
    }

    private void send(Path file) {
        String location = job.location();
        worker.start(courier.limit(), abort -> {
            courier.upload(file, location, abort);
            return "Uploaded";
        }, this::end, this::failed);
    }

    private void failed(TransferException failure) {
        boolean last = failure.permanent() || job.attempts() >= job.retries();
        LOG.warn("Upload of {}, attempt {}{}: {}", job.fileName(), job.attempts() + 1, last ? ", given up" : "", failure.getMessage());
        String status = status(failure);
        if (last) {
            end(status);
        } else {
            attempt(() -> {
                UploadJob next = job.failedOnce();
                keep(next, status);
                job = next;
                later(Duration.ofSeconds(next.retryIntervalSeconds()), this::announce);
            });
        }
    }

    private String status(TransferException failure) {
        if (job.requestId() == null) {
            return "UploadFailed";
        }
        return switch (failure.kind()) {
            case BAD_ADDRESS -> "BadMessage";
            case NOT_PERMITTED -> "NotSupportedOperation";
            case DENIED -> "PermissionDenied";
            case FAILED, TOO_LARGE -> "UploadFailure";
        };
    }

    private void end(String status) {
        attempt(() -> {
            LOG.info("The upload of {} ends {}", job.fileName(), status);
            keep(null, status);
            job = null;
            empty();
        });
    }

    private void keep(UploadJob next, String status) {
        ObjectNode fact = environment.codec().newPayload();
        ObjectNode payload = environment.codec().newPayload().put("status", status);
        if (job.requestId() != null) {
            payload.put("requestId", job.requestId());
        }
        if (next != null) {
            next.write(fact);
        }
        environment.store().write(writer -> {
            writer.fact(fact(), next == null ? "" : environment.codec().writePayload(fact));
            notices.add(writer, action, payload);
        });
        notices.pump();
    }

    /** What a killed process has left is of no use. */
    private void empty() {
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be emptied: {}", folder, e.toString());
        }
    }
}
