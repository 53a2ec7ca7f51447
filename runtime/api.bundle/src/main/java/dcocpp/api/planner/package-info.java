/** Contract between the controller and a power planner: a pure function from an input snapshot to a plan. */
@Export
@Version("1.1.0")
package dcocpp.api.planner;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
