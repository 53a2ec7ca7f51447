/** The demonstration: a charger with simulated hardware against the demonstration CSMS. */
package dcocpp.launcher.demo;
