/**
 * PLCs of guns on a CAN bus, simulated for tests and for people without one. The codec reads the DBC at run time and shares nothing with
 * that of the driver.
 */
package dcocpp.plcsim;
