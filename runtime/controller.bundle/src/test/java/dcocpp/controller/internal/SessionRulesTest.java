package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.TokenRead;
import dcocpp.api.journal.JournalEvent;
import dcocpp.api.journal.Token;
import dcocpp.api.journal.TransactionStarted;
import dcocpp.api.journal.TransactionStopped;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;

/**
 * Whatever happens in whatever order: no energy without a token that was accepted, no closed contactor at a gun that is not safe, every
 * milliwatt-hour in exactly one transaction, and always a way back to a car that charges.
 */
class SessionRulesTest {

    private static final int CONNECTORS = 2;

    /** After a fault with which contactors open at once; a tick sees it, the next one is its effect. */
    private static final int TICKS_TO_OPEN = 3;
    /** After any other the current comes down first. */
    private static final int TICKS_TO_RAMP_DOWN = 80;
    /** A card is given up without a car after a minute, a planner that has failed is asked again after half of it. */
    private static final int LONGEST_WAIT_TICKS = 1300;

    private static final Set<FaultCause> OPERATOR_CLEARS = Set.of(FaultCause.EMERGENCY_STOP, FaultCause.ISOLATION, FaultCause.GC_WELD);

    /** What happens. */
    enum Event {
        CHARGE, PLUG, UNPLUG, ASKS_FOR_NOTHING, ASKS_AGAIN, COMPLETE, GOOD_CARD, BAD_CARD, OTHER_GOOD_CARD, REMOTE_START, REMOTE_STOP, PAUSE, RESUME,
        UNLOCK, EMERGENCY_STOP, ISOLATION, TOO_HOT, HEALTHY, CLEAR_FAULTS, LINK_LOST, LINK_BACK, WELD, MENDED, OPENS_BY_ITSELF, CLOSES_AGAIN,
        LOCK_BREAKS, LOCK_HOLDS, OUT_OF_SERVICE, IN_SERVICE, BACK_OFFICE_SILENT, BACK_OFFICE_ANSWERS, PLANNER_FAILS, PLANNER_WORKS
    }

    record Step(Event event, int connectorId, int ticks) {
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        // Sessions come more often than what goes wrong, so that the rest meets one in all of its phases.
        Arbitrary<Event> events = Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(Event.CHARGE)), Tuple.of(2, Arbitraries.of(Event.class)));
        Arbitrary<Integer> ticks = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.integers().between(1, 10)),
                Tuple.of(3, Arbitraries.integers().between(10, 60)),
                Tuple.of(1, Arbitraries.integers().between(100, 700)));
        return Combinators.combine(events, Arbitraries.integers().between(1, CONNECTORS), ticks).as(Step::new)
                .list().ofMinSize(20).ofMaxSize(50);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void nobodyIsHurtAndNoEnergyIsLost(@ForAll("steps") List<Step> steps) throws IOException {
        Path folder = Files.createTempDirectory("sessions");
        try (ChargerFixture charger = ChargerFixture.ready(folder, CONNECTORS)) {
            World world = new World(charger);
            for (Step step : steps) {
                world.take(step);
                for (int tick = 0; tick < step.ticks(); tick++) {
                    world.tick(step.toString());
                }
            }
            Statistics.label("transactions before the end").collect(Math.min(3, world.transactions()))
                    .coverage(coverage -> coverage.check(0).percentage(share -> share < 30));
            world.wayOut();
            world.everyMilliwattHourIsInOneTransaction();
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** What is true of a gun beside what the charger thinks. */
    private static final class Truth {
        private double deliveredMilliWh;
        private int unsafeTicks;
        private int emergencyTicks;
        private boolean closed;
        private double lastMilliWh;
    }

    private static final class World {
        private final ChargerFixture charger;
        private final Map<Integer, Truth> guns = new HashMap<>();
        private final Set<Integer> outOfService = new TreeSet<>();
        private final Map<Integer, TransactionStarted> open = new HashMap<>();
        private long read;
        private int next = 1;

        private World(ChargerFixture charger) {
            this.charger = charger;
            charger.verdicts.put("BAD", AuthorizationAnswer.Verdict.INVALID);
            for (int id = 1; id <= CONNECTORS; id++) {
                Truth truth = new Truth();
                truth.lastMilliWh = charger.hardware.gun(id).milliWh;
                guns.put(id, truth);
            }
        }

        private void take(Step step) {
            int id = step.connectorId();
            IdealHardware.Gun gun = charger.hardware.gun(id);
            switch (step.event()) {
                case CHARGE -> {
                    mend(gun);
                    clear(id);
                    run("a car comes", 2);
                    gun.cp = CpState.C;
                    run("it is plugged in", 1);
                    card(id, "GOOD" + id);
                }
                case PLUG -> {
                    gun.cp = CpState.C;
                    gun.complete = false;
                }
                case UNPLUG -> gun.cp = CpState.A;
                case ASKS_FOR_NOTHING -> gun.askedA = 0;
                case ASKS_AGAIN -> gun.askedA = 100;
                case COMPLETE -> gun.complete = true;
                case GOOD_CARD -> card(id, "GOOD" + id);
                case BAD_CARD -> card(id, "BAD");
                case OTHER_GOOD_CARD -> card(id, "OTHER");
                case REMOTE_START -> charger.desk.submit(new ChargerCommand.RemoteStart("start" + next++, deadline(), id,
                        new Token("REMOTE", Token.Source.REMOTE_START), true));
                case REMOTE_STOP -> transaction(id).ifPresent(transaction ->
                        charger.desk.submit(new ChargerCommand.RemoteStop("stop" + next++, deadline(), transaction)));
                case PAUSE -> charger.desk.submit(new ChargerCommand.Pause("pause" + next++, deadline(), id));
                case RESUME -> charger.desk.submit(new ChargerCommand.Resume("resume" + next++, deadline(), id));
                case UNLOCK -> charger.desk.submit(new ChargerCommand.Unlock("unlock" + next++, deadline(), id));
                case EMERGENCY_STOP -> fault(id, FaultCause.EMERGENCY_STOP);
                case ISOLATION -> fault(id, FaultCause.ISOLATION);
                case TOO_HOT -> fault(id, FaultCause.CONNECTOR_TEMPERATURE);
                case HEALTHY -> gun.faults = List.of();
                case CLEAR_FAULTS -> clear(id);
                case LINK_LOST -> gun.linkUp = false;
                case LINK_BACK -> gun.linkUp = true;
                case WELD -> gun.weld = gun.closed;
                case MENDED -> gun.weld = false;
                case OPENS_BY_ITSELF -> gun.opensByItself = true;
                case CLOSES_AGAIN -> gun.opensByItself = false;
                case LOCK_BREAKS -> gun.lockBroken = true;
                case LOCK_HOLDS -> gun.lockBroken = false;
                case OUT_OF_SERVICE -> {
                    outOfService.add(id);
                    tell();
                }
                case IN_SERVICE -> {
                    outOfService.remove(id);
                    tell();
                }
                case BACK_OFFICE_SILENT -> charger.answers = false;
                case BACK_OFFICE_ANSWERS -> charger.answers = true;
                case PLANNER_FAILS -> charger.planner.failure = new IllegalStateException("a bug");
                case PLANNER_WORKS -> charger.planner.failure = null;
            }
        }

        private void card(int id, String idTag) {
            charger.events.tokenRead(new TokenRead(TokenRead.Source.RFID, idTag, id, charger.time.nanoTime()));
        }

        private void fault(int id, FaultCause cause) {
            charger.hardware.gun(id).faults = List.of(new Fault(cause, "test"));
        }

        private void clear(int id) {
            charger.desk.submit(new ChargerCommand.ClearFaults("clear" + next++, deadline(), id));
        }

        private void tell() {
            charger.mail.wants(new BackOfficeState(next++, Set.copyOf(outOfService), List.of(), List.of()));
        }

        private long deadline() {
            return charger.deadline(Duration.ofSeconds(2));
        }

        private Optional<String> transaction(int id) {
            return Optional.ofNullable(charger.connector(id).session()).map(session -> session.transactionId());
        }

        private void tick(String what) {
            charger.run(ChargerFixture.TICK);
            openTransactions();
            for (int id = 1; id <= CONNECTORS; id++) {
                check(what + " at connector " + id, id, open.get(id));
            }
        }

        private void check(String what, int id, TransactionStarted open) {
            IdealHardware.Gun gun = charger.hardware.gun(id);
            Truth truth = guns.get(id);
            truth.deliveredMilliWh += gun.milliWh - truth.lastMilliWh;
            truth.lastMilliWh = gun.milliWh;
            if (gun.currentA > 0) {
                assertTrue(open != null && !open.token().idTag().equals("BAD"), () -> what + ": " + gun.currentA + " A for " + open);
            }
            boolean told = gun.command.closeContactor() && !gun.command.forceOff();
            boolean tripped = charger.hardware.gun(3 - id).faults.stream().anyMatch(fault -> fault.cause() == FaultCause.EMERGENCY_STOP);
            boolean unplugged = gun.cp == CpState.A;
            boolean emergency = !gun.linkUp || unplugged || tripped
                    || gun.faults.stream().anyMatch(fault -> fault.cause() != FaultCause.CONNECTOR_TEMPERATURE);
            truth.emergencyTicks = emergency ? truth.emergencyTicks + 1 : 0;
            truth.unsafeTicks = emergency || !gun.faults.isEmpty() ? truth.unsafeTicks + 1 : 0;
            assertFalse(told && truth.emergencyTicks > TICKS_TO_OPEN, () -> what + ": closed for " + truth.emergencyTicks + " ticks of danger");
            assertFalse(told && truth.unsafeTicks > TICKS_TO_RAMP_DOWN, () -> what + ": closed for " + truth.unsafeTicks + " ticks of a fault");
            assertFalse(told && !truth.closed && truth.unsafeTicks > 1, () -> what + ": closes though it is not safe");
            truth.closed = told;
        }

        private Map<Integer, TransactionStarted> openTransactions() {
            for (JournalEvent event : charger.journal.read(read, 1000)) {
                read = event.stamp().number();
                if (event instanceof TransactionStarted started) {
                    assertEquals(null, open.put(started.connectorId(), started), "two transactions at once");
                } else if (event instanceof TransactionStopped stopped) {
                    open.remove(stopped.connectorId());
                }
            }
            return open;
        }

        /** Everything works again, everybody leaves, and the next car charges. */
        private void wayOut() {
            outOfService.clear();
            tell();
            charger.answers = true;
            charger.planner.failure = null;
            for (int id = 1; id <= CONNECTORS; id++) {
                mend(charger.hardware.gun(id));
                charger.hardware.gun(id).cp = CpState.A;
            }
            run("mended", 150);
            for (int id = 1; id <= CONNECTORS; id++) {
                // Everything else goes without an operator.
                if (charger.connector(id).faults().stream().anyMatch(fault -> OPERATOR_CLEARS.contains(fault.cause()))) {
                    clear(id);
                }
            }
            // A planner that has failed is asked again within half a minute; a card without a car is waited for.
            for (int tick = 0; tick < LONGEST_WAIT_TICKS && !allAvailable(); tick++) {
                tick("cleared");
            }
            run("cleared", 300);
            for (ConnectorSnapshot connector : charger.snapshot().connectors()) {
                assertEquals(ConnectorStatus.AVAILABLE, connector.status(), connector::toString);
                assertEquals(null, connector.session());
            }
            for (int id = 1; id <= CONNECTORS; id++) {
                charger.plug(id);
                run("the next car", 2);
                card(id, "NEXT" + id);
                int connectorId = id;
                charger.until("connector " + id + " charges", () -> charger.hardware.gun(connectorId).currentA > 10);
                guns.get(id).closed = true;
                run("it charges", 100);
                charger.unplug(id);
                run("it leaves", 150);
            }
        }

        private long transactions() {
            return charger.journalled(TransactionStarted.class).size();
        }

        private boolean allAvailable() {
            return charger.snapshot().connectors().stream().allMatch(connector -> connector.status() == ConnectorStatus.AVAILABLE);
        }

        private static void mend(IdealHardware.Gun gun) {
            gun.faults = List.of();
            gun.linkUp = true;
            gun.weld = false;
            gun.opensByItself = false;
            gun.lockBroken = false;
            gun.complete = false;
            gun.askedA = 100;
        }

        private void run(String what, int ticks) {
            for (int tick = 0; tick < ticks; tick++) {
                tick(what);
            }
        }

        private void everyMilliwattHourIsInOneTransaction() {
            assertEquals(Map.of(), openTransactions());
            Map<String, TransactionStarted> started = new HashMap<>();
            Map<Integer, Long> billed = new HashMap<>();
            Set<String> stopped = new HashSet<>();
            Map<Integer, Long> transactions = new HashMap<>();
            for (JournalEvent event : charger.journalled()) {
                if (event instanceof TransactionStarted start) {
                    started.put(start.transactionId(), start);
                    transactions.merge(start.connectorId(), 1L, Long::sum);
                } else if (event instanceof TransactionStopped stop) {
                    assertTrue(stopped.add(stop.transactionId()), () -> "stopped twice: " + stop);
                    long energy = stop.meterMilliWh() - started.get(stop.transactionId()).meterMilliWh();
                    assertTrue(energy >= 0, stop::toString);
                    billed.merge(stop.connectorId(), energy, Long::sum);
                }
            }
            guns.forEach((id, gun) -> assertEquals(gun.deliveredMilliWh, billed.getOrDefault(id, 0L),
                    2.0 * transactions.getOrDefault(id, 0L), "connector " + id + ", mWh"));
        }
    }
}
