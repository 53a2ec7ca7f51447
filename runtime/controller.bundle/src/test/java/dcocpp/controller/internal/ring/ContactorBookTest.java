package dcocpp.controller.internal.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.topology.SlotSettings;
import dcocpp.api.topology.Topology;
import dcocpp.controller.internal.ring.ContactorBook.Mark;

/** What is concluded from a contactor that does not do what it is told. */
class ContactorBookTest {

    private final List<String> kept = new ArrayList<>();
    private ContactorBook book = new ContactorBook("", kept::add);
    private boolean told;
    private boolean hardwareSaysStuck;
    private long now = 1_000_000_000L;

    private void run(double seconds, Position position) {
        for (int tick = 0; tick < Math.round(seconds * 10); tick++) {
            now += 100_000_000L;
            ContactorState state = state(position);
            book.judge(new RingFeedback(now, new HardwareCapabilities(true, true, true), true, Map.of(), Map.of(), Map.of("MC_1", state)),
                    new HardwareCommand(1, now, List.of(), List.of(), told ? Set.of("MC_1") : Set.of()));
        }
    }

    private ContactorState state(Position position) {
        return new ContactorState("MC_1", position, false, hardwareSaysStuck, 0, 0);
    }

    private boolean stuckFor(Position position) {
        return book.marked(Map.of("MC_1", state(position))).get("MC_1").stuckOpen();
    }

    @Test
    void oneThatStaysClosedForHalfASecondIsWelded() {
        run(0.5, Position.CLOSED);
        assertEquals(Map.of(), book.marks());
        run(0.2, Position.CLOSED);
        assertEquals(Map.of("MC_1", Mark.WELDED), book.marks());
        run(5, Position.OPEN);
        assertEquals(Map.of("MC_1", Mark.WELDED), book.marks(), "it may weld again: only an operator says that it is in order");
    }

    @Test
    void oneThatIsSlowIsNotMarked() {
        run(0.4, Position.CLOSED);
        run(1, Position.OPEN);
        assertEquals(Map.of(), book.marks());
    }

    @Test
    void oneThatDoesNotCloseGetsASecondTryAfterAPause() {
        told = true;
        run(0.6, Position.OPEN);
        assertEquals(Map.of(), book.marks());
        assertFalse(book.mayClose("MC_1", now));
        told = false;
        run(0.5, Position.OPEN);
        assertTrue(book.mayClose("MC_1", now));
        told = true;
        run(0.7, Position.OPEN);
        assertEquals(Map.of("MC_1", Mark.STUCK), book.marks());
        assertFalse(book.mayClose("MC_1", now));
    }

    @Test
    void theSecondTryThatWorksIsForgivenEverything() {
        told = true;
        run(0.6, Position.OPEN);
        run(0.5, Position.CLOSED);
        told = false;
        run(1, Position.OPEN);
        told = true;
        run(0.6, Position.OPEN);
        assertEquals(Map.of(), book.marks(), "this is a first try again");
    }

    @Test
    void withoutFeedbackNothingIsConcluded() {
        run(5, Position.UNKNOWN);
        told = true;
        run(5, Position.UNKNOWN);
        assertEquals(Map.of(), book.marks());
        told = false;
        run(0.5, Position.CLOSED);
        assertEquals(Map.of(), book.marks(), "the time without feedback does not count");
    }

    @Test
    void marksOutliveARestart() {
        run(0.7, Position.CLOSED);
        assertEquals(List.of("MC_1:WELDED"), kept);
        book = new ContactorBook(kept.get(0), kept::add);
        assertEquals(Map.of("MC_1", Mark.WELDED), book.marks());
        assertFalse(book.mayClose("MC_1", now));
        assertTrue(book.marked(Map.of("MC_1", state(Position.OPEN))).get("MC_1").welded());
    }

    @Test
    void aKeptTextThatIsNotOursMarksNothing() {
        assertEquals(Map.of("MC_2", Mark.STUCK), new ContactorBook("nonsense :WELDED MC_1:MELTED MC_2:STUCK", kept::add).marks());
    }

    @Test
    void anOperatorClearsAWeldOnlyWhenTheContactorIsSeenToBeOpen() {
        run(0.7, Position.CLOSED);
        book.clear(List.of("MC_1"));
        assertEquals(Map.of("MC_1", Mark.WELDED), book.marks());
        run(0.1, Position.OPEN);
        book.clear(List.of("MC_1"));
        assertEquals(Map.of(), book.marks());
        assertEquals("", kept.get(kept.size() - 1));
    }

    @Test
    void whatTheHardwareKnowsCountsButItsFirstImpressionOfATryDoesNot() {
        hardwareSaysStuck = true;
        assertTrue(stuckFor(Position.OPEN), "known before anything was tried");
        told = true;
        run(0.2, Position.OPEN);
        assertFalse(stuckFor(Position.OPEN), "there is a second try");
        told = false;
        run(0.5, Position.OPEN);
        told = true;
        run(0.2, Position.OPEN);
        assertTrue(stuckFor(Position.OPEN));
    }

    @Test
    void theConnectorsBesideABusContactorShowItAndNoOther() {
        RingBench bench = new RingBench();
        bench.book = new ContactorBook("MC_1:WELDED MN_3_0:STUCK MN_4_1:WELDED GC_4:WELDED", kept::add);
        bench.ring = new RingSequencer(bench.topology, bench.book);
        assertEquals(List.of(FaultCause.MC_WELD), bench.ring.faults(1).stream().map(fault -> fault.cause()).toList());
        assertEquals(List.of(FaultCause.MC_WELD), bench.ring.faults(2).stream().map(fault -> fault.cause()).toList());
        assertEquals(List.of(FaultCause.MODULE_DEGRADED), bench.ring.faults(3).stream().map(fault -> fault.cause()).toList());
        assertEquals(List.of(FaultCause.GC_WELD, FaultCause.MN_WELD), bench.ring.faults(4).stream().map(fault -> fault.cause()).toList());
    }

    @Test
    void aSlotWithoutGunIsShownAtTheConnectorBeforeItAndStopsNobody() {
        RingBench bench = new RingBench();
        List<SlotSettings> slots = new ArrayList<>(bench.topology.slots());
        SlotSettings last = slots.remove(3);
        slots.add(new SlotSettings(4, 0, "", "MC_4", 1, 3, false, last.modules()));
        book = new ContactorBook("MN_4_0:WELDED MC_4:STUCK", kept::add);
        RingSequencer ring = new RingSequencer(new Topology(1, bench.topology.connectors().subList(0, 3), slots), book);
        assertEquals(List.of("MN_4_0 does not open", "MC_4 does not close"),
                ring.faults(3).stream().map(fault -> fault.detail()).toList());
        assertTrue(ring.faults(3).stream().allMatch(fault -> fault.cause() == FaultCause.MODULE_DEGRADED));
        assertTrue(ring.contactors(3).containsAll(List.of("MN_4_0", "MC_4", "MC_3", "MC_2", "GC_3", "MN_3_1")));
    }
}
