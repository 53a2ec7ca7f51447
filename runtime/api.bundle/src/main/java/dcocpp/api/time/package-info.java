/** The one source of time: wall clock, monotonic clock and the threads that run on them. */
@Export
@Version("1.0.0")
package dcocpp.api.time;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
