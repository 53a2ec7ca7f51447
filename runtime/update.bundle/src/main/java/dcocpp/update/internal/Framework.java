package dcocpp.update.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.osgi.framework.BundleException;
import org.osgi.framework.Version;

/** What the installer needs of the OSGi framework; a seam for tests. */
interface Framework {

    /**
     * An installed bundle at one moment.
     *
     * @param id the framework's id
     * @param symbolicName its name
     * @param version its version
     * @param location where it came from
     * @param active it runs, or will once its start level is reached
     * @param startLevel its start level
     * @param promised class names of the services that its manifest promises
     * @param registered class names of the services that it has registered now
     */
    record Installed(long id, String symbolicName, Version version, String location, boolean active, int startLevel,
            Set<String> promised, Set<String> registered) {
    }

    /** All bundles. */
    List<Installed> bundles();

    /** The bundles that the installer itself runs on: replacing one would stop the replacement half-way. */
    Set<Long> foundation();

    /** Installs a jar and sets its start level. */
    long install(String location, Path jar, int startLevel) throws BundleException, IOException;

    /** Why the requirements of a bundle are not met; empty when they are. */
    Optional<String> unresolved(long id);

    /** Starts a bundle, now and after each restart. */
    void start(long id) throws BundleException;

    /** Stops a bundle until it is started again; a restart of the process starts it. */
    void stop(long id) throws BundleException;

    /** Replaces the content of a bundle that is stopped, and whatever is wired to it lets go of the old one. */
    void replace(long id, Path jar) throws BundleException, IOException;

    /** Removes a bundle for good. */
    void uninstall(long id) throws BundleException;

    /** Writes the present content of a bundle to a jar. */
    void copy(long id, Path jar) throws IOException;
}
