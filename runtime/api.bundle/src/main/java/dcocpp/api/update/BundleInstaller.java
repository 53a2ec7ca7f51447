package dcocpp.api.update;

import java.nio.file.Path;
import java.util.List;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Installs and replaces bundles while the charger runs. Planners are installed side by side and take over once they have proven
 * themselves; bundles that own a resource are replaced in place, and only in the states where that is safe. Jobs survive a restart.
 */
@ProviderType
public interface BundleInstaller {

    /**
     * Takes a jar. The file is copied to the store at once and may be deleted afterwards. Reads and checks the jar on the caller's thread
     * (some hundred ms); the rest happens later.
     *
     * @param jar the bundle
     * @param source who asks, for the log: {@code console}, {@code ocpp}, {@code cli}
     * @return the job as it is now; {@link InstallJob.State#REFUSED} with the reason when it cannot be done,
     *         {@link InstallJob.State#POSTPONED} when it cannot be done yet
     */
    InstallJob install(Path jar, String source);

    /** All jobs that are kept, newest first. */
    List<InstallJob> jobs();
}
