package dcocpp.launcher.demo;

import dcocpp.csms.CsmsTransaction;
import dcocpp.csms.DemoCsms;
import dcocpp.csms.OcppMessage;
import dcocpp.launcher.LaunchException;
import dcocpp.launcher.demo.EnergyWitness.Span;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** One session at one connector, from plug-in to unplug; says what it is waiting for. */
final class DemoSession {

    private static final Duration POLL = Duration.ofMillis(100);

    private final DemoCharger charger;
    private final DemoCsms csms;
    private final DemoSettings settings;
    private final Clock clock;
    private final PrintWriter out;
    private final ProgressText progress;
    private volatile String waitingFor = "the charger to start";

    DemoSession(DemoCharger charger, DemoCsms csms, DemoSettings settings, Clock clock, PrintWriter out) {
        this.charger = charger;
        this.csms = csms;
        this.settings = settings;
        this.clock = clock;
        this.out = out;
        this.progress = new ProgressText(out, settings.terminal());
    }

    /** What the session waits for at this moment, or waited for last. */
    String waitingFor() {
        return waitingFor;
    }

    /**
     * Runs the session.
     *
     * @return what the three parties say about its energy
     */
    EnergyWitness run() throws Exception {
        int gun = settings.connectorId();
        await("the CSMS to accept the charger", () -> charger.view().csmsState().equals("accepted"));
        await("all connectors to be Available", () -> {
            ChargerView view = charger.view();
            return !view.connectors().isEmpty() && view.connectors().stream().allMatch(c -> c.status().equals("Available"));
        });
        say("charger accepted by the CSMS, %d connectors available", charger.view().connectors().size());
        long before = charger.meterMilliWh(gun);

        charger.plug(gun, settings.startPercent());
        say("a car plugs in at connector %d", gun);
        await("connector " + gun + " to be Preparing", () -> connector().status().equals("Preparing"));
        charger.swipe(gun, settings.idTag());
        say("card %s is swiped", settings.idTag());
        await("the transaction to start", () -> {
            ChargerView.Connector connector = connector();
            if (connector.phase().equals("ended")) {
                throw new DemoFailure("the session at connector " + gun + " has ended without a transaction");
            }
            return connector.transactionActive();
        });
        await("energy to flow", () -> connector().status().equals("Charging") && connector().powerW() > 0);
        charge();

        await("the transaction to stop", () -> !connector().transactionActive());
        await("the journal to have the stop", () -> charger.journalMilliWh(gun).isPresent());
        await("the CSMS to have the StopTransaction", () -> transaction().filter(t -> t.stop().isPresent()).isPresent());
        long after = charger.meterMilliWh(gun);
        charger.unplug(gun);
        say("the car leaves");
        await("connector " + gun + " to be Available again", () -> connector().status().equals("Available"));
        await("the CSMS to hear that connector " + gun + " is Available", this::toldAvailable);

        Span journal = charger.journalMilliWh(gun).orElseThrow();
        CsmsTransaction transaction = onlyTransaction();
        Span wire = new Span(transaction.meterStartWh(), transaction.stop().orElseThrow().meterStopWh());
        return new Told(journal, new Span(before, after), wire);
    }

    private record Told(Span journalMilliWh, Span meterMilliWh, Span csmsWh) implements EnergyWitness {
    }

    /** Until the state of charge is reached or the car has had enough. */
    private void charge() throws Exception {
        waitingFor = "the car to reach " + settings.stopAtPercent() + " %";
        while (true) {
            ChargerView.Connector connector = connector();
            progress.show(clock.instant(), connector);
            if (!connector.transactionActive()) {
                progress.end();
                say("the car has ended the charge");
                return;
            }
            if (connector.socPercent() >= settings.stopAtPercent()) {
                progress.end();
                charger.swipe(settings.connectorId(), settings.idTag());
                say("card %s is swiped again at %.0f %%", settings.idTag(), connector.socPercent());
                return;
            }
            pause();
        }
    }

    private boolean toldAvailable() {
        OcppMessage last = null;
        for (OcppMessage message : csms.log()) {
            if (message.isCallFromCharger("StatusNotification")
                    && message.value("connectorId").filter(Integer.toString(settings.connectorId())::equals).isPresent()) {
                last = message;
            }
        }
        return last != null && last.value("status").filter("Available"::equals).isPresent();
    }

    private Optional<CsmsTransaction> transaction() {
        return csms.transactions().stream().findFirst();
    }

    private CsmsTransaction onlyTransaction() throws DemoFailure {
        if (csms.transactions().size() != 1 || !csms.failedStops().isEmpty()) {
            throw new DemoFailure("the CSMS has " + csms.transactions().size() + " transactions and " + csms.failedStops().size()
                    + " stops that fit none, instead of one transaction with its stop");
        }
        return csms.transactions().get(0);
    }

    private ChargerView.Connector connector() throws LaunchException, DemoFailure {
        ChargerView.Connector connector = charger.view().connector(settings.connectorId())
                .orElseThrow(() -> new DemoFailure("the charger has no connector " + settings.connectorId()));
        if (connector.status().equals("Faulted")) {
            throw new DemoFailure("connector " + connector.id() + " is Faulted: " + connector.info());
        }
        return connector;
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        waitingFor = what;
        while (!condition.call()) {
            pause();
        }
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(POLL.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
