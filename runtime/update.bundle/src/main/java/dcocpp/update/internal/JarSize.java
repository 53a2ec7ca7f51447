package dcocpp.update.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Bounds what a jar becomes when it is unpacked: a small file can hold gigabytes of zeros. To be asked before the jar is given to what
 * reads a manifest or a signature into memory. The sizes that the jar itself states are not believed; what comes out is counted.
 */
final class JarSize {

    /** Of the manifest and of each file of the signature. */
    static final int MAX_MANIFEST_BYTES = 1024 * 1024;
    /** How many times longer than the longest jar all entries together may be. */
    static final int MAX_GROWTH = 10;

    private static final String READ_INTO_MEMORY = "META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|EC|DSA))";

    private JarSize() {
    }

    /**
     * Unpacks the jar, into nothing.
     *
     * @param maxBytes length of the longest jar that is taken
     * @throws RefusedException it is too long inside, or no jar
     */
    static void check(Path file, long maxBytes) throws RefusedException {
        long limit = maxBytes > Long.MAX_VALUE / MAX_GROWTH ? Long.MAX_VALUE : maxBytes * MAX_GROWTH;
        long left = limit;
        try (ZipFile jar = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                boolean readIntoMemory = entry.getName().toUpperCase(Locale.ROOT).matches(READ_INTO_MEMORY);
                long length = length(jar, entry, readIntoMemory ? Math.min(left, MAX_MANIFEST_BYTES) : left);
                if (readIntoMemory && length > MAX_MANIFEST_BYTES) {
                    throw new RefusedException(entry.getName() + " of the jar is longer than " + MAX_MANIFEST_BYTES
                            + " bytes; a bundle has a shorter one");
                }
                left -= length;
                if (left < 0) {
                    throw new RefusedException("the jar has more than " + limit + " bytes when it is unpacked; that is " + MAX_GROWTH
                            + " times uploads.maxBytes in charger.json, and the limit");
                }
            }
        } catch (IOException e) {
            throw new RefusedException("the file is not a jar: " + e.getMessage());
        }
    }

    /** Of the content of an entry; any number above the limit when it is longer than that. */
    private static long length(ZipFile jar, ZipEntry entry, long limit) throws IOException {
        long length = 0;
        try (InputStream content = jar.getInputStream(entry)) {
            byte[] buffer = new byte[8192];
            for (int read = content.read(buffer); read >= 0 && length <= limit; read = content.read(buffer)) {
                length += read;
            }
        }
        return length;
    }
}
