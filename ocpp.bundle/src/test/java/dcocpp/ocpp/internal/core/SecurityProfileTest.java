package dcocpp.ocpp.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.ocpp.internal.link.LinkSettings;
import dcocpp.ocpp.internal.link.Transport;
import dcocpp.ocpp.internal.testing.TestAuthority;

/** Security profiles: what they ask of the connection, and how a back office raises them. */
class SecurityProfileTest {

    @TempDir
    private Path folder;

    private Station station(int profile, String key, String address) {
        Station station = new Station(folder);
        station.keys.put("Security.SecurityProfile", profile);
        station.keys.put("Security.AuthorizationKey", key);
        station.address = URI.create(address);
        return station;
    }

    private static void trust(Station station) {
        TestAuthority.write(station.security().csmsRoots(), TestAuthority.pem(new TestAuthority("Root", station.time.now()).root));
    }

    private static String raise(Station station, int profile) {
        return station.backOffice.call("ChangeConfiguration", "{\"key\":\"SecurityProfile\",\"value\":\"" + profile + "\"}")
                .get("status").textValue();
    }

    private static String profile(Station station) {
        return station.backOffice.call("GetConfiguration", "{\"key\":[\"SecurityProfile\"]}").at("/configurationKey/0/value").textValue();
    }

    private static boolean secure(LinkSettings settings) {
        return settings.uri().getScheme().equals("wss");
    }

    private String securityLog() throws Exception {
        return Files.readString(folder.resolve("log").resolve("security.jsonl"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, ws://host/cp, false, false",
        "1, ws://host/cp, true, false",
        "2, wss://host/cp, true, false",
        "3, wss://host/cp, false, true"})
    void eachProfileAsksForItsConnection(int profile, String address, boolean password, boolean certificate) {
        Station station = station(profile, "secretsecret", address).start();
        LinkSettings settings = station.backOffice.lastSettings();
        assertEquals(address, settings.uri().toString());
        assertEquals(password ? "secretsecret" : null, settings.password());
        assertEquals(certificate, settings.clientCertificate());
    }

    @ParameterizedTest
    @CsvSource({
        "0, wss://host/cp, wss:// needs SecurityProfile 2 or 3",
        "1, wss://host/cp, wss:// needs SecurityProfile 2 or 3",
        "2, ws://host/cp, SecurityProfile 2 needs an address that begins with wss://",
        "3, ws://host/cp, SecurityProfile 3 needs an address that begins with wss://"})
    void anAddressThatContradictsTheProfileIsNotConnectedTo(int profile, String address, String said) {
        Station station = station(profile, "secretsecret", address).start();
        station.advance(Duration.ofHours(1));
        assertNull(station.backOffice.lastSettings());
        assertEquals(BackOfficeLink.State.DISCONNECTED, station.point.link().state());
        assertTrue(station.point.link().detail().startsWith(said), station.point.link().detail());
        station.post(station.point::connect);
        assertNull(station.backOffice.lastSettings());
    }

    @Test
    void aPasswordInTheAddressIsNotPublished() {
        Station station = station(2, "secretsecret", "wss://user:hidden@host/cp").start();
        assertEquals("wss://host/cp", station.point.link().address());
        assertEquals("wss://user:hidden@host/cp", station.backOffice.lastSettings().uri().toString());
    }

    @Test
    void aProfileThatIsPutRightInTheFileConnectsAtOnce() {
        Station station = station(0, "secretsecret", "wss://host/cp").start();
        station.keys.put("Security.SecurityProfile", 2);
        station.post(() -> station.point.rebase(station.keys));
        assertEquals(1, station.backOffice.connections());
        station.keys.put("Security.SecurityProfile", 1);
        station.post(() -> station.point.rebase(station.keys));
        assertEquals(BackOfficeLink.State.DISCONNECTED, station.point.link().state());
        station.advance(Duration.ofHours(1));
        assertEquals(1, station.backOffice.connections());
    }

    @Test
    void aHigherProfileIsAnsweredTriedKeptAndNeverLeftAgain() throws Exception {
        Station station = station(1, "secretsecret", "ws://host:8180/cp").start();
        trust(station);
        assertEquals("Accepted", raise(station, 2));
        assertEquals("1", profile(station));
        assertEquals(1, station.backOffice.connections());
        station.backOffice.forget();
        station.advance(Duration.ofSeconds(10));
        assertEquals(2, station.backOffice.connections());
        assertEquals("wss://host:8180/cp", station.backOffice.lastSettings().uri().toString());
        assertEquals("secretsecret", station.backOffice.lastSettings().password());
        assertEquals("wss://host:8180/cp", station.point.link().address());
        assertTrue(station.backOffice.requests("BootNotification").isEmpty(), "the back office has accepted us already");
        assertEquals("2", profile(station));
        assertTrue(securityLog().contains("SecurityProfile 1 -> 2"));
        station.backOffice.reachable(settings -> !secure(settings));
        station.backOffice.hangUp();
        station.advance(Duration.ofHours(1));
        assertEquals(2, station.backOffice.connections());
        station.stop();
        station.backOffice.reachable(true);
        station.start();
        assertEquals("wss://host:8180/cp", station.backOffice.lastSettings().uri().toString());
        assertEquals("Rejected", raise(station, 1));
    }

    @Test
    void aHigherProfileThatDoesNotWorkIsTriedOnceAndTheOldOneComesBack() {
        Station station = station(1, "secretsecret", "ws://host/cp").start();
        trust(station);
        station.backOffice.reachable(settings -> !secure(settings));
        assertEquals("Accepted", raise(station, 2));
        station.advance(Duration.ofSeconds(60));
        assertEquals(2, station.backOffice.connections());
        assertEquals("ws://host/cp", station.backOffice.lastSettings().uri().toString());
        assertEquals("1", profile(station));
        station.backOffice.reachable(true);
        assertEquals("Accepted", raise(station, 2), "it may be tried again");
        station.advance(Duration.ofSeconds(60));
        assertEquals("2", profile(station));
    }

    @Test
    void aResetRightAfterTheAnswerDoesNotLoseTheTrial() {
        Station station = station(1, "secretsecret", "ws://host/cp").start();
        trust(station);
        assertEquals("Accepted", raise(station, 2));
        station.kill();
        station.start();
        assertTrue(secure(station.backOffice.lastSettings()));
        assertEquals("2", profile(station));
    }

    @Test
    void aKillDuringTheTrialLeavesTheOldProfile() {
        Station station = station(1, "secretsecret", "ws://host/cp").start();
        trust(station);
        assertEquals("Accepted", raise(station, 2));
        station.backOffice.reachable(settings -> !secure(settings));
        station.advance(Duration.ofSeconds(2));
        station.kill();
        station.start();
        station.advance(Duration.ofSeconds(60));
        assertEquals("1", profile(station));
    }

    @Test
    void aConnectionThatEndsByItselfDoesNotCountAsTheTrial() {
        Station station = station(0, "secretsecret", "ws://host/cp").start();
        assertEquals("Accepted", raise(station, 1));
        station.backOffice.hangUp();
        station.advance(Duration.ofSeconds(60));
        assertEquals("1", profile(station));
        assertEquals("secretsecret", station.backOffice.lastSettings().password());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 4", "1, -1", "1, 3", "2, 1"})
    void aProfileIsNotLoweredAndNotRaisedWithoutWhatItNeeds(int present, int wanted) {
        Station station = station(present, "secretsecret", present == 2 ? "wss://host/cp" : "ws://host/cp").start();
        trust(station);
        assertEquals("Rejected", raise(station, wanted));
        station.advance(Duration.ofSeconds(60));
        assertEquals(1, station.backOffice.connections());
        assertEquals(Integer.toString(present), profile(station));
    }

    @Test
    void withoutAPasswordOrARootAHigherProfileIsRejected() {
        Station station = station(0, "", "ws://host/cp").start();
        trust(station);
        assertEquals("Rejected", raise(station, 1));
        assertEquals("Rejected", raise(station, 2));
        station.stop();
        station.keys.put("Security.AuthorizationKey", "secretsecret");
        TestAuthority.write(station.security().csmsRoots(), "");
        station.start();
        assertEquals("Rejected", raise(station, 2));
        assertEquals("Accepted", raise(station, 1));
        assertEquals("Rejected", raise(station, 1), "one at a time");
    }

    @Test
    void aRefusedConnectionIsSaidOnceUntilThereIsOne() throws Exception {
        Station station = station(2, "secretsecret", "wss://host/cp");
        station.keys.put("Security.DisableSecurityEventNotifications", false);
        station.backOffice.refuse(Transport.Refusal.CERTIFICATE);
        station.start();
        station.advance(Duration.ofHours(1));
        station.backOffice.refuse(Transport.Refusal.CREDENTIALS);
        station.advance(Duration.ofHours(1));
        assertEquals(1, securityLog().split("InvalidCentralSystemCertificate", -1).length - 1);
        assertEquals(1, securityLog().split("FailedToAuthenticateAtCentralSystem", -1).length - 1);
        assertEquals("scripted", station.point.link().detail());
        station.backOffice.refuse(null);
        station.advance(Duration.ofHours(1));
        assertEquals("InvalidCentralSystemCertificate", station.backOffice.requests("SecurityEventNotification").get(1).payload()
                .get("type").textValue());
        station.backOffice.refuse(Transport.Refusal.CERTIFICATE);
        station.backOffice.hangUp();
        station.advance(Duration.ofHours(1));
        assertEquals(2, securityLog().split("InvalidCentralSystemCertificate", -1).length - 1);
    }

    @Test
    void aKeyOfAnyBytesIsTakenAsTheBytesItMeans() {
        Station station = station(1, "secretsecret", "ws://host/cp").start();
        station.backOffice.call("ChangeConfiguration",
                "{\"key\":\"AuthorizationKey\",\"value\":\"000102030405060708090A0B0C0D0E0FfF\"}");
        station.advance(Duration.ofSeconds(10));
        assertEquals(2, station.backOffice.connections());
        assertEquals(1, station.backOffice.requests("BootNotification").size(), "the back office has accepted us already");
        assertEquals("\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u00ff",
                station.backOffice.lastSettings().password());
        station.stop();
        station.start();
        assertEquals(17, station.backOffice.lastSettings().password().length());
    }
}
