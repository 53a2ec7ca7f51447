package dcocpp.update.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dcocpp.api.backoffice.BackOffice;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.planner.ChargePlanner;
import dcocpp.update.internal.Framework.Installed;

/**
 * Which bundle may be installed how, and when.
 *
 * @param bundles what is installed
 * @param foundation ids of the bundles that the installer runs on
 * @param busy an output is on or a session has not ended
 */
record Rules(List<Installed> bundles, Set<Long> foundation, boolean busy) {

    /** Where a jar comes from the back office and no engineer stands beside the charger. */
    private static final String REMOTE_SOURCE = "ocpp";
    private static final String CONSOLE = "dcocpp.console";
    private static final Set<String> FRAMEWORK_NAMES = Set.of("system.bundle", "org.apache.felix.framework");

    /**
     * What is to be done.
     *
     * @param kind how
     * @param old what is replaced; empty when nothing is
     */
    record Decision(Job.Kind kind, Optional<Installed> old) {
    }

    /**
     * Decides what becomes of a jar.
     *
     * @throws RefusedException nothing does; the message says why
     */
    Decision decide(BundleJar jar, String source) throws RefusedException {
        List<Installed> namesakes = bundles.stream().filter(bundle -> bundle.symbolicName().equals(jar.symbolicName())).toList();
        refuseFoundation(jar, namesakes);
        refuseSameVersion(jar, namesakes);
        if (jar.planner()) {
            refuseOlder(jar, bundles.stream().filter(Rules::planner).toList(),
                    "a planner takes over from an older one only, whatever its name; give the jar a higher Bundle-Version");
            return new Decision(Job.Kind.PLANNER, namesakes.stream().findFirst());
        }
        if (namesakes.stream().anyMatch(Rules::planner)) {
            throw new RefusedException(jar.symbolicName() + " is the planner, but this jar provides no service "
                    + ChargePlanner.class.getName() + "; is the component annotated?");
        }
        if (source.equals(REMOTE_SOURCE)) {
            refuseOlder(jar, namesakes, "an engineer may go back to an older one, the back office may not");
        }
        Optional<Installed> old = namesakes.stream().findFirst();
        refuseWhileBusy(jar, old);
        return new Decision(old.isPresent() ? Job.Kind.IN_PLACE : Job.Kind.NEW, old);
    }

    /** @throws BusyException it must wait until no session runs */
    void refuseWhileBusy(BundleJar jar, Optional<Installed> old) throws BusyException {
        if (busy && !replaceableWhileBusy(jar, old)) {
            throw new BusyException("a session is running or an output is on: " + jar.symbolicName()
                    + " can be installed when all sessions have ended");
        }
    }

    private static boolean replaceableWhileBusy(BundleJar jar, Optional<Installed> old) {
        if (jar.planner() || jar.symbolicName().equals(CONSOLE)) {
            return true;
        }
        boolean hardware = jar.services().contains(Hardware.class.getName())
                || old.isPresent() && old.get().promised().contains(Hardware.class.getName());
        boolean backOffice = jar.services().contains(BackOffice.class.getName())
                && (old.isEmpty() || old.get().promised().contains(BackOffice.class.getName()));
        return backOffice && !hardware;
    }

    private void refuseFoundation(BundleJar jar, List<Installed> namesakes) throws RefusedException {
        boolean framework = FRAMEWORK_NAMES.contains(jar.symbolicName());
        if (framework || namesakes.stream().anyMatch(old -> foundation.contains(old.id()))) {
            throw new RefusedException(jar.symbolicName() + " is what the installer itself runs on: stop the charger, put the jar"
                    + " into the distribution's folder bundle in place of the old one, and start it again");
        }
    }

    private static void refuseSameVersion(BundleJar jar, List<Installed> namesakes) throws RefusedException {
        if (namesakes.stream().anyMatch(old -> old.version().equals(jar.version()))) {
            throw new RefusedException(jar.symbolicName() + " " + jar.version() + " is installed already; bump the version:"
                    + " another content needs another Bundle-Version");
        }
    }

    private static void refuseOlder(BundleJar jar, List<Installed> others, String remedy) throws RefusedException {
        Optional<Installed> newest = others.stream().max(Comparator.comparing(Installed::version));
        if (newest.isPresent() && jar.version().compareTo(newest.get().version()) <= 0) {
            throw new RefusedException(jar.symbolicName() + " " + jar.version() + " is not newer than " + newest.get().symbolicName() + " "
                    + newest.get().version() + ", which is installed; " + remedy);
        }
    }

    private static boolean planner(Installed bundle) {
        return bundle.promised().contains(ChargePlanner.class.getName());
    }
}
