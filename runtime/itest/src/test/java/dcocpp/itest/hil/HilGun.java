package dcocpp.itest.hil;

/**
 * What is really so at a gun of the rack, whatever the charger believes.
 *
 * @param authorization what the PLC was told of it last: UNKNOWN, PENDING, GRANTED or DENIED
 * @param gunContactorClosed position of GC
 * @param moduleContactorsClosed how many of the two module contactors of its slot are closed
 * @param voltageV at the gun, V
 * @param currentA through the gun, A
 * @param car a car is plugged in
 * @param takenMilliWh what this car has taken at its inlet, mWh
 */
public record HilGun(String authorization, boolean gunContactorClosed, int moduleContactorsClosed, double voltageV, double currentA,
        boolean car, long takenMilliWh) {

    /** The gun contactor and those of the modules are open. */
    public boolean open() {
        return !gunContactorClosed && moduleContactorsClosed == 0;
    }
}
