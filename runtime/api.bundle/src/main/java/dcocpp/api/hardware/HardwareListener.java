package dcocpp.api.hardware;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Where hardware reports what cannot wait for the next tick. The controller registers it; hardware references it {@code MULTIPLE},
 * {@code DYNAMIC} and calls every one. The methods only queue: they never block and may be called from any thread, the bus thread too.
 */
@ProviderType
public interface HardwareListener {

    /** Something changed that the controller should look at now: a fault, an emergency stop, the control pilot, a contactor. */
    void changed(String hardwareName);

    /** An identity was read. */
    void tokenRead(TokenRead token);
}
