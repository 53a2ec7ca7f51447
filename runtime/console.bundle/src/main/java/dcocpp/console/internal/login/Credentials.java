package dcocpp.console.internal.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The console's only user and its password, kept as a hash in {@code <data>/console.credentials}: one line {@code user:hash}.
 *
 * <p>At the very first start, or after the file was deleted, a random password is made. It is shown once: it stands in
 * {@code <data>/console.password.once} (0600) until the launcher has read, printed and deleted that file. No other copy exists.
 */
final class Credentials {

    static final String USER = "admin";
    static final String FILE = "console.credentials";
    static final String ONCE_FILE = "console.password.once";
    static final int SHORTEST_PASSWORD = 12;

    /** No letter or digit that is mistaken for another when it is copied from a terminal by hand. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 5;

    private final DataFolder data;
    private final SecureRandom random;
    private final int iterations;
    private volatile PasswordHash hash;

    private Credentials(DataFolder data, SecureRandom random, int iterations, PasswordHash hash) {
        this.data = data;
        this.random = random;
        this.iterations = iterations;
        this.hash = hash;
    }

    /**
     * Reads the stored hash, or makes a password when there is none.
     *
     * @throws IOException the file cannot be read or written, or holds something else; a damaged file never opens the console
     */
    static Credentials open(DataFolder data, SecureRandom random, int iterations) throws IOException {
        Path file = data.file(FILE);
        if (Files.exists(file)) {
            return new Credentials(data, random, iterations, read(file));
        }
        String password = randomPassword(random);
        // First the copy to show: a crash in between leads to another password, never to one that nobody knows.
        data.writeSecret(ONCE_FILE, password + "\n");
        Credentials credentials = new Credentials(data, random, iterations, null);
        credentials.store(password);
        return credentials;
    }

    private static PasswordHash read(Path file) throws IOException {
        String line = Files.readString(file, StandardCharsets.UTF_8).strip();
        String prefix = USER + ":";
        try {
            if (!line.startsWith(prefix)) {
                throw new IllegalArgumentException("does not begin with " + prefix);
            }
            return PasswordHash.parse(line.substring(prefix.length()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage() + "; delete it to get a new password at the next start", e);
        }
    }

    boolean matches(String user, String password) {
        // The password is hashed for an unknown user too, so that the time tells nothing.
        boolean passwordRight = hash.matches(password);
        return USER.equals(user) && passwordRight;
    }

    /** @throws IllegalArgumentException the password is too weak; the message says what is asked for */
    void change(String password) throws IOException {
        if (password.length() < SHORTEST_PASSWORD || password.equals(USER)) {
            throw new IllegalArgumentException("a password has at least " + SHORTEST_PASSWORD + " characters, this one has "
                    + password.length());
        }
        if (password.chars().distinct().count() < 5) {
            throw new IllegalArgumentException("a password has at least 5 different characters");
        }
        store(password);
        Files.deleteIfExists(data.file(ONCE_FILE));
    }

    private void store(String password) throws IOException {
        PasswordHash fresh = PasswordHash.of(password, iterations, random);
        data.writeSecret(FILE, USER + ":" + fresh.format() + "\n");
        hash = fresh;
    }

    private static String randomPassword(SecureRandom random) {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
            if (i > 0 && i % GROUP_LENGTH == 0) {
                password.append('-');
            }
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
