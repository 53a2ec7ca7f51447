/**
 * The contract of {@link dcocpp.api.hardware.Hardware} as tests. Whoever writes a hardware bundle implements a {@link HardwareBench} and
 * extends {@link HardwareContract}; what is red then would not have worked at a charger.
 */
package dcocpp.hardwarekit;
