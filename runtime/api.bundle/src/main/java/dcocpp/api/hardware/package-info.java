/** Contract between the controller and a hardware bundle: guns, contactors, power modules, what they can do and how they are. */
@Export
@Version("1.0.0")
package dcocpp.api.hardware;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
