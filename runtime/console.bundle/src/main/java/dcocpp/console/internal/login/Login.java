package dcocpp.console.internal.login;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The login of people, for the web console and for {@code /api}: HTTP Basic with the user {@code admin}.
 *
 * <p>Convention with the launcher: at the very first start this bundle makes a random password, stores only its hash in
 * {@code <data>/console.credentials} and the password itself in {@code <data>/console.password.once} (both 0600). The launcher reads that
 * file, prints the password on the terminal and deletes the file. A forgotten password is replaced by deleting
 * {@code console.credentials} and restarting.
 */
@Component(service = Login.class)
public final class Login {

    /** The same for the console and for the API, so that a browser asks once. */
    public static final String CHALLENGE = "Basic realm=\"DC OCPP charger\", charset=\"UTF-8\"";

    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    private final Credentials credentials;
    private final LoginLimiter limiter;
    /** Of the last login that was right: a browser sends it with each request, and the slow hash must not be paid for each. */
    private volatile byte[] knownDigest = new byte[0];
    private final byte[] digestKey = new byte[32];
    private final Map<ByteBuffer, CompletableFuture<Verdict>> underWay = new ConcurrentHashMap<>();

    /** How a request's login is. */
    public enum Verdict {
        /** Right. */
        RIGHT,
        /** There is none. */
        MISSING,
        /** Wrong. */
        WRONG,
        /** Not looked at: too many wrong ones before it. */
        LIMITED
    }

    @Activate
    public Login(BundleContext context, @Reference TimeSource time) throws IOException {
        this(DataFolder.of(context), time, PasswordHash.ITERATIONS, new SecureRandom());
    }

    /** @param iterations how slow the hash is */
    public Login(DataFolder data, TimeSource time, int iterations, SecureRandom random) throws IOException {
        credentials = Credentials.open(data, random, iterations);
        limiter = new LoginLimiter(time);
        random.nextBytes(digestKey);
    }

    /** How the login of this request is. */
    public Verdict check(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Verdict.MISSING;
        }
        byte[] digest = digest(header);
        if (MessageDigest.isEqual(knownDigest, digest)) {
            return Verdict.RIGHT;
        }
        return checkOnce(header, digest, request.getRemoteAddr());
    }

    /** A page makes a browser send many requests at once: they are one login and wait for its verdict together. */
    private Verdict checkOnce(String header, byte[] digest, String from) {
        CompletableFuture<Verdict> mine = new CompletableFuture<>();
        ByteBuffer key = ByteBuffer.wrap(digest);
        CompletableFuture<Verdict> other = underWay.putIfAbsent(key, mine);
        if (other != null) {
            return other.join();
        }
        Verdict verdict = Verdict.WRONG;
        try {
            String[] userAndPassword = decode(header);
            verdict = check(userAndPassword[0], userAndPassword[1], from);
            if (verdict == Verdict.RIGHT) {
                knownDigest = digest;
            }
            return verdict;
        } finally {
            underWay.remove(key);
            mine.complete(verdict);
        }
    }

    private Verdict check(String user, String password, String from) {
        if (!limiter.take()) {
            return Verdict.LIMITED;
        }
        if (credentials.matches(user, password)) {
            limiter.giveBack();
            LOG.info("{} logged in from {}", Credentials.USER, from);
            return Verdict.RIGHT;
        }
        LOG.warn("wrong login from {}", from);
        return Verdict.WRONG;
    }

    /**
     * Changes the password. The current one is asked for again: whoever finds an open browser must not lock the owner out.
     *
     * @return {@link Verdict#RIGHT} when it is changed, else what was wrong with the current one
     * @throws IllegalArgumentException the new password is too weak; the message says what is asked for
     */
    public Verdict changePassword(String current, String fresh, String from) throws IOException {
        Verdict verdict = check(Credentials.USER, current, from);
        if (verdict == Verdict.RIGHT) {
            credentials.change(fresh);
            knownDigest = new byte[0];
            LOG.info("the console's password was changed from {}", from);
        }
        return verdict;
    }

    private static String[] decode(String header) {
        try {
            String decoded = new String(Base64.getDecoder().decode(header.substring("basic ".length()).strip()),
                    StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0 ? new String[] {decoded, ""} : new String[] {decoded.substring(0, colon), decoded.substring(colon + 1)};
        } catch (IllegalArgumentException e) {
            return new String[] {"", ""};
        }
    }

    private byte[] digest(String header) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(digestKey);
            return sha.digest(header.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
