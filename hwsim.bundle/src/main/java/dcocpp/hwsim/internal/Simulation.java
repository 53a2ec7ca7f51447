package dcocpp.hwsim.internal;

import java.util.function.Function;

import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.SimulationException;

/** The way into the simulated world for whoever plays driver, weather or bad luck. A service inside this bundle only. */
public interface Simulation {

    /**
     * Lets something happen between two steps of the physics, or looks at them. Returns when it has happened, not when its effect has
     * come.
     *
     * @throws SimulationException when it cannot happen, or the simulated cabinet is not in service
     */
    <T> T call(Function<Cabinet, T> event);
}
