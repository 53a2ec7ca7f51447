package dcocpp.ocpp.internal.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.ocpp.internal.testing.FileAuthority;
import dcocpp.ocpp.internal.transfer.Abort;
import dcocpp.ocpp.internal.transfer.TransferException;

/** Signatures over a file. */
class FileSignatureTest {

    private static final int BYTES = 200_000;
    private static final KeyPair RSA = FileAuthority.rsa(2048);

    @TempDir
    private Path folder;
    private final KeyPair elliptic = FileAuthority.elliptic();
    private Path file;

    @BeforeEach
    void setUp() throws IOException {
        file = Files.write(folder.resolve("firmware.bin"), new byte[BYTES]);
    }

    private byte[] sign(Signature signature, KeyPair keys) throws Exception {
        signature.initSign(keys.getPrivate());
        signature.update(Files.readAllBytes(file));
        return signature.sign();
    }

    private Signature pss(int salt) throws Exception {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, PSSParameterSpec.TRAILER_FIELD_BC));
        return signature;
    }

    private boolean good(byte[] signature, KeyPair keys) throws TransferException {
        return FileSignature.good(file, Base64.getEncoder().encodeToString(signature), keys.getPublic(), new Abort());
    }

    @Test
    void rsaAndEcdsaAreVerified() throws Exception {
        assertTrue(good(sign(Signature.getInstance("SHA256withRSA"), RSA), RSA));
        assertTrue(good(sign(Signature.getInstance("SHA256withECDSA"), elliptic), elliptic));
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 222})
    void rsaPssIsVerifiedWithTheUsualSaltAndTheLongest(int salt) throws Exception {
        assertTrue(good(sign(pss(salt), RSA), RSA));
    }

    @Test
    void base64MayHaveLineEnds() throws Exception {
        byte[] signature = sign(Signature.getInstance("SHA256withRSA"), RSA);
        assertTrue(FileSignature.good(file, Base64.getMimeEncoder().encodeToString(signature), RSA.getPublic(), new Abort()));
    }

    @Test
    void anotherFileAnotherKeyAnotherHashAreNot() throws Exception {
        assertFalse(good(sign(Signature.getInstance("SHA1withRSA"), RSA), RSA));
        assertFalse(good(sign(Signature.getInstance("SHA256withECDSA"), FileAuthority.elliptic()), elliptic));
        byte[] signature = sign(Signature.getInstance("SHA256withECDSA"), elliptic);
        byte[] changed = new byte[BYTES];
        changed[BYTES - 1] = 1;
        Files.write(file, changed);
        assertFalse(good(signature, elliptic));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "=", "not base64 at all"})
    void garbageIsNot(String signature) throws Exception {
        assertFalse(FileSignature.good(file, signature, RSA.getPublic(), new Abort()));
        assertFalse(FileSignature.good(file, signature, elliptic.getPublic(), new Abort()));
    }

    @Test
    void aFileThatCannotBeReadIsNotJudged() {
        TransferException failure = assertThrows(TransferException.class,
                () -> FileSignature.good(folder.resolve("nothing"), "AAAA", RSA.getPublic(), new Abort()));
        assertEquals(TransferException.Kind.FAILED, failure.kind());
    }
}
