package dcocpp.hardwarekit;

/** A part of the contract. Its tests are default methods, so that one class of an OEM inherits all parts. */
interface Rules {

    /** The bench of this test with the host that the rules drive it by. */
    HardwareRig rig();
}
