package dcocpp.can.internal;

import org.junit.jupiter.api.Timeout;

import dcocpp.hardwarekit.HardwareBench;
import dcocpp.hardwarekit.HardwareContract;

/** The driver and simulated PLCs hold together to the contract that every hardware bundle holds to. */
@Timeout(120)
class CanHardwareContractTest extends HardwareContract {

    @Override
    protected HardwareBench bench() {
        return new PlcRackBench();
    }
}
