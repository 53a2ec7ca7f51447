package dcocpp.ocpp.internal.firmware;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import dcocpp.ocpp.internal.transfer.Abort;
import dcocpp.ocpp.internal.transfer.TransferException;

/** Verifies the signature over a file: RSA (PKCS#1 v1.5 or PSS) or ECDSA, each with SHA-256. */
final class FileSignature {
    private static final int CHUNK = 64 * 1024;
    private static final int HASH_BYTES = 32;

    private FileSignature() {
    }

    /**
     * Reads the file once, whatever kinds of signature may be meant.
     *
     * @param signature base64; line ends are passed over
     */
    static boolean good(Path file, String signature, PublicKey key, Abort abort) throws TransferException {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(signature);
            List<Signature> verifiers = verifiers(key);
            try (InputStream in = Files.newInputStream(file)) {
                byte[] chunk = new byte[CHUNK];
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    abort.check();
                    for (Signature verifier : verifiers) {
                        verifier.update(chunk, 0, read);
                    }
                }
            }
            for (Signature verifier : verifiers) {
                if (verifies(verifier, bytes)) {
                    return true;
                }
            }
            return false;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        } catch (IOException e) {
            throw new TransferException(e);
        }
    }

    /** What is not even of the form of a signature is none. */
    private static boolean verifies(Signature verifier, byte[] bytes) {
        try {
            return verifier.verify(bytes);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<Signature> verifiers(PublicKey key) throws GeneralSecurityException {
        List<Signature> verifiers = new ArrayList<>();
        if (key instanceof RSAPublicKey rsa) {
            verifiers.add(Signature.getInstance("SHA256withRSA"));
            // The length of the salt is not told: that of the hash is usual, the longest possible is what OpenSSL takes by default.
            int longest = (rsa.getModulus().bitLength() + 6) / 8 - HASH_BYTES - 2;
            for (int salt : new int[] {HASH_BYTES, longest}) {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt,
                        PSSParameterSpec.TRAILER_FIELD_BC));
                verifiers.add(pss);
            }
        } else {
            verifiers.add(Signature.getInstance("SHA256withECDSA"));
        }
        for (Signature verifier : verifiers) {
            verifier.initVerify(key);
        }
        return verifiers;
    }
}
