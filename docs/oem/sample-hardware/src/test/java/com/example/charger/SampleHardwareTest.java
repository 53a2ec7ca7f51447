package com.example.charger;

import dcocpp.hardwarekit.HardwareBench;
import dcocpp.hardwarekit.HardwareContract;

/** The contract of every hardware bundle, at this one. */
class SampleHardwareTest extends HardwareContract {

    @Override
    protected HardwareBench bench() {
        return new SampleBench();
    }
}
