package dcocpp.console.internal.status;

import java.util.Optional;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import dcocpp.api.config.ConfigurationStatus;
import dcocpp.api.journal.Journal;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ChargerStatus;
import dcocpp.api.time.TimeSource;
import dcocpp.api.update.BundleInstaller;

/**
 * The parts of the charger that the API and the pages look at. All but the clock may be missing: the console is what people reach for
 * when something is.
 */
@Component(service = Charger.class)
public final class Charger {

    private final TimeSource time;
    private final BundleContext context;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ChargerStatus status;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ChargerControl control;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Journal journal;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ConfigurationStatus configuration;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile BundleInstaller installer;

    @Activate
    public Charger(BundleContext context, @Reference TimeSource time) {
        this.context = context;
        this.time = time;
    }

    public TimeSource time() {
        return time;
    }

    public BundleContext context() {
        return context;
    }

    public Optional<ChargerSnapshot> snapshot() {
        ChargerStatus current = status;
        return current == null ? Optional.empty() : current.latest();
    }

    public Optional<ChargerControl> control() {
        return Optional.ofNullable(control);
    }

    public Optional<Journal> journal() {
        return Optional.ofNullable(journal);
    }

    public Optional<ConfigurationStatus> configuration() {
        return Optional.ofNullable(configuration);
    }

    public Optional<BundleInstaller> installer() {
        return Optional.ofNullable(installer);
    }
}
