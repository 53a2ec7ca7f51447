package dcocpp.ocpp.internal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import dcocpp.api.update.BundleInstaller;
import dcocpp.api.update.InstallJob;

/** The runtime's installing service as a test wants it to be. It outlives the protocol, as the real one does. */
public final class FakeInstaller implements BundleInstaller {

    /** The content of each file that was handed in. */
    public final List<byte[]> files = new ArrayList<>();
    /** How the next file is answered. */
    public InstallJob.State answer = InstallJob.State.STAGED;
    /** Happens before the answer. */
    public Runnable onInstall = () -> { };
    private final List<InstallJob> jobs = new ArrayList<>();

    @Override
    public InstallJob install(Path jar, String source) {
        try {
            byte[] content = Files.readAllBytes(jar);
            files.add(content);
            String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            InstallJob job = new InstallJob("job-" + jobs.size(), "dcocpp.planner", "2.0.0", hash, answer, "scripted", Instant.EPOCH);
            jobs.add(0, job);
            onInstall.run();
            return job;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest job comes so far. */
    public void becomes(InstallJob.State state) {
        InstallJob old = jobs.get(0);
        jobs.set(0, new InstallJob(old.jobId(), old.symbolicName(), old.version(), old.sha256(), state, "scripted", Instant.EPOCH));
    }

    /** Jobs are not remembered. */
    public void forget() {
        jobs.clear();
    }

    /** The newest jobs are not remembered. */
    public void forgetNewest(int count) {
        jobs.subList(0, count).clear();
    }

    @Override
    public List<InstallJob> jobs() {
        return List.copyOf(jobs);
    }
}
