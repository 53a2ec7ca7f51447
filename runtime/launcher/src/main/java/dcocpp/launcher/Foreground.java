package dcocpp.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs a charger on the terminal until it is told to stop. */
final class Foreground {
    private static final Duration API_LIMIT = Duration.ofSeconds(30);
    private static final Duration HARDWARE_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private final RunOptions options;
    private final PrintWriter out;
    private final PrintWriter err;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile ChargerRuntime running;
    private ConfigCheck.Summary summary;

    Foreground(RunOptions options, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /** Checks charger.json; prints what is wrong with it. */
    ConfigCheck.Summary checkConfig() throws LaunchException {
        summary = ConfigCheck.check(options.config(), err);
        return summary;
    }

    /**
     * Starts the charger, whose configuration was checked, says where to look and waits for its end.
     *
     * @param hints       lines for the user, printed when it runs
     * @param exitOnReset whether a hard reset by the back office is the end; else the charger is started again in this process
     * @return the exit code
     */
    int run(List<String> hints, boolean exitOnReset) throws LaunchException, InterruptedException {
        if (!options.console().loopback()) {
            err.println("charger: warning: " + options.console() + " is open to the network without TLS, and who listens there reads the "
                    + "console's password; an SSH tunnel to a console on 127.0.0.1 is safe");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "dcocpp-launcher-stop"));
        try {
            while (runOnce(hints)) {
                if (exitOnReset) {
                    out.println("reset: to be started again");
                    out.flush();
                    return ExitCode.RESTART;
                }
                out.println("reset: starting again");
            }
            out.println("stopped");
            out.flush();
            return ExitCode.OK;
        } finally {
            ended.countDown();
        }
    }

    private boolean runOnce(List<String> hints) throws LaunchException, InterruptedException {
        try (ChargerRuntime charger = ChargerRuntime.start(options.withLogging(summary.logging()))) {
            running = charger;
            charger.news().forEach(out::println);
            charger.unresolvedBundles().forEach(name ->
                    err.println("charger: " + name + " cannot run: something that it imports is missing, see the log"));
            requireHardware(charger);
            welcome(charger, hints);
            return charger.awaitStop();
        }
    }

    /** On SIGTERM and Ctrl-C. */
    private void stop() {
        ChargerRuntime charger = running;
        if (charger == null || ended.getCount() == 0) {
            return;
        }
        out.println("stopping");
        out.flush();
        try {
            if (!charger.stop(STOP_LIMIT)) {
                err.println("charger: did not stop within " + STOP_LIMIT.toSeconds() + " s; the process ends anyway");
                err.flush();
            }
            // the main thread has the last word on the terminal
            ended.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireHardware(ChargerRuntime charger) throws LaunchException {
        String name = options.hardware();
        if (name == null) {
            return;
        }
        for (long tries = HARDWARE_LIMIT.dividedBy(POLL); !charger.hasHardware(name); tries--) {
            if (tries <= 0) {
                throw new LaunchException(ExitCode.FAILED, "hardware \"" + name + "\" is not there: no installed bundle provides it");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void welcome(ChargerRuntime charger, List<String> hints) throws LaunchException {
        out.println(summary.chargePointId() + " runs with " + summary.connectors() + " connectors");
        try {
            ApiClient api = charger.api(API_LIMIT);
            if (options.console().console()) {
                out.println("  console   " + api.base().resolve("system/console"));
                String password = firstPassword();
                if (password != null) {
                    out.println("            user admin, password " + password + " (shown only now; kept as a hash)");
                }
            } else {
                out.println("  API       " + api.base().resolve("api/health"));
            }
        } catch (LaunchException e) {
            // cars are charged without it
            err.println("charger: the HTTP interface did not come up within " + API_LIMIT.toSeconds() + " s, see the log");
        }
        out.println("  log       " + options.data().resolve("log").resolve("charger.log"));
        hints.forEach(out::println);
        out.println("Ctrl-C stops it.");
        out.flush();
    }

    /** The password that the console made at its first start, taken from its file; null when it was shown before. */
    private String firstPassword() throws LaunchException {
        Path file = options.data().resolve("console.password.once");
        try {
            String password = Files.readString(file).trim();
            Files.delete(file);
            return password;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "cannot read the console's first password from " + file + ": " + e.getMessage(), e);
        }
    }
}
