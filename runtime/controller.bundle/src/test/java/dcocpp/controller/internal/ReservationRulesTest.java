package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;

/** Strangers and those who have reserved come and go in any order: what was promised is kept. */
class ReservationRulesTest {

    private static final int CONNECTORS = 3;

    /** What happens. */
    enum Event {
        PLUG, UNPLUG, STRANGER_AT_THE_CABINET, STRANGER_AT_THE_GUN, RESERVE_ANY, RESERVE_ONE, CANCEL, OWNER
    }

    record Step(Event event, int connectorId) {
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(Event.class), Arbitraries.integers().between(1, CONNECTORS)).as(Step::new)
                .list().ofMinSize(15).ofMaxSize(30);
    }

    /** Two cars stand at the two connectors that were kept; one of the two reservations is cancelled. */
    @Example
    void aConnectorStaysKeptForTheReservationThatIsLeft() throws IOException {
        whatWasPromisedIsKept(List.of(new Step(Event.PLUG, 3), new Step(Event.RESERVE_ANY, 1), new Step(Event.RESERVE_ANY, 1),
                new Step(Event.PLUG, 1), new Step(Event.PLUG, 2), new Step(Event.CANCEL, 1), new Step(Event.STRANGER_AT_THE_GUN, 1),
                new Step(Event.STRANGER_AT_THE_GUN, 2), new Step(Event.STRANGER_AT_THE_GUN, 3)));
    }

    @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
    void whatWasPromisedIsKept(@ForAll("steps") List<Step> steps) throws IOException {
        Path folder = Files.createTempDirectory("reservations");
        try (ChargerFixture charger = ChargerFixture.ready(folder, CONNECTORS)) {
            World world = new World(charger);
            for (Step step : steps) {
                world.take(step);
                world.check(step);
            }
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** The charger, and what its back office has promised. */
    private static final class World {
        private final ChargerFixture charger;
        private final List<Reservation> promised = new ArrayList<>();
        private int next = 1;

        private World(ChargerFixture charger) {
            this.charger = charger;
        }

        private void take(Step step) {
            int id = step.connectorId();
            switch (step.event()) {
                // A vehicle that asks for nothing yet: no transaction ends the reservation by itself.
                case PLUG -> charger.hardware.gun(id).cp = CpState.B;
                case UNPLUG -> charger.unplug(id);
                case STRANGER_AT_THE_CABINET -> swipe(0, "STRANGER" + next++);
                case STRANGER_AT_THE_GUN -> swipe(id, "STRANGER" + next++);
                case RESERVE_ANY -> reserve(0);
                case RESERVE_ONE -> reserve(id);
                case CANCEL -> {
                    if (!promised.isEmpty()) {
                        promised.remove(0);
                        tell();
                    }
                }
                case OWNER -> {
                    if (!promised.isEmpty()) {
                        swipe(0, promised.get(0).idTag());
                    }
                }
            }
            charger.run(Duration.ofMillis(400));
        }

        private void swipe(int connectorId, String idTag) {
            charger.events.tokenRead(new TokenRead(TokenRead.Source.RFID, idTag, connectorId, charger.time.nanoTime()));
        }

        /** Promises only what a protocol bundle may promise: a connector that is free and that nobody else was promised. */
        private void reserve(int connectorId) {
            List<Integer> named = promised.stream().map(Reservation::connectorId).filter(id -> id != 0).toList();
            List<Integer> free = charger.snapshot().connectors().stream().filter(World::free).map(ConnectorSnapshot::connectorId)
                    .filter(id -> !named.contains(id)).toList();
            boolean enough = free.size() > promised.stream().filter(one -> one.connectorId() == 0).count();
            if (enough && (connectorId == 0 || free.contains(connectorId))) {
                promised.add(new Reservation(next, connectorId, "OWNER" + next++, "", charger.time.now().plusSeconds(86_400)));
                tell();
            }
        }

        private void tell() {
            charger.mail.wants(new BackOfficeState(next++, Set.of(), promised, List.of()));
        }

        private static boolean free(ConnectorSnapshot connector) {
            return connector.status() == ConnectorStatus.AVAILABLE || connector.status() == ConnectorStatus.RESERVED;
        }

        private void check(Step step) {
            List<ConnectorSnapshot> connectors = charger.snapshot().connectors();
            List<String> holders = connectors.stream().filter(connector -> connector.session() != null
                    && connector.session().token() != null).map(connector -> connector.session().token().idTag()).toList();
            List<Reservation> outstanding = promised.stream().filter(one -> !holders.contains(one.idTag())).toList();
            for (Reservation reservation : outstanding) {
                if (reservation.connectorId() != 0) {
                    assertEquals(ConnectorStatus.RESERVED, connectors.get(reservation.connectorId() - 1).status(), step + " " + promised);
                }
            }
            long anywhere = outstanding.stream().filter(one -> one.connectorId() == 0).count();
            long named = outstanding.size() - anywhere;
            long left = connectors.stream().filter(World::free).count() - named;
            assertTrue(left >= anywhere, () -> step + ": " + left + " for " + anywhere + " " + promised + " " + connectors);
        }
    }
}
