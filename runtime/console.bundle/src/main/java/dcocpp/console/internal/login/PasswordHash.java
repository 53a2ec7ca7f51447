package dcocpp.console.internal.login;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is stored: {@code pbkdf2-sha512$<iterations>$<salt>$<hash>}, both in Base64.
 *
 * @param iterations how often it was hashed
 * @param salt random
 * @param hash the hash
 */
record PasswordHash(int iterations, byte[] salt, byte[] hash) {

    /** What OWASP's password storage sheet asks for with HMAC-SHA-512. */
    static final int ITERATIONS = 210_000;

    private static final String SCHEME = "pbkdf2-sha512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 512;

    static PasswordHash of(String password, int iterations, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(iterations, salt, derive(password, salt, iterations));
    }

    /** @throws IllegalArgumentException it is not one of ours; the message says what is wrong */
    static PasswordHash parse(String line) {
        String[] parts = line.split("\\$");
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalArgumentException("not of the form " + SCHEME + "$<iterations>$<salt>$<hash>");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        int iterations = Integer.parseInt(parts[1]);
        byte[] salt = base64.decode(parts[2]);
        byte[] hash = base64.decode(parts[3]);
        if (iterations < 1 || salt.length == 0 || hash.length != HASH_BITS / Byte.SIZE) {
            throw new IllegalArgumentException("a hash of " + hash.length + " bytes with " + iterations + " iterations");
        }
        return new PasswordHash(iterations, salt, hash);
    }

    String format() {
        Base64.Encoder base64 = Base64.getEncoder();
        return SCHEME + "$" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Takes as long for a wrong password as for the right one. */
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }
}
