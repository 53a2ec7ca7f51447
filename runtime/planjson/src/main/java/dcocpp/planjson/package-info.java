/** The JSON form of planner inputs and plans, as the controller records them and {@code charger plan} reads them. */
package dcocpp.planjson;
