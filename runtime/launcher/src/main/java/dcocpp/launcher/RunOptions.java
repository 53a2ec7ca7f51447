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
 */
public record RunOptions(Path home, Path config, Path data, String hardware, ConsoleAddress console, boolean simOpen, double rate) {
    public RunOptions {
        home = home.toAbsolutePath().normalize();
        config = config.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        Objects.requireNonNull(console);
        if (!(rate > 0)) {
            throw new IllegalArgumentException("rate must be above 0, not " + rate);
        }
    }

    /** The usual ones: simulated or real hardware as charger.json says, the console on its default address, real time. */
    public static RunOptions of(Path home, Path config, Path data) {
        return new RunOptions(home, config, data, null, ConsoleAddress.DEFAULT, false, 1);
    }

    /** The same with this hardware. */
    public RunOptions withHardware(String name) {
        return new RunOptions(home, config, data, name, console, simOpen, rate);
    }

    /** The same with this listener. */
    public RunOptions withConsole(ConsoleAddress address) {
        return new RunOptions(home, config, data, hardware, address, simOpen, rate);
    }

    /** The same at this speed. */
    public RunOptions withRate(double processSecondsPerSecond) {
        return new RunOptions(home, config, data, hardware, console, simOpen, processSecondsPerSecond);
    }
}
