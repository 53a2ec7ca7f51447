/** The energy journal: every transaction, written to disk before it is promised, read and marked as delivered by a protocol bundle. */
@Export
@Version("1.0.0")
package dcocpp.api.journal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
