/** {@code charger soak}: a charger under traffic for hours, sampled, judged and drawn. */
package dcocpp.launcher.soak;
