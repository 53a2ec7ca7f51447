package dcocpp.cantest;

import dcocpp.itest.hil.HilRig;
import dcocpp.itest.hil.HilScenarios;

/** The ten scenarios with the driver on a real bus between simulated PLCs, in real time. */
class HilOnTheBusIT extends HilScenarios {

    @Override
    protected HilRig start() throws Exception {
        return BusRig.start("HilOnTheBusIT");
    }
}
