package dcocpp.can.internal.driver;

import dcocpp.api.hardware.TokenRead;

/** What the driver has to tell. The calls only queue: the bus waits for nobody. */
public interface DriverEvents {

    /** The snapshot holds something that cannot wait for the next tick. */
    void changed();

    void tokenRead(TokenRead token);

    void info(String message);

    void warn(String message);

    void error(String message, Throwable failure);
}
