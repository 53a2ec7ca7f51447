package dcocpp.launcher;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a charger is started.
 *
 * @param home     folder of the distribution
 * @param config   path of charger.json
 * @param data     data folder; made when missing
 * @param hardware name of the hardware service, such as {@code sim}; null = as charger.json says
 * @param console  where it listens
 * @param simOpen  whether {@code /api/sim} needs no token
 * @param rate     seconds of process time per second, 1 in production
 * @param logging  logback file; null = that of the distribution
 */
public record RunOptions(Path home, Path config, Path data, String hardware, ConsoleAddress console, boolean simOpen, double rate,
        Path logging) {
    public RunOptions {
        home = home.toAbsolutePath().normalize();
        config = config.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        Objects.requireNonNull(console);
        if (!(rate > 0)) {
            throw new IllegalArgumentException("rate must be above 0, not " + rate);
        }
    }

    /** With the distribution's own logging. */
    public RunOptions(Path home, Path config, Path data, String hardware, ConsoleAddress console, boolean simOpen, double rate) {
        this(home, config, data, hardware, console, simOpen, rate, null);
    }

    /** The same with this logback file; null = that of the distribution. */
    public RunOptions withLogging(Path file) {
        return new RunOptions(home, config, data, hardware, console, simOpen, rate, file == null ? null : file.toAbsolutePath().normalize());
    }
}
