/**
 * The simulated world, in plain classes without a clock, a thread or OSGi: {@link dcocpp.hwsim.internal.physics.Cabinet} moves it in
 * fixed steps.
 *
 * <p>What is modelled: batteries with open-circuit voltage, inner resistance and charge curve; contactors with travel time, weld and jam;
 * power modules with voltage and current ramps and their rating; the voltage of each piece of bus, its discharge, and the current
 * through each bus contactor; per gun the PLC with pilot, lock, authorization, faults and the conversation with the car. Voltages and
 * currents that move energy are whole millivolts and milliamperes, so that what modules give, the meter counts and the car takes agree to
 * the nanojoule; so does what the grid gives with what the modules give and lose.
 *
 * <p>What is not: the capacitance of the bus (charging it costs no energy) and what a module needs for itself while it gives nothing.
 */
package dcocpp.hwsim.internal.physics;
