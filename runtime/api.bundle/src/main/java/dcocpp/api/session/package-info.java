/** What the charger is doing, as immutable snapshots, and the commands that people and back offices give it. */
@Export
@Version("1.0.0")
package dcocpp.api.session;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
