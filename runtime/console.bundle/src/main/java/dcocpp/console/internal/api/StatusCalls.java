package dcocpp.console.internal.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.config.ConfigurationStatus;
import dcocpp.api.journal.JournalException;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.update.BundleInstaller;
import dcocpp.console.internal.status.Charger;
import dcocpp.console.internal.status.InstalledBundle;
import jakarta.servlet.http.HttpServletResponse;

/** What the charger is doing. */
public final class StatusCalls {

    /** The controller renews its snapshot ten times a second; it counts as gone after this, in real time. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final int MOST_UNDELIVERABLE = 1000;

    private final Charger charger;

    /** Of this charger. */
    public StatusCalls(Charger charger) {
        this.charger = charger;
    }

    static List<Route> routes(Charger charger) {
        StatusCalls calls = new StatusCalls(charger);
        return List.of(
                new Route("GET", "/health", (request, variables) -> calls.health()),
                new Route("GET", "/status", (request, variables) -> Route.Answer.ok(calls.status())));
    }

    private Route.Answer health() throws ApiException {
        Optional<ChargerSnapshot> snapshot = charger.snapshot();
        if (snapshot.isEmpty()) {
            throw new ApiException(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the controller has not reported yet",
                    "it does within seconds after the start; if not, see the log and the configuration's findings");
        }
        double silentNanos = charger.time().nanoTime() - snapshot.get().takenNanos();
        if (silentNanos > SILENCE.toNanos() * charger.time().rate()) {
            throw new ApiException(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the controller has been silent for "
                    + Math.round(silentNanos / 1e9) + " s", "see the log; is the bundle dcocpp.controller active?");
        }
        return Route.Answer.ok(Json.object().put("status", "ok"));
    }

    /** How many transactions have a message that was given up; empty when the journal does not say. */
    private Optional<Integer> undeliverable() {
        try {
            return charger.snapshot().isEmpty() ? Optional.empty()
                    : charger.journal().map(journal -> journal.undeliverable(MOST_UNDELIVERABLE).size());
        } catch (JournalException e) {
            // The page is what people look at when something is broken; the rest of it is still worth showing.
            return Optional.empty();
        }
    }

    /** {@link #status} as text. */
    public String statusText() {
        return Json.text(status());
    }

    /** Everything on one page; parts that are not there are left out, and {@code available} says whether the controller is. */
    ObjectNode status() {
        ObjectNode root = Json.object();
        Optional<ChargerSnapshot> snapshot = charger.snapshot();
        root.put("available", snapshot.isPresent());
        snapshot.ifPresent(present -> StatusJson.putSnapshot(root, present, charger.time().nanoTime()));
        undeliverable().ifPresent(count -> root.withObject("csms").put("undeliverableTransactions", count));
        StatusJson.putBundles(root.putArray("bundles"), InstalledBundle.all(charger.context()));
        StatusJson.putJobs(root.putArray("installJobs"), charger.installer().map(BundleInstaller::jobs).orElse(List.of()));
        charger.configuration().map(ConfigurationStatus::report)
                .ifPresent(report -> StatusJson.putConfiguration(root.putObject("configuration"), report));
        return root;
    }
}
