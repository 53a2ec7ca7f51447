/** What the cabinet consists of: connectors, slots of the ring, power modules and their contactors. Immutable values from {@code charger.json}. */
@Export
@Version("1.0.0")
package dcocpp.api.topology;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
