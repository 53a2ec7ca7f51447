/** The state of the configuration: which file is in force and what is wrong with the last one. */
@Export
@Version("1.0.0")
package dcocpp.api.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
