package dcocpp.launcher.demo;

/**
 * What three parties say about the energy of one transaction. Each of them got its figure in its own way; the demonstration compares.
 */
public interface EnergyWitness {

    /** The charger's energy journal: the connector's lifetime energy at the start and the stop of the transaction, mWh. */
    Span journalMilliWh();

    /** The meter, out of the simulator's physics: its register before and after the transaction, mWh. */
    Span meterMilliWh();

    /** The CSMS: meterStart and meterStop as they came over the wire, Wh. */
    Span csmsWh();

    /**
     * A register at two moments.
     *
     * @param start at the start
     * @param stop at the stop
     */
    record Span(long start, long stop) {
        /** What flowed between. */
        public long energy() {
            return stop - start;
        }
    }
}
