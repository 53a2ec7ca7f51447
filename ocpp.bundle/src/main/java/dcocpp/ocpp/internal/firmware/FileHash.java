package dcocpp.ocpp.internal.firmware;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dcocpp.ocpp.internal.transfer.Abort;
import dcocpp.ocpp.internal.transfer.TransferException;

/** The hash by which the installing service knows a file. */
final class FileHash {
    private static final int CHUNK = 64 * 1024;

    private FileHash() {
    }

    /** SHA-256 in hex. */
    static String sha256(Path file, Abort abort) throws TransferException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                abort.check();
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new TransferException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
