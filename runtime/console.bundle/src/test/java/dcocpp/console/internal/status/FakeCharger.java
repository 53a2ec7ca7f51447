package dcocpp.console.internal.status;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

import dcocpp.api.config.ConfigurationStatus;
import dcocpp.api.journal.Journal;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.CommandResult;
import dcocpp.api.update.BundleInstaller;
import dcocpp.testkit.FakeTimeSource;

/** A charger whose parts a test sets. */
public final class FakeCharger {

    public final FakeTimeSource time = new FakeTimeSource();
    public final List<ChargerCommand> commands = new ArrayList<>();
    public final Charger charger = new Charger(context(), time);
    public CommandResult result = CommandResult.DONE;

    public FakeCharger() {
        charger.control = command -> {
            commands.add(command);
            return CompletableFuture.completedFuture(result);
        };
    }

    public FakeCharger snapshot(ChargerSnapshot snapshot) {
        charger.status = () -> Optional.ofNullable(snapshot);
        return this;
    }

    public FakeCharger withoutControl() {
        charger.control = null;
        return this;
    }

    public FakeCharger journal(Journal journal) {
        charger.journal = journal;
        return this;
    }

    public FakeCharger installer(BundleInstaller installer) {
        charger.installer = installer;
        return this;
    }

    public FakeCharger configuration(ConfigurationStatus configuration) {
        charger.configuration = configuration;
        return this;
    }

    private static BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(FakeCharger.class.getClassLoader(), new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBundles" -> new Bundle[0];
                    case "getProperty" -> null;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }
}
