package dcocpp.can.internal.driver;

import java.util.List;

import dcocpp.api.hardware.BusState;
import dcocpp.can.internal.bus.Bus;

/** How the bus itself is doing, told to people in words where it is too full or loses frames. */
final class BusHealth {

    private final String interfaceName;
    private final BusLoad load;
    private final DriverEvents events;
    private Bus bus;
    private boolean loadWarned;
    private long lostBefore;
    private long lostTold;
    private long badBefore;
    private long gapsBefore;

    BusHealth(String interfaceName, BusLoad load, DriverEvents events) {
        this.interfaceName = interfaceName;
        this.load = load;
        this.events = events;
    }

    void opened(Bus opened) {
        bus = opened;
    }

    void shut() {
        if (bus != null) {
            lostBefore += bus.lostFrames();
            bus = null;
        }
    }

    /** The controller had no room for a frame; how many it was nobody knows. */
    void overflow() {
        lostBefore++;
    }

    /** These records go; what they have counted stays. */
    void retire(PlcNode[] nodes) {
        for (PlcNode node : nodes) {
            badBefore += node.link.badFrames();
            gapsBefore += node.offer.gaps();
        }
    }

    /** Once a second: looks at the second that is over. */
    void watch(long nowNanos) {
        if (!load.tick(nowNanos)) {
            return;
        }
        if (load.load() > BusLoad.WARNING != loadWarned) {
            loadWarned = !loadWarned;
            events.warn(loadWarned ? "CAN bus load " + percent() + ", above 65 %" : "CAN bus load back at " + percent());
        }
        long lost = lostFrames();
        if (lost != lostTold) {
            events.warn(lost - lostTold + " CAN frames lost: they came faster than they were read; " + lost + " so far");
            lostTold = lost;
        }
    }

    private String percent() {
        return Math.round(load.load() * 100) + " %";
    }

    private long lostFrames() {
        return lostBefore + (bus == null ? 0 : bus.lostFrames());
    }

    /** The fault that a bus is which has been too full for too long; empty while it is not. */
    String overload() {
        return load.overload() ? "CanOverload: bus load " + percent() : "";
    }

    /** As the API has it; none while no bus is open. */
    List<BusState> state(PlcNode[] nodes) {
        if (bus == null) {
            return List.of();
        }
        long bad = badBefore;
        long gaps = gapsBefore;
        for (PlcNode node : nodes) {
            bad += node.link.badFrames();
            gaps += node.offer.gaps();
        }
        return List.of(new BusState(interfaceName, load.load() * 100, load.framesPerSecond(), lostFrames(), bad, gaps));
    }
}
