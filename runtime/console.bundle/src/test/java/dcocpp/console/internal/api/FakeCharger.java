package dcocpp.console.internal.api;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.CommandResult;
import dcocpp.testkit.FakeTimeSource;

/** A charger whose parts a test sets. */
final class FakeCharger {

    final FakeTimeSource time = new FakeTimeSource();
    final List<ChargerCommand> commands = new ArrayList<>();
    final Charger charger = new Charger(context(), time);
    CommandResult result = CommandResult.DONE;

    FakeCharger() {
        charger.control = command -> {
            commands.add(command);
            return CompletableFuture.completedFuture(result);
        };
    }

    FakeCharger snapshot(ChargerSnapshot snapshot) {
        charger.status = () -> Optional.ofNullable(snapshot);
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
