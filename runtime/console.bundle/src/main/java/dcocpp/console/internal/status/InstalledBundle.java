package dcocpp.console.internal.status;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * A bundle of the charger itself, or one that is built against its contracts.
 *
 * @param id the framework's id
 * @param name symbolic name
 * @param version version
 * @param state in small letters
 * @param location where it came from
 */
public record InstalledBundle(long id, String name, String version, String state, String location) {

    /** All of them, by name. */
    public static List<InstalledBundle> all(BundleContext context) {
        return Arrays.stream(context.getBundles()).filter(InstalledBundle::concernsCharging)
                .map(bundle -> new InstalledBundle(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion().toString(),
                        state(bundle.getState()), bundle.getLocation()))
                .sorted(Comparator.comparing(InstalledBundle::name).thenComparing(InstalledBundle::id)).toList();
    }

    /** Whether a bundle is one of ours, or built against our contracts. */
    public static boolean concernsCharging(Bundle bundle) {
        if (bundle.getSymbolicName() == null) {
            return false;
        }
        String imports = bundle.getHeaders("").get(Constants.IMPORT_PACKAGE);
        return bundle.getSymbolicName().startsWith("dcocpp.") || imports != null && imports.contains("dcocpp.api.");
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "active";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.INSTALLED -> "installed";
            default -> "uninstalled";
        };
    }
}
