/** Simulated drivers at the guns of a charger, for demonstrations and endurance tests. */
package dcocpp.launcher.traffic;
