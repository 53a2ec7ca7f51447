package dcocpp.ocpp.internal.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.update.BundleInstaller;
import dcocpp.api.update.InstallJob;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.SecurityEvents;
import dcocpp.ocpp.internal.firmware.FirmwareJob.Stage;
import dcocpp.ocpp.internal.outbox.Notices;
import dcocpp.ocpp.internal.store.StoreException;
import dcocpp.ocpp.internal.transfer.Courier;
import dcocpp.ocpp.internal.transfer.FileWorker;
import dcocpp.ocpp.internal.transfer.TransferException;

/**
 * The one update that is under way. Its stage is on the disk before anything is done about it, together with what the back office is to be
 * told; so whoever lives afterwards goes on from there, also when this very bundle is what the update replaces. Used on the owner thread
 * only.
 */
final class FirmwareUpdate {
    private static final Logger LOG = LoggerFactory.getLogger(FirmwareUpdate.class);

    private static final String FACT = "firmware.update";
    private static final String SOURCE = "ocpp";
    /** Wall time may jump while something waits for it. */
    private static final Duration LOOK_AT_THE_CLOCK = Duration.ofSeconds(60);
    private static final Duration LOOK_AT_THE_INSTALLATION = Duration.ofSeconds(1);
    private static final Duration LOOK_AT_THE_SESSIONS = Duration.ofSeconds(10);
    private static final Duration DISK_RETRY = Duration.ofSeconds(60);
    /** The service comes with another bundle, which may start later. */
    private static final Duration INSTALLER_PATIENCE = Duration.ofSeconds(60);
    /** For hashing, verifying and handing over; real time. */
    private static final Duration CHECK_LIMIT = Duration.ofMinutes(10);

    private final Environment environment;
    private final Notices notices;
    private final Courier courier;
    private final Supplier<BundleInstaller> installer;
    private final SigningCertificates certificates;
    private final SecurityEvents events;
    private final Path file;
    private final FileWorker worker;
    private FirmwareJob job;
    private ScheduledFuture<?> timer;
    /** Since when the installing service is missed, process time; null while it is there. */
    private Long missedSinceNanos;

    FirmwareUpdate(Environment environment, Notices notices, Courier courier, Supplier<BundleInstaller> installer,
            SigningCertificates certificates, SecurityEvents events, Path file) {
        this.environment = environment;
        this.notices = notices;
        this.courier = courier;
        this.installer = installer;
        this.certificates = certificates;
        this.events = events;
        this.file = file;
        worker = new FileWorker(environment.time(), environment.owner(), "dcocpp-ocpp-firmware");
    }

    /** The update that is under way. */
    Optional<FirmwareJob> job() {
        return Optional.ofNullable(job);
    }

    /** An installation has begun and takes its course. */
    boolean handedOver() {
        return job != null && job.handedOver();
    }

    /** How far the update is, as OCPP names it. */
    String status() {
        if (job == null) {
            return "Idle";
        }
        boolean signed = job.request().signed();
        return switch (job.stage()) {
            case SCHEDULED -> signed ? "DownloadScheduled" : "Idle";
            case DOWNLOADING -> "Downloading";
            case DOWNLOADED -> "Downloaded";
            case VERIFIED, HANDING_OVER -> signed ? "SignatureVerified" : "Downloaded";
            case INSTALL_SCHEDULED -> signed ? "InstallScheduled" : "Downloaded";
            case INSTALLING -> "Installing";
        };
    }

    /** Begins, in place of the one before. */
    void begin(FirmwareJob.Request request) {
        if (job != null) {
            LOG.info("The firmware update that was {} is replaced by another one", job.stage());
        }
        rest();
        FirmwareJob fresh = FirmwareJob.of(request);
        job = fresh;
        boolean wait = environment.time().now().isBefore(request.retrieveAt());
        attempt(() -> {
            become(fresh, wait && request.signed() ? "DownloadScheduled" : null);
            hold();
            step();
        });
    }

    /** Goes on where the bundle or the process before this one was. */
    void resume() {
        Optional<String> kept = environment.store().fact(FACT).filter(text -> !text.isEmpty());
        if (kept.isPresent()) {
            try {
                job = FirmwareJob.read(environment.codec().readPayload(kept.get()));
                LOG.info("A firmware update goes on, it is {}", job.stage());
            } catch (IOException | RuntimeException e) {
                LOG.error("A firmware update cannot be read any more and is forgotten: {}", e.toString());
            }
        }
        environment.wishes().hold(job != null && job.postponed());
        // When all of the charge point has started.
        later(Duration.ZERO);
    }

    void onChanged(ChargerSnapshot snapshot) {
        if (job != null && job.stage() == Stage.INSTALL_SCHEDULED && job.postponed() && !snapshot.busy()) {
            attempt(this::step);
        }
    }

    void stop() {
        rest();
        worker.close();
    }

    void awaitEnd(long untilNanos) {
        worker.awaitEnd(untilNanos);
    }

    private void rest() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        worker.cancel();
    }

    private void later(Duration delay) {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = environment.owner().schedule(() -> attempt(this::step), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the disk does not take is done again later: each step begins with what is on the disk. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (StoreException e) {
            LOG.error("The firmware update waits for the disk: {}", e.getMessage());
            later(DISK_RETRY);
        }
    }

    private void step() {
        if (job == null) {
            hold();
        } else {
            switch (job.stage()) {
                case SCHEDULED -> schedule();
                case DOWNLOADING -> download();
                case DOWNLOADED -> verify();
                case VERIFIED, INSTALL_SCHEDULED -> install();
                case HANDING_OVER -> adopt();
                case INSTALLING -> watch();
            }
        }
    }

    /** It is not this time yet; looked at again then. */
    private boolean waitsFor(Instant moment) {
        Duration left = moment == null ? Duration.ZERO : Duration.between(environment.time().now(), moment);
        boolean waits = left.compareTo(Duration.ZERO) > 0;
        if (waits) {
            later(left.compareTo(LOOK_AT_THE_CLOCK) < 0 ? left : LOOK_AT_THE_CLOCK);
        }
        return waits;
    }

    private void schedule() {
        if (!waitsFor(job.request().retrieveAt())) {
            become(job.at(Stage.DOWNLOADING), "Downloading");
            download();
        }
    }

    private void download() {
        String location = job.request().location();
        worker.start(courier.limit(), abort -> {
            courier.download(location, file, abort);
            return FileHash.sha256(file, abort);
        }, hash -> attempt(() -> {
            become(job.downloaded(hash), "Downloaded");
            step();
        }), failure -> attempt(() -> downloadFailed(failure)));
    }

    private void downloadFailed(TransferException failure) {
        boolean last = failure.permanent() || job.attempts() >= job.request().retries();
        LOG.warn("Firmware: download {} failed{}: {}", job.attempts() + 1, last ? ", given up" : "", failure.getMessage());
        if (last) {
            end("DownloadFailed");
        } else {
            become(job.failedOnce(), null);
            later(Duration.ofSeconds(job.request().retryIntervalSeconds()));
        }
    }

    private void verify() {
        if (!Files.exists(file)) {
            become(job.at(Stage.DOWNLOADING), null);
            download();
        } else if (!job.request().signed()) {
            become(job.at(Stage.VERIFIED), null);
            step();
        } else {
            SigningCertificates.Judgement signer = certificates.judge(job.request().certificate(), environment.time().now());
            if (signer.verdict() != SigningCertificates.Verdict.GOOD) {
                verified(false, "the certificate is not good any more: " + signer.reason());
                return;
            }
            String signature = job.request().signature();
            worker.start(CHECK_LIMIT, abort -> FileSignature.good(file, signature, signer.key(), abort),
                    good -> attempt(() -> verified(good, "the signature is not that of the file")), failure -> attempt(() -> {
                        LOG.error("Firmware: its signature cannot be verified: {}", failure.getMessage());
                        end("InstallVerificationFailed");
                    }));
        }
    }

    private void verified(boolean good, String otherwise) {
        if (good) {
            become(job.at(Stage.VERIFIED), "SignatureVerified");
            step();
        } else {
            LOG.warn("Firmware: {}", otherwise);
            end("InvalidSignature");
            events.raise("InvalidFirmwareSignature", otherwise);
        }
    }

    private void install() {
        if (waitsFor(job.request().installAt())) {
            become(job.at(Stage.INSTALL_SCHEDULED), "InstallScheduled");
        } else if (job.postponed() && environment.controller().snapshot().map(ChargerSnapshot::busy).orElse(true)) {
            later(LOOK_AT_THE_SESSIONS);
        } else {
            withInstaller(this::handOver);
        }
    }

    private void withInstaller(Consumer<BundleInstaller> work) {
        BundleInstaller service = installer.get();
        if (service != null) {
            missedSinceNanos = null;
            work.accept(service);
            return;
        }
        long now = environment.time().nanoTime();
        missedSinceNanos = missedSinceNanos == null ? Long.valueOf(now) : missedSinceNanos;
        if (job.stage() == Stage.INSTALLING || now - missedSinceNanos < INSTALLER_PATIENCE.toNanos()) {
            later(LOOK_AT_THE_INSTALLATION);
        } else {
            refused("the installing service is not there");
        }
    }

    private void handOver(BundleInstaller service) {
        become(job.handingOver(service.jobs().stream().findFirst().map(InstallJob::jobId).orElse(""), environment.time().now()), null);
        String hash = job.sha256();
        worker.start(CHECK_LIMIT, abort -> {
            // It may have lain there for days since it was verified.
            if (!FileHash.sha256(file, abort).equals(hash)) {
                throw new TransferException(TransferException.Kind.FAILED, "the file has changed since it was fetched");
            }
            return service.install(file, SOURCE);
        }, seen -> attempt(() -> answered(seen)),
                failure -> attempt(() -> refused("it cannot be handed over: " + failure.getMessage())));
    }

    /** Whether the file was handed over is not known: the installing service knows. */
    private void adopt() {
        withInstaller(service -> {
            List<InstallJob> all = service.jobs();
            List<InstallJob> newer = all.stream().takeWhile(seen -> !seen.jobId().equals(job.newestJob())).toList();
            // When the service has forgotten the newest of that time, only the clock tells what is older still.
            boolean sure = newer.size() < all.size() || job.newestJob().isEmpty();
            Optional<InstallJob> ours = newer.stream().filter(seen -> seen.sha256().equals(job.sha256()))
                    .filter(seen -> sure || !seen.changedAt().isBefore(job.handedOverAt())).findFirst();
            if (ours.isPresent()) {
                answered(ours.get());
            } else {
                handOver(service);
            }
        });
    }

    private void answered(InstallJob seen) {
        if (seen.state() == InstallJob.State.POSTPONED) {
            LOG.info("Firmware {} {} waits: {}", seen.symbolicName(), seen.version(), seen.reason());
            become(job.afterTheSessions(), job.request().signed() ? "InstallScheduled" : null);
            hold();
            later(LOOK_AT_THE_SESSIONS);
        } else if (seen.taken()) {
            become(job.installing(seen.jobId()), "Installing");
            watch();
        } else {
            refused(seen.reason());
        }
    }

    private void refused(String reason) {
        LOG.warn("Firmware is not installed: {}", reason);
        if (job.request().signed()) {
            end("InstallVerificationFailed");
        } else {
            become(job, "Installing");
            end("InstallationFailed");
        }
    }

    private void watch() {
        withInstaller(service -> {
            Optional<InstallJob> seen = service.jobs().stream().filter(any -> any.jobId().equals(job.installJob())).findFirst();
            if (seen.isEmpty()) {
                LOG.error("Firmware: the installing service does not know its job any more");
                end("InstallationFailed");
            } else if (seen.get().state() == InstallJob.State.COMMITTED) {
                end("Installed");
                events.raise("FirmwareUpdated", seen.get().symbolicName() + " " + seen.get().version());
            } else if (seen.get().state() == InstallJob.State.FAILED || !seen.get().taken()) {
                LOG.warn("Firmware {} {} was not installed: {}", seen.get().symbolicName(), seen.get().version(), seen.get().reason());
                end("InstallationFailed");
            } else {
                later(LOOK_AT_THE_INSTALLATION);
            }
        });
    }

    /** On the disk, with what the back office is to be told of it unless it was told that last. */
    private void become(FirmwareJob next, String status) {
        boolean news = status != null && !status.equals(next.told());
        FirmwareJob kept = news ? next.told(status) : next;
        ObjectNode fact = environment.codec().newPayload();
        kept.write(fact);
        keep(environment.codec().writePayload(fact), news ? status : null);
        job = kept;
        notices.pump();
    }

    private void end(String status) {
        LOG.info("A firmware update ends {}", status);
        keep("", status);
        job = null;
        notices.pump();
        hold();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.toString());
        }
    }

    private void keep(String fact, String status) {
        environment.store().write(writer -> {
            writer.fact(FACT, fact);
            if (status != null) {
                Integer requestId = job.request().requestId();
                ObjectNode payload = environment.codec().newPayload().put("status", status);
                if (requestId != null) {
                    payload.put("requestId", requestId);
                }
                notices.add(writer, requestId == null ? "FirmwareStatusNotification" : "SignedFirmwareStatusNotification", payload);
            }
        });
    }

    /** No new sessions while an update waits for the last one to end. */
    private void hold() {
        if (environment.wishes().hold(job != null && job.postponed())) {
            environment.wishes().publish();
        }
    }
}
