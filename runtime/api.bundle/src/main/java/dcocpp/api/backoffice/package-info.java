/** Contract between the controller and a protocol bundle: what the back office wants and who may charge. */
@Export
@Version("1.0.0")
package dcocpp.api.backoffice;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
