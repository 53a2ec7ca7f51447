package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import dcocpp.api.backoffice.AuthorizationAnswer.Verdict;
import dcocpp.api.backoffice.AuthorizationAnswer;

/** Local list, cache, keys and link in every combination, against the rules of OCPP 1.6, 3.5 and 3.6, written down once more. */
class AuthorizationRulesTest {

    private static Path folder;
    private static Station station;
    private static int version = 1;

    /** What list or cache hold of the tag. */
    enum Entry {
        NONE, ACCEPTED, OVER, BLOCKED, EXPIRED, INVALID, CONCURRENT;

        String info(String group) {
            String status = switch (this) {
                case OVER -> "Accepted";
                case CONCURRENT -> "ConcurrentTx";
                default -> name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
            };
            return "{\"status\":\"" + status + "\",\"parentIdTag\":\"" + group + "\""
                    + (this == OVER ? ",\"expiryDate\":\"2020-01-01T00:00:00Z\"" : "") + "}";
        }

        Verdict verdict() {
            return this == OVER ? Verdict.EXPIRED : Verdict.valueOf(name());
        }
    }

    record Keys(boolean listEnabled, boolean cacheEnabled, boolean preAuthorize, boolean authorizeOffline, boolean strangers) {
    }

    record Case(Entry list, Entry cache, Keys keys, boolean online, Entry said) {
    }

    record Expected(Verdict verdict, String group, int questions) {
    }

    @BeforeContainer
    static void setUp() throws IOException {
        folder = Files.createTempDirectory("rules");
        station = new Station(folder).start();
    }

    @AfterContainer
    static void tearDown() throws IOException {
        station.stop();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        Arbitrary<Entry> entry = Arbitraries.of(Entry.class);
        Arbitrary<Keys> keys = Combinators.combine(flag, flag, flag, flag, flag).as(Keys::new);
        // The back office's own answer has no expiry that matters, and is never nothing.
        Arbitrary<Entry> said = Arbitraries.of(Entry.ACCEPTED, Entry.BLOCKED, Entry.EXPIRED, Entry.INVALID, Entry.CONCURRENT);
        return Combinators.combine(entry, entry, keys, flag, said).as(Case::new);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void theRulesAreKept(@ForAll("cases") Case one) {
        bring(one);
        int before = station.charger.answers.size();
        station.post(() -> station.point.authorize(Requests.authorization("Tag")));
        assertEquals(before + 1, station.charger.answers.size());
        AuthorizationAnswer answer = station.charger.answers.get(before);
        int questions = station.backOffice.requests("Authorize").size();
        station.backOffice.reachable(true);
        station.advance(Duration.ofMinutes(1));
        assertEquals(expected(one), new Expected(answer.verdict(), answer.parentIdTag(), questions));
    }

    private static Expected expected(Case one) {
        boolean listed = one.keys().listEnabled() && one.list() != Entry.NONE;
        boolean cached = one.keys().cacheEnabled() && one.cache() != Entry.NONE;
        String group = listed ? "LIST" : "CACHE";
        Verdict local = !listed && !cached ? null : listed
                ? one.list() == Entry.CONCURRENT ? Verdict.ACCEPTED : one.list().verdict()
                : one.cache() == Entry.CONCURRENT && !one.online() ? Verdict.ACCEPTED : one.cache().verdict();
        if (one.online()) {
            return local == Verdict.ACCEPTED && one.keys().preAuthorize() ? new Expected(Verdict.ACCEPTED, group, 0)
                    : new Expected(one.said().verdict(), good(one.said().verdict()) ? "SAID" : "", 1);
        }
        if (local == null) {
            return new Expected(one.keys().strangers() ? Verdict.ACCEPTED : Verdict.INVALID, "", 0);
        }
        boolean mayCount = one.keys().authorizeOffline() || local == Verdict.ACCEPTED && one.keys().strangers();
        return new Expected(mayCount ? local : Verdict.INVALID, good(local) ? group : "", 0);
    }

    private static boolean good(Verdict verdict) {
        return List.of(Verdict.ACCEPTED, Verdict.CONCURRENT).contains(verdict);
    }

    /** The list first, and the cache while it is disabled: a tag of the list would not get into the cache. */
    private static void bring(Case one) {
        keys(new Keys(true, true, false, false, false));
        station.backOffice.call("SendLocalList", "{\"listVersion\":" + version++ + ",\"updateType\":\"Full\",\"localAuthorizationList\":["
                + (one.list() == Entry.NONE ? "" : "{\"idTag\":\"TAG\",\"idTagInfo\":" + one.list().info("LIST") + "}") + "]}");
        keys(new Keys(false, true, false, false, false));
        station.backOffice.call("ClearCache", "{}");
        if (one.cache() != Entry.NONE) {
            say(one.cache(), "CACHE");
            station.post(() -> station.point.authorize(Requests.authorization("tag")));
        }
        keys(one.keys());
        say(one.said(), "SAID");
        if (!one.online()) {
            station.backOffice.reachable(false);
            station.backOffice.hangUp();
        }
        station.backOffice.forget();
    }

    private static void keys(Keys keys) {
        station.keys.put("LocalAuthListManagement.LocalAuthListEnabled", keys.listEnabled());
        station.keys.put("Core.AuthorizationCacheEnabled", keys.cacheEnabled());
        station.keys.put("Core.LocalPreAuthorize", keys.preAuthorize());
        station.keys.put("Core.LocalAuthorizeOffline", keys.authorizeOffline());
        station.keys.put("Core.AllowOfflineTxForUnknownId", keys.strangers());
        station.post(() -> station.point.rebase(station.keys));
    }

    private static void say(Entry entry, String group) {
        station.backOffice.answer("Authorize", payload -> "{\"idTagInfo\":" + entry.info(group) + "}");
    }
}
