package dcocpp.console.internal.upload;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.planner.ChargePlanner;

/**
 * What the buttons of the console's Bundles page may do to which bundle. Installing is not decided here but by the installer.
 *
 * @param bundles all that are installed
 * @param busy an output is on or a session has not ended
 */
record BundleRules(List<Target> bundles, boolean busy) {

    private static final String CONSOLE = "dcocpp.console";
    private static final String WHEN = "; it can be done when all sessions have ended";
    private static final Set<String> DISTURBING = Set.of("stop", "uninstall", "refresh", "update");

    /**
     * A bundle.
     *
     * @param id the framework's id
     * @param name symbolic name
     * @param active it runs
     * @param services class names of the services that it promises
     * @param charging it is built against the charger's contracts, or is one of them
     */
    record Target(long id, String name, boolean active, Set<String> services, boolean charging) {

        private boolean provides(Class<?> service) {
            return services.contains(service.getName());
        }
    }

    /** Why a button may not be pressed; empty when it may. */
    Optional<String> refusal(String action, Target target) {
        if (action.equals("update") && target.charging()) {
            return Optional.of(target.name() + " is not updated from where it came from: upload the new jar");
        }
        if (!busy) {
            return Optional.empty();
        }
        if (action.equals("start") && target.provides(Hardware.class)) {
            return Optional.of("a session is running: hardware is not changed now" + WHEN);
        }
        if (!DISTURBING.contains(action)) {
            return Optional.empty();
        }
        if (target.provides(ChargePlanner.class) && !target.provides(Hardware.class)) {
            return anotherPlannerRuns(target) ? Optional.empty() : Optional.of("a session is running and " + target.name()
                    + " is the only planner: upload a newer one, which takes over" + WHEN);
        }
        boolean replaceable = target.name().equals(CONSOLE) || target.provides(BackOffice.class) && !target.provides(Hardware.class);
        return replaceable ? Optional.empty() : Optional.of("a session is running or an output is on: " + target.name()
                + " must not be touched" + WHEN);
    }

    private boolean anotherPlannerRuns(Target planner) {
        return bundles.stream().anyMatch(other -> other.id() != planner.id() && other.active() && other.provides(ChargePlanner.class));
    }

    /** Why something that may concern every bundle is not done; empty when it is. */
    Optional<String> refusalForAll(String what) {
        return busy ? Optional.of("a session is running or an output is on: " + what + " may touch what it runs on" + WHEN)
                : Optional.empty();
    }
}
