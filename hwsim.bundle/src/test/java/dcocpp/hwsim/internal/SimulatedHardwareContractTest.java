package dcocpp.hwsim.internal;

import dcocpp.hardwarekit.HardwareBench;
import dcocpp.hardwarekit.HardwareContract;

/** The simulated cabinet holds to the contract that every hardware bundle holds to. */
class SimulatedHardwareContractTest extends HardwareContract {

    @Override
    protected HardwareBench bench() {
        return new SimulatedBench();
    }
}
