package dcocpp.hardwarekit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.time.TimeSource;
import dcocpp.api.topology.Topology;

/**
 * The bench on which hardware is put to the test: the hardware, what hangs on it (vehicles, cards, broken parts), instruments that do not
 * ask the hardware, and time. {@link HardwareContract} asks for a fresh one for each test and uses it from one thread.
 *
 * <p>Time may be a fake clock ({@link FakeClockBench}) or real: the tests only say what they wait for and how long at most.
 */
public interface HardwareBench extends AutoCloseable {

    /** The hardware under test, made on {@link #time} and not yet open. Always the same object. */
    Hardware hardware();

    /** Its {@link Hardware#NAME}, as it is registered. */
    String hardwareName();

    /** The clock that the hardware was given. */
    TimeSource time();

    /**
     * Lets time pass until the condition holds. Asks it at least every 50 ms of process time, on the caller's thread.
     *
     * @param limit process time
     * @return whether it held within the limit
     */
    boolean await(BooleanSupplier condition, Duration limit);

    /** Binds a listener, as the runtime does with each {@link HardwareListener} service. */
    void listen(HardwareListener listener);

    /** Unbinds a listener. */
    void ignore(HardwareListener listener);

    // ---- what it is made for

    /** A cabinet that it can drive. Every slot has a gun and a power module; the best has two guns on a common ring. */
    Topology topology();

    /** Cabinets that it cannot drive, by what is wrong with them. At least one. */
    Map<String, Topology> impossibleTopologies();

    // ---- what happens in front of the cabinet

    /** A vehicle with an empty battery is plugged in. It charges as soon as it may. */
    void plug(int connectorId);

    /** A vehicle is plugged in that ends the charge by itself within a minute of full power, and not before 5 s of it. */
    void plugNearlyFull(int connectorId);

    /** The vehicle is torn off, whatever flows. */
    void unplug(int connectorId);

    /** A card with this identity is held to the reader of this gun, or to that of the cabinet where guns have none. */
    void card(int connectorId, String idTag);

    /** What the vehicles of this bench tell about themselves before they are authorized, as listeners hear it. Empty: nothing. */
    default Map<TokenRead.Source, String> vehicleIdentities() {
        return Map.of();
    }

    // ---- what breaks

    /**
     * What this bench can let happen to a gun, its slot and its link. At least {@link FaultCause#EMERGENCY_STOP} and
     * {@link FaultCause#PLC_COMM}.
     */
    Set<FaultCause> causes();

    /** It happens now. */
    void raise(int connectorId, FaultCause cause);

    /** Everything that was raised at this gun is over. What the hardware has latched is its own affair. */
    void mend(int connectorId);

    // ---- what the instruments say

    /** Whether the main contacts of GC, MC or MN are closed. */
    boolean closed(String contactorId);

    /** Current through the gun, A. */
    double currentA(int connectorId);

    /** Voltage of the bus of the gun's home slot, V. */
    double busVoltageV(int connectorId);

    /**
     * What a person with an oscilloscope would complain about: contactors closed across more than 20 V, opened at 1 A or more by an
     * ordinary command, and the like. Empty where nobody looks.
     */
    default List<String> complaints() {
        return List.of();
    }

    // ---- how fast it is

    /** The longest from a command or an event until it is seen in a snapshot: bus, travel of a contactor, its feedback. */
    default Duration reaction() {
        return Duration.ofMillis(500);
    }

    /** The longest a vehicle takes from its plug to its wish for power, authorization and lock given at once. */
    default Duration vehicleStart() {
        return Duration.ofSeconds(20);
    }

    /** The smallest step of the meters' registers, mWh. */
    default long meterStepMilliWh() {
        return 1;
    }

    /** Ends everything, after the hardware was closed. */
    @Override
    void close();
}
