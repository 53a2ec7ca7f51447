/** Installing and replacing bundles while the charger runs. */
@Export
@Version("1.0.0")
package dcocpp.api.update;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
