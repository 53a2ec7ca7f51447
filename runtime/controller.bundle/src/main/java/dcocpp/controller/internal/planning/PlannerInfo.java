package dcocpp.controller.internal.planning;

import org.osgi.framework.Version;

/**
 * Which bundle a planner comes from.
 *
 * @param bundleId its id
 * @param symbolicName its name
 * @param version its version
 * @param location where it was installed from
 */
public record PlannerInfo(long bundleId, String symbolicName, Version version, String location) {

    /** Name and version, for the log and for remembering the promoted one. */
    public String label() {
        return symbolicName + " " + version;
    }
}
