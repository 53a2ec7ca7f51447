package dcocpp.ocpp.internal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dcocpp.testkit.FakeTimeSource;

class LinkTest {

    private static final Backoff.Settings BACKOFF = new Backoff.Settings(Duration.ofSeconds(3), Duration.ZERO, 2,
            Duration.ofSeconds(600));

    private final FakeTimeSource time = new FakeTimeSource();
    private final FakeTransport transport = new FakeTransport();
    private final List<String> events = new ArrayList<>();
    private final Link link = new Link(settings(Duration.ofSeconds(30)), time.newAgent("test"), transport, new Random(1), 1,
            new Recorder());

    private static LinkSettings settings(Duration ping) {
        return new LinkSettings(URI.create("ws://host/cp"), "cp", null, false, Duration.ofSeconds(20), ping, Duration.ofSeconds(5),
                1000, BACKOFF);
    }

    /** Remembers what it was asked, and says nothing by itself. */
    private static final class FakeTransport implements Transport {
        private final List<Events> attempts = new ArrayList<>();
        private final List<String> log = new ArrayList<>();

        @Override
        public void connect(LinkSettings settings, Events events) {
            attempts.add(events);
        }

        @Override
        public void close(Duration timeout) {
            log.add("transport closed");
        }

        private Connection connection(int number) {
            return new Connection() {
                @Override
                public void send(String text) {
                    log.add(number + " send " + text);
                }

                @Override
                public void ping() {
                    log.add(number + " ping");
                }

                @Override
                public void close(int code, String reason) {
                    log.add(number + " close " + code);
                }

                @Override
                public void abort() {
                    log.add(number + " abort");
                }
            };
        }
    }

    private final class Recorder implements LinkListener {
        @Override
        public void onOpen() {
            events.add("open");
        }

        @Override
        public void onText(String text) {
            events.add(text);
        }

        @Override
        public void onUnreadable(String reason) {
            events.add("unreadable");
        }

        @Override
        public void onClosed(String reason) {
            events.add("closed");
        }

        @Override
        public void onStateChanged(LinkState state, String detail) {
            // the tests ask for the state themselves
        }
    }

    private void open(int attempt) {
        transport.attempts.get(attempt).opened(transport.connection(attempt));
        time.runDue();
    }

    private void close(int attempt) {
        transport.attempts.get(attempt).closed("gone");
        time.runDue();
    }

    @Test
    void pausesGrowBetweenAttemptsAndThenStayConstant() {
        link.connect();
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            close(i);
            long before = time.nanoTime();
            while (transport.attempts.size() == i + 1) {
                time.advance(Duration.ofSeconds(1));
            }
            pauses.add((time.nanoTime() - before) / 1_000_000_000L);
        }
        assertEquals(List.of(3L, 6L, 12L, 12L, 12L), pauses);
    }

    @Test
    void aRandomPartIsAddedToEachPauseAndNoPauseIsLongerThanTheCap() {
        Backoff backoff = new Backoff(new Backoff.Settings(Duration.ofSeconds(3), Duration.ofSeconds(10), 20, Duration.ofMinutes(10)),
                new Random(7));
        Duration before = backoff.next();
        assertTrue(before.compareTo(Duration.ofSeconds(3)) >= 0 && before.compareTo(Duration.ofSeconds(13)) <= 0, before.toString());
        for (int i = 0; i < 30; i++) {
            Duration next = backoff.next();
            Duration least = before.multipliedBy(2);
            boolean capped = next.equals(Duration.ofMinutes(10));
            assertTrue(capped || next.compareTo(least) >= 0 && next.compareTo(least.plusSeconds(10)) <= 0, before + " then " + next);
            before = next;
        }
        assertEquals(Duration.ofMinutes(10), before);
    }

    @Test
    void aServerThatClosesIsCalledAgain() {
        link.connect();
        open(0);
        close(0);
        assertEquals(List.of("open", "closed"), events);
        time.advance(Duration.ofSeconds(3));
        assertEquals(2, transport.attempts.size());
    }

    @Test
    void theFirstMessageOfAConnectionEndsTheGrowthOfThePauses() {
        link.connect();
        close(0);
        time.advance(Duration.ofSeconds(3));
        open(1);
        transport.attempts.get(1).text("[3]");
        close(1);
        time.advance(Duration.ofSeconds(3));
        assertEquals(3, transport.attempts.size());
    }

    @Test
    void whatAnOldConnectionSaysIsNotHeard() {
        link.connect();
        open(0);
        close(0);
        time.advance(Duration.ofSeconds(3));
        open(1);
        events.clear();
        transport.attempts.get(0).text("old");
        transport.attempts.get(0).closed("old");
        transport.attempts.get(1).text("new");
        time.runDue();
        assertEquals(List.of("new"), events);
        assertEquals(LinkState.OPEN, link.state());
    }

    @Test
    void anAttemptThatNeitherOpensNorFailsIsGivenUpAndItsLateOpeningIsClosed() {
        link.connect();
        time.advance(Duration.ofSeconds(20));
        assertEquals(LinkState.WAITING, link.state());
        open(0);
        assertEquals(List.of("0 close 1001"), transport.log);
        time.advance(Duration.ofSeconds(3));
        assertEquals(2, transport.attempts.size());
    }

    @Test
    void aPeerThatAnswersPingsStaysAndASilentOneIsReplaced() {
        link.connect();
        open(0);
        time.advance(Duration.ofSeconds(30));
        transport.attempts.get(0).pong();
        time.advance(Duration.ofSeconds(30));
        assertEquals(List.of("0 ping", "0 ping"), transport.log);
        time.advance(Duration.ofSeconds(5));
        assertEquals(List.of("0 ping", "0 ping", "0 abort"), transport.log);
        assertEquals(List.of("open", "closed"), events);
        time.advance(Duration.ofSeconds(3));
        assertEquals(2, transport.attempts.size());
    }

    @Test
    void thePingIntervalCanBeChangedAndSwitchedOffOnAnOpenConnection() {
        link.connect();
        open(0);
        link.update(settings(Duration.ofSeconds(10)));
        time.advance(Duration.ofSeconds(10));
        assertEquals(List.of("0 ping"), transport.log);
        transport.attempts.get(0).pong();
        time.runDue();
        link.update(settings(Duration.ZERO));
        time.advance(Duration.ofHours(1));
        assertEquals(List.of("0 ping"), transport.log);
        assertEquals(LinkState.OPEN, link.state());
    }

    @Test
    void aManualDisconnectStaysSoUntilConnect() {
        link.connect();
        open(0);
        link.disconnect("operator");
        close(0);
        time.advance(Duration.ofHours(1));
        assertEquals(1, transport.attempts.size());
        assertEquals(LinkState.OFF, link.state());
        link.connect();
        assertEquals(2, transport.attempts.size());
    }

    @Test
    void aPeerThatDoesNotAnswerACloseIsDropped() {
        link.connect();
        open(0);
        link.disconnect("operator");
        assertEquals(LinkState.OPEN, link.state());
        time.advance(Duration.ofSeconds(2));
        assertEquals(List.of("0 close 1000", "0 abort"), transport.log);
        assertEquals(LinkState.OFF, link.state());
        assertEquals(List.of("open", "closed"), events);
    }

    @Test
    void shuttingDownSaysGoingAway() {
        link.connect();
        open(0);
        link.shutDown();
        assertEquals(List.of("0 close 1001"), transport.log);
    }

    @Test
    void timesOfTheNetworkAreRealOnAFasterClock() {
        Link fast = new Link(settings(Duration.ofSeconds(30)), time.newAgent("fast"), transport, new Random(1), 60, new Recorder());
        fast.connect();
        open(0);
        time.advance(Duration.ofSeconds(30 * 60 - 1));
        assertTrue(transport.log.isEmpty());
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of("0 ping"), transport.log);
    }

    @ParameterizedTest
    @CsvSource({
        "ws://host:8180/steve/CentralSystemService/,cp 1,ws://host:8180/steve/CentralSystemService/cp%201",
        "ws://host/ocpp,cp1,ws://host/ocpp/cp1",
        "ws://host/ocpp/cp1,cp1,ws://host/ocpp/cp1",
        "ws://host/ocpp/cp1/,cp1,ws://host/ocpp/cp1",
        "host/ocpp,cp/1,ws://host/ocpp/cp%2F1",
        "ws://host/ocpp/cp 1,cp 1,ws://host/ocpp/cp%201",
        "ws://host/ocpp/cp%201/,cp 1,ws://host/ocpp/cp%201",
        "ws://host/ocpp/?site=7&x=a/b,cp1,ws://host/ocpp/cp1?site=7&x=a/b",
        "ws://[::1]:8180,cp1,ws://[::1]:8180/cp1",
        "ws://host/othercp1,cp1,ws://host/othercp1/cp1",
        "wss://host,cp1,wss://host/cp1"})
    void theAddressEndsInTheEncodedIdOnce(String base, String id, String expected) {
        assertEquals(URI.create(expected), LinkSettings.address(base, id));
    }

    @Test
    void aPasswordInTheAddressIsShownToNobody() {
        LinkSettings secret = new LinkSettings(URI.create("ws://user:secret@host/a@b"), "cp", null, false, Duration.ofSeconds(20),
                Duration.ZERO, Duration.ofSeconds(5), 1000, BACKOFF);
        link.update(secret);
        link.connect();
        assertEquals("ws://host/a@b", link.detail());
        open(0);
        assertEquals("ws://host/a@b", link.detail());
        assertTrue(secret.toString().contains("[ws://host/a@b,"), secret.toString());
        for (String base : List.of("http://user:secret@host/ocpp", "ws://user:secret@ho st/", "ws://user:secret@/ocpp")) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> LinkSettings.address(base, "cp"));
            assertFalse(e.getMessage().contains("secret"), e.getMessage());
            assertNull(e.getCause());
        }
    }

    @ParameterizedTest
    @CsvSource({"http://host/ocpp", "ws:///ocpp", "ws://ho st/"})
    void anUnusableAddressIsRefusedByName(String base) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> LinkSettings.address(base, "cp"));
        assertTrue(e.getMessage().contains("'" + base + "'"), e.getMessage());
    }
}
