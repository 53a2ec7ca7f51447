package dcocpp.simrun.run;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What came of a scenario. The same script gives the same report.
 *
 * @param name the scenario
 * @param seed what chance followed from
 * @param start what the clock showed at the start
 * @param seconds how long it lasted, with what the charger took to tell the back office everything
 * @param ticks how often the controller has ticked
 * @param expectations what was expected, in the order of the script
 * @param guns what each gun has done
 * @param balance whether the energy adds up
 * @param visits cars with drivers
 * @param idealSharePercent how much of what could have been delivered was, %
 * @param peakKW the most that all guns took together, kW
 * @param violations what the physics have seen that a safe controller never does; the first of them
 * @param violationCount how many there were
 * @param findings what is wrong whatever was expected: nonsense at the back office
 * @param notDone actions that could not be done
 */
public record Report(String name, long seed, String start, double seconds, long ticks, List<Outcome> expectations, List<Gun> guns,
        Balance balance, Visits visits, double idealSharePercent, double peakKW, List<String> violations, long violationCount,
        List<String> findings, List<String> notDone) {

    /** Everything that was expected has come, and nothing that is wrong in any case. */
    @JsonProperty
    public boolean ok() {
        return findings.isEmpty() && expectations.stream().allMatch(Outcome::ok);
    }

    /**
     * An expectation.
     *
     * @param what what was expected, in words
     * @param ok whether it came
     * @param seen what was seen
     */
    public record Outcome(String what, boolean ok, String seen) {
    }

    /**
     * A gun.
     *
     * @param connectorId which
     * @param transactions how many have begun
     * @param stopReasons how many of them ended for which reason
     * @param milliWh what its meter has counted, mWh
     */
    public record Gun(int connectorId, int transactions, Map<String, Integer> stopReasons, long milliWh) {
    }

    /**
     * Cars with drivers.
     *
     * @param came how many found a free gun
     * @param served how many of them have charged and left
     * @param turnedAway how many found none
     * @param there how many are there at the end
     */
    public record Visits(int came, int served, int turnedAway, int there) {
    }
}
