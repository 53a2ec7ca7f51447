package dcocpp.console.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dcocpp.console.internal.FakeRequest;

class SameOriginTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "https://127.0.0.1:8081", "http://127.0.0.1", "null", "garbage", "http://",
            "http://127.0.0.1.evil.example:8080", "http://localhost:8080"})
    void postWithTheOriginOfAnotherSiteIsRefused(String origin) {
        assertTrue(SameOrigin.refusal(FakeRequest.of("POST", "/bundles").header("Origin", origin).build()).isPresent());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:8080, http://127.0.0.1:8080", "localhost:18080, http://localhost:18080", "charger, http://charger",
            "charger, https://charger", "charger:443, https://charger", "[::1]:8080, http://[::1]:8080", "Charger:80, http://charger"})
    void postWithTheOwnOriginIsTaken(String host, String origin) {
        assertTrue(SameOrigin.refusal(FakeRequest.of("POST", "/bundles").header("Host", host).header("Origin", origin).build())
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "something-new"})
    void postThatTheBrowserCallsForeignIsRefusedEvenWithoutOrigin(String site) {
        assertTrue(SameOrigin.refusal(FakeRequest.of("POST", "/bundles").header("Sec-Fetch-Site", site).build()).isPresent());
    }

    @Test
    void refererCountsWhereThereIsNoOrigin() {
        assertTrue(SameOrigin.refusal(FakeRequest.of("POST", "/").header("Referer", "http://evil.example/page").build()).isPresent());
        assertTrue(SameOrigin.refusal(FakeRequest.of("POST", "/").header("Referer", "http://127.0.0.1:8080/system/console").build())
                .isEmpty());
    }

    @Test
    void programsSendNoneOfTheHeadersAndAreNotRefused() {
        assertTrue(SameOrigin.refusal(FakeRequest.of("POST", "/bundles").build()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH", "POST", "TRACE", "INVENTED"})
    void everyMethodThatMayChangeSomethingIsGuarded(String method) {
        assertTrue(SameOrigin.refusal(FakeRequest.of(method, "/").header("Origin", "http://evil.example").build()).isPresent());
    }

    @Test
    void linksFromOtherSitesMayBeFollowed() {
        assertTrue(SameOrigin.refusal(FakeRequest.of("GET", "/").header("Sec-Fetch-Site", "cross-site").build()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:8080, true", "localhost, true", "[::1]:80, true", "127.0.0.1.evil.example, false", "evil.example, false",
            "10.0.0.7, false"})
    void onlyNumbersAndLocalhostAddressTheLoopback(String host, boolean loopback) {
        assertEquals(loopback, SameOrigin.staysOnThisMachine(FakeRequest.of("GET", "/").header("Host", host).build()));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.1.2.3, true", "::1, true", "0:0:0:0:0:0:0:1, true", "::ffff:127.0.0.1, true", "192.0.2.2, false",
            "2001:db8::1, false", "::ffff:192.0.2.2, false"})
    void whoClaimsToCallTheLoopbackMustCallFromIt(String from, boolean loopback) {
        assertEquals(loopback, SameOrigin.staysOnThisMachine(
                FakeRequest.of("GET", "/").header("Host", "localhost").answering("getRemoteAddr", from).build()));
    }

    @Test
    void aRequestWithoutHostAddressesNothing() {
        assertFalse(SameOrigin.staysOnThisMachine(FakeRequest.of("GET", "/").header("Host", null).build()));
    }
}
