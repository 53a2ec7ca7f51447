package dcocpp.itest.hil;

import dcocpp.csms.DemoCsms;
import dcocpp.itest.process.ChargerProcess;
import java.time.Duration;
import java.util.List;

/**
 * A charger in a rack: the launched distribution, healthy and registered at a CSMS of its own, with hardware around it in which cars come
 * and things break. It has at least the guns 1 and 2. All calls come from one thread.
 */
public interface HilRig extends AutoCloseable {

    /** The id of the charge point at the CSMS. */
    String CHARGE_POINT = "chargepoint-1";

    /** The CSMS; it accepts every tag. */
    DemoCsms csms();

    /** The charger. */
    ChargerProcess charger();

    /** How long anything may take until it is not coming any more, real time. */
    Duration limit();

    /** How long a car stands without a token in the first scenario, process time. */
    Duration longWait();

    /** By how much the billed energy may differ from what a car has taken: the step of the meter's register, mWh. */
    long meterStepMilliWh();

    /** What is really so at a gun. */
    HilGun gun(int gun) throws Exception;

    /** A car comes. */
    void plug(int gun, HilCar car) throws Exception;

    /** The car is torn off, whatever flows. */
    void unplug(int gun) throws Exception;

    /**
     * A card is held to the reader of a gun.
     *
     * @param idTag 14 hexadecimal digits
     */
    void swipe(int gun, String idTag) throws Exception;

    /** The car loses its communication and begins it anew: its pilot is B for some seconds. */
    void renegotiate(int gun) throws Exception;

    /** Something breaks. */
    void breaks(int gun, Trouble trouble) throws Exception;

    /** All that is broken at a gun is mended; returns when its PLC works again. What is latched stays so. */
    void mend(int gun) throws Exception;

    /** What the CSMS hears of a fault where this hardware cannot tell it as what it is. */
    default Trouble.Told told(Trouble trouble) {
        return trouble.told();
    }

    /** Where nothing comes from the meter the hardware counts on by voltage and current: then that is no fault. */
    default boolean countsWithoutMeter() {
        return false;
    }

    /**
     * Fails unless everything at the gun was told to open within its time since this last broke there, and nothing to close since. Does
     * nothing where nobody has recorded it.
     */
    void assertOpenedInTime(int gun, Trouble trouble) throws Exception;

    /** What the hardware has seen since the last call that a safe charger would not have done. */
    List<String> takeViolations() throws Exception;

    @Override
    void close();
}
