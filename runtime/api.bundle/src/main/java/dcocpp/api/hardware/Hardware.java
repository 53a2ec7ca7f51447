package dcocpp.api.hardware;

import org.osgi.annotation.versioning.ConsumerType;

import dcocpp.api.topology.Topology;

/**
 * The hardware of the whole cabinet: what an OEM implements. Registered with the service property {@link #NAME}; the controller uses the
 * one whose name the configuration chooses and ignores all others.
 *
 * <p>The controller calls {@link #open} once, then {@link #command} every 100 ms with the complete wanted state and {@link #snapshot} as
 * often as it likes. All methods return within a few milliseconds and never wait for the bus. A command is valid for 500 ms from its
 * {@link HardwareCommand#issuedNanos}, however often it is handed over: with no newer one the hardware offers zero power, after 1 s it
 * forces every output off, and one that is so old when it comes switches nothing. When the service goes away the hardware has brought its
 * outputs into the safe state before it unregisters; the controller then treats every gun as faulted.
 *
 * <p>Safety is the hardware's first. The gun contactor closes only under a granted authorization. On a fault that forbids energy (emergency
 * stop, earth or insulation fault, open safety chain, a connector too hot, over-current, over-voltage) the hardware opens it by itself,
 * whatever is commanded, and the gun is not {@link GunState#safe}. Emergency stop, earth and insulation faults stay until an operator
 * clears them ({@link GunCommand#clearFaults}) while their condition is gone. A gun whose link is lost is opened by its own watchdog, and
 * nothing closes when the link comes back but what a command of then names.
 *
 * <p>Events (a card, an emergency stop, a changed control pilot) are told to every {@link HardwareListener} service at once.
 */
@ConsumerType
public interface Hardware {

    /** Service property: the hardware's name, such as {@code sim} or {@code can}. */
    String NAME = "hardware.name";

    /**
     * Takes the cabinet into service. Outputs stay off until commanded. Called from one thread, not again before {@link #close}: that is
     * refused by an exception and disturbs nothing. After {@link #close} it may be opened again, for another topology too.
     *
     * @throws HardwareException when this topology cannot be driven; the message tells a person why. A bus that cannot be reached is not
     *         an exception but {@link HardwareSnapshot.Condition#UNAVAILABLE}, retried by the hardware itself.
     */
    void open(Topology topology) throws HardwareException;

    /** What this hardware can do. Constant while it is open. */
    HardwareCapabilities capabilities();

    /**
     * The latest state, immutable, never null after {@link #open}; from any thread. After {@link #close} it is the last one, with the
     * energy up to then: the transactions that end there are billed by it.
     */
    HardwareSnapshot snapshot();

    /**
     * The complete wanted state; replaces the one before. Called by one thread. Parts that the topology does not have are ignored; after
     * {@link #close} it does nothing. What it throws is logged, and the next command comes in its time; hardware that has taken none for a
     * second faults every connector until it takes one.
     */
    void command(HardwareCommand command);

    /**
     * Brings all outputs into the safe state, waits at most 300 ms for the feedback and releases everything. Idempotent; does nothing
     * before {@link #open}.
     */
    void close();
}
