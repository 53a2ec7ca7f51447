package dcocpp.launcher.traffic;

/**
 * What a driver has come for.
 *
 * @param car model of the simulator's library
 * @param socPercent state of charge at the arrival, %
 * @param targetPercent where the car ends the charge by itself, %
 * @param staySeconds how long the transaction lasts, unless the car has enough before, s
 * @param pauses how often the car pauses meanwhile
 * @param start how the transaction is asked for
 * @param stop how it is ended
 * @param gapSeconds how long the gun stays empty afterwards, s
 */
record Visit(String car, double socPercent, double targetPercent, double staySeconds, int pauses, Start start, Stop stop,
        double gapSeconds) {

    /** Who asks for the transaction. */
    enum Start {
        CARD, BACK_OFFICE
    }

    /** Who ends it. */
    enum Stop {
        CARD, BACK_OFFICE, BUTTON
    }
}
