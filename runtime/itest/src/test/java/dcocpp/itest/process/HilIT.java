package dcocpp.itest.process;

import dcocpp.itest.hil.HilRig;
import dcocpp.itest.hil.HilScenarios;

/** The ten scenarios with the simulated cabinet, in the launched distribution on a clock that runs faster. */
class HilIT extends HilScenarios {

    @Override
    protected HilRig start() throws Exception {
        return SimulatedRig.start("HilIT");
    }
}
