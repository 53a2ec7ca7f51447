/** {@code charger plan}: any planner over recorded or hand-written cases, without a charger. */
package dcocpp.launcher.plan;
