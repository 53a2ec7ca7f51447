package dcocpp.launcher.demo;

import dcocpp.launcher.ConfigCheck;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.Folders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code charger demo}. */
@Command(name = "demo", sortOptions = false, mixinStandardHelpOptions = true, description = {
    "Shows a charger at work: cars come and go at all guns of a simulated cabinet, faster than the clock, against a CSMS of its own, in a "
            + "temporary folder and on ports of its own. On a terminal it renews its picture until Ctrl-C, elsewhere it prints lines.",
    "With --once it charges one car instead: shows the charge, each OCPP message, and whether journal, meter and CSMS agree on the energy; "
            + "exits 0 only if they do. To look around at leisure, run \"charger\" without arguments."})
public final class DemoCommand implements Callable<Integer> {

    private static final double FASTEST = 300;
    private static final double ONCE_RATE = 60;
    /** A whole site of cars is more work than one. */
    private static final double LIVE_RATE = 20;
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final long STOP_SECONDS = 30;

    @Option(names = "--once", description = "One session, then the verdict.")
    private boolean once;

    @Option(names = "--minutes", paramLabel = "N", description = "Ends after so many minutes by the clock. Default: with Ctrl-C. Not with --once.")
    private Double minutes;

    @Option(names = "--config", paramLabel = "FILE", description = "Path of charger.json; its CSMS is replaced. "
            + "Default: configs/charger.json, beside the command.")
    private Path config;

    @Option(names = "--rate", paramLabel = "N", description = "Seconds of the charger's time per second, from 1 to 300. Default: 20, with "
            + "--once 60.")
    private Double rate;

    @Option(names = "--limit", paramLabel = "SECONDS", description = "With --once: real time after which it has failed. Default: 180.")
    private Integer limitSeconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        double speed = rate == null ? once ? ONCE_RATE : LIVE_RATE : rate;
        check(speed >= 1 && speed <= FASTEST, "--rate must be from 1 to 300, not " + speed);
        check(limitSeconds == null || limitSeconds >= 1, "--limit must be at least 1 second, not " + limitSeconds);
        check(limitSeconds == null || once, "--limit belongs to --once");
        check(minutes == null || !once, "--minutes does not belong to --once");
        check(minutes == null || minutes > 0, "--minutes must be above 0, not " + minutes);
        Path file = config == null ? Folders.base().resolve("configs").resolve("charger.json") : config.toAbsolutePath();
        DemoSettings settings = DemoSettings.of(file, Ansi.AUTO.enabled()).withRate(speed);
        PrintWriter err = spec.commandLine().getErr();
        ConfigCheck.check(file, err);
        if (!once) {
            return live(settings.withLimit(minutes == null ? FOR_EVER : Duration.ofMillis(Math.round(minutes * 60_000))));
        }
        DemoCharger.Starter starter = (patched, data, fast) -> HttpDemoCharger.start(Folders.home(), patched, data, fast);
        DemoSettings limited = limitSeconds == null ? settings : settings.withLimit(Duration.ofSeconds(limitSeconds));
        return new DemoOnce(limited, starter, UnaryOperator.identity(), spec.commandLine().getOut(), err).run();
    }

    private int live(DemoSettings settings) throws Exception {
        LiveDemo demo = new LiveDemo(settings, Folders.home(), spec.commandLine().getOut(), Clock.systemUTC());
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            demo.enough();
            try {
                over.await(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "dcocpp-launcher-demo-end"));
        try {
            demo.run();
            return ExitCode.OK;
        } finally {
            over.countDown();
        }
    }

    private void check(boolean right, String message) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
