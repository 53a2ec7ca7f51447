package dcocpp.controller.internal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.controller.internal.power.GunView;
import dcocpp.controller.internal.ring.OutputStage;

/** Finds out what is wrong with one connector, and lets an operator clear what is over. Belongs to the control thread. */
final class FaultWatch {

    private final ConnectorSettings settings;
    private final OutputStage stage;
    private final OutputWatch output;
    private final FaultBook book = new FaultBook();
    private long clears;
    private boolean clearing;
    private long clearUntilNanos;

    FaultWatch(ConnectorSettings settings, OutputStage stage) {
        this.settings = settings;
        this.stage = stage;
        this.output = new OutputWatch(settings);
    }

    /** All that is wrong, active or latched. */
    FaultBook book() {
        return book;
    }

    /**
     * Once per tick.
     *
     * @param others faults that others see at this connector
     * @param meter what is wrong with its meter
     */
    void tick(GunView view, List<Fault> others, Optional<Fault> meter) {
        List<Fault> active = active(view, others);
        meter.ifPresent(active::add);
        book.update(active);
        clearing = clearing && view.now() - clearUntilNanos < 0;
        if (clearing) {
            book.clearLatched();
        }
    }

    private List<Fault> active(GunView view, List<Fault> others) {
        List<Fault> active = new ArrayList<>(view.gun().faults());
        active.addAll(others);
        boolean explained = active.stream().anyMatch(fault -> FaultRules.blocks(fault.cause()));
        if (!view.gun().linkUp() && !explained) {
            active.add(new Fault(FaultCause.PLC_COMM, "not heard"));
        } else if (!view.gun().safe() && !explained) {
            active.add(new Fault(FaultCause.SAFETY_LOOP, "the safety chain is open"));
        }
        if (stage.fault() != null) {
            active.add(stage.fault());
        }
        active.addAll(output.see(view, stage.step() == OutputStage.Step.ON));
        // A plug that is torn off takes its lock with it: that ends the output too, and leaves no fault behind.
        if (settings.requireLock() && view.gun().linkUp() && view.gun().cp().plugged() && !view.gun().lockEngaged()
                && stage.closeGunContactor()) {
            active.add(new Fault(FaultCause.LOCK, "the lock opened"));
        }
        return active;
    }

    /** The vehicle is gone. */
    void unplugged() {
        stage.clearFault();
        book.unplugged();
    }

    /**
     * An operator clears latched faults. The hardware latches some as well and lets go of them only when it is told to: until the
     * deadline, what it lets go of is let go of here.
     *
     * @param deadlineNanos process time
     */
    void clear(long deadlineNanos) {
        clears++;
        clearing = true;
        clearUntilNanos = deadlineNanos;
        stage.clearFault();
        book.clearLatched();
    }

    /** How often an operator has cleared: what the hardware has to be told. */
    long clears() {
        return clears;
    }
}
