package dcocpp.console.internal.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What the {@code charger} command shows instead of a password: 32 random bytes in {@code <data>/api.token} (0600), new at every start.
 * Whoever can read that file may do everything here.
 */
public final class ApiToken {

    static final String FILE = "api.token";

    private final DataFolder data;
    private final byte[] token;

    private ApiToken(DataFolder data, byte[] token) {
        this.data = data;
        this.token = token;
    }

    /** Makes a new token and writes its file. */
    public static ApiToken create(DataFolder data, SecureRandom random) throws IOException {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        data.writeSecret(FILE, token + "\n");
        return new ApiToken(data, token.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether the request shows the token. */
    public boolean shownBy(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return false;
        }
        byte[] shown = header.substring("bearer ".length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, shown);
    }

    /** The file goes with its token: one that is left behind opens nothing. */
    public void delete() throws IOException {
        byte[] written = Files.exists(data.file(FILE)) ? Files.readAllBytes(data.file(FILE)) : new byte[0];
        // A successor may have written its own already.
        if (new String(written, StandardCharsets.US_ASCII).strip().equals(new String(token, StandardCharsets.US_ASCII))) {
            Files.delete(data.file(FILE));
        }
    }
}
