package dcocpp.launcher.soak;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was recorded of a run: what report, verdict and plots are made of.
 *
 * @param run what was run
 * @param samples in their order
 * @param events what was done to the charger, in their order
 * @param complaints errors in the charger's log
 * @param transactions what journal and CSMS say of each transaction
 * @param end how it ended; empty while it runs and of a run that was killed
 */
record SoakRecord(Run run, List<Sample> samples, List<Event> events, List<Complaint> complaints, List<Transaction> transactions,
        Optional<End> end) {

    SoakRecord {
        samples = List.copyOf(samples);
        events = List.copyOf(events);
        complaints = List.copyOf(complaints);
        transactions = List.copyOf(transactions);
    }

    /**
     * What was run.
     *
     * @param startedAt wall time of the beginning, ISO 8601
     * @param command the command line
     * @param version of the charger
     * @param commit of the sources beside the command; empty = not known
     * @param bundles name and version of the charger's bundles at the beginning
     * @param machine processors, memory, system and Java, for people
     * @param hardware {@code sim}, {@code can}, ...
     * @param observed only watched: the traffic is people's
     * @param seconds how long it shall last, s
     * @param warmUpSeconds what is not judged for growth at the beginning, s
     * @param sampleSeconds time between samples, s
     */
    record Run(String startedAt, String command, String version, String commit, Map<String, String> bundles, String machine, String hardware,
            boolean observed, double seconds, double warmUpSeconds, double sampleSeconds) {

        Run with(Map<String, String> present) {
            return new Run(startedAt, command, version, commit, present, machine, hardware, observed, seconds, warmUpSeconds, sampleSeconds);
        }
    }

    /**
     * Something that was done to the charger.
     *
     * @param atSeconds when it began, s
     * @param kind what, see {@link Disturbances}
     * @param detail for people
     * @param tookSeconds until its effect was over, s; NaN = it was not over within its limit
     */
    record Event(double atSeconds, String kind, String detail, double tookSeconds) {

        boolean over() {
            return !Double.isNaN(tookSeconds);
        }
    }

    /**
     * An error in the log.
     *
     * @param atSeconds when it was read, s
     * @param line without its time, cut off after 300 characters
     */
    record Complaint(double atSeconds, String line) {
    }

    /**
     * A transaction in journal and CSMS. What one of them does not have is -1.
     *
     * @param connectorId gun
     * @param startMilliWh register at the start, by the journal
     * @param stopMilliWh register at the stop, by the journal
     * @param reason of the stop, by the journal; empty while it runs
     * @param csmsStartWh meterStart
     * @param csmsStopWh meterStop
     * @param startMessages how often StartTransaction has come
     * @param stopMessages how often StopTransaction has come
     */
    record Transaction(int connectorId, long startMilliWh, long stopMilliWh, String reason, long csmsStartWh, long csmsStopWh,
            int startMessages, int stopMessages) {

        static final long NONE = -1;
    }

    /**
     * The end.
     *
     * @param atSeconds when the last car had left, s
     * @param trafficSeconds when nobody came any more, s
     * @param early it was ended before its time
     * @param withCsms there was a CSMS whose figures are recorded
     * @param strayStops StopTransactions that the CSMS could not place
     * @param sentAway drivers for whom no transaction was begun
     * @param lastWord of the charger's process: {@code stopped} when it stopped in good order; empty = it goes on
     * @param trouble why it ended as it did, for people; empty = all went well
     */
    record End(double atSeconds, double trafficSeconds, boolean early, boolean withCsms, int strayStops, long sentAway, String lastWord,
            String trouble) {
    }
}
