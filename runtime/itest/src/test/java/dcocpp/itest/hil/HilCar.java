package dcocpp.itest.hil;

/**
 * A car that comes to a gun of the rack: the 400 V compact of the library.
 *
 * @param socPercent its state of charge, %
 * @param targetSocPercent where it ends the charge, %
 * @param evMac the MAC address that it tells, 12 hexadecimal digits; empty = it tells nothing of itself
 */
public record HilCar(double socPercent, double targetSocPercent, String evMac) {

    /** Which car of the library it is. */
    public static final String MODEL = "compact-400";

    /** One that would take energy for long, and tells nothing of itself. */
    public static HilCar hungry() {
        return new HilCar(20, 100, "");
    }

    /** The same with a MAC address. */
    public HilCar withMac(String mac) {
        return new HilCar(socPercent, targetSocPercent, mac);
    }
}
