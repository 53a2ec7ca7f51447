package dcocpp.launcher.demo;

import dcocpp.csms.CsmsPolicy;
import dcocpp.csms.DemoCsms;
import dcocpp.csms.OcppMessage;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** One complete session on simulated hardware against the demonstration CSMS, and the verdict on its energy. */
final class DemoOnce {

    private static final URI EPHEMERAL = URI.create("ws://127.0.0.1:0/steve/websocket/CentralSystemService/");

    private final DemoSettings settings;
    private final DemoCharger.Starter starter;
    private final UnaryOperator<EnergyWitness> hearing;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param hearing what stands between the witnesses and the verdict: nothing, or a test that falsifies one of them
     */
    DemoOnce(DemoSettings settings, DemoCharger.Starter starter, UnaryOperator<EnergyWitness> hearing, PrintWriter out,
            PrintWriter err) {
        this.settings = settings;
        this.starter = starter;
        this.hearing = hearing;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs it.
     *
     * @return {@link ExitCode#OK} only if journal, meter and CSMS agree
     */
    int run() throws LaunchException, InterruptedException {
        Clock clock = new RatedClock(Clock.systemUTC(), settings.rate());
        try (DemoCsms csms = DemoCsms.start(EPHEMERAL, CsmsPolicy.acceptAll(), clock)) {
            DemoFolder folder = DemoFolder.create(settings.workspace(), settings.config(), csms.uri());
            say("demonstration CSMS at " + csms.uri());
            boolean agreed;
            try (DemoCharger charger = starter.start(folder.config(), folder.data(), settings.rate())) {
                agreed = session(new DemoSession(charger, csms, settings, clock, out), csms);
            } finally {
                say("");
            }
            if (agreed) {
                folder.delete();
            } else {
                err.println("charger: the folder of this demonstration is kept: " + folder.root());
                err.flush();
            }
            return agreed ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "the demonstration cannot run: " + e.getMessage(), e);
        }
    }

    /** The session on a thread of its own, so that the limit holds whatever it hangs in. */
    private boolean session(DemoSession session, DemoCsms csms) throws InterruptedException, LaunchException {
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "dcocpp-launcher-demo");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Future<EnergyWitness> running = worker.submit(session::run);
            EnergyWitness told = running.get(settings.limit().toMillis(), TimeUnit.MILLISECONDS);
            printMessages(csms.log());
            return verdict(hearing.apply(told));
        } catch (TimeoutException tooLong) {
            return fail(csms, "not finished within " + settings.limit().toSeconds() + " s; it waited for " + session.waitingFor());
        } catch (ExecutionException failed) {
            return failed(session, csms, failed.getCause());
        } finally {
            worker.shutdownNow();
        }
    }

    private boolean failed(DemoSession session, DemoCsms csms, Throwable cause) throws LaunchException {
        if (cause instanceof DemoFailure || cause instanceof LaunchException || cause instanceof UncheckedIOException) {
            return fail(csms, cause.getMessage() + " (while it waited for " + session.waitingFor() + ")");
        }
        if (cause instanceof RuntimeException defect) {
            throw defect;
        }
        throw new IllegalStateException(cause);
    }

    private boolean fail(DemoCsms csms, String why) {
        printMessages(csms.log());
        out.flush();
        err.println("charger: the demonstration failed: " + why);
        err.flush();
        return false;
    }

    private boolean verdict(EnergyWitness witness) {
        EnergyBalance balance = new EnergyBalance(witness);
        say("");
        say("Energy balance");
        balance.lines().forEach(line -> say("  " + line));
        List<String> disagreements = balance.disagreements();
        if (disagreements.isEmpty()) {
            say("  journal = meter = CSMS");
            return true;
        }
        disagreements.forEach(reason -> err.println("charger: the energy figures do not agree: " + reason));
        err.flush();
        return false;
    }

    private void printMessages(List<OcppMessage> messages) {
        say("");
        say("OCPP messages");
        messages.forEach(message -> say("  " + MessageText.line(message)));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
