package dcocpp.controller.internal.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.session.PlannerSnapshot.Role;
import dcocpp.api.time.TimeSource;
import dcocpp.controller.internal.journal.Happening.Kind;

/**
 * Sees what happens: by comparing each snapshot of the charger with the one before, and by what it is told. Belongs to the control thread.
 */
public final class HappeningWatch {

    /** What befalls so many connectors at once is one thing that befell the charger. */
    private static final int MANY = 3;

    private final TimeSource time;
    private final HappeningBook book;
    private Map<Integer, Map<FaultCause, Fault>> faults = Map.of();
    private String hardware = "";
    private Map<Long, PlannerSnapshot> planners = Map.of();
    private long refusedPlans;

    public HappeningWatch(TimeSource time, JournalDesk desk) {
        this.time = time;
        this.book = new HappeningBook(time, desk);
    }

    /**
     * The controller begins.
     *
     * @param cutOff the run before did not say that it ends
     */
    public void started(boolean cutOff) {
        book.note("started", Kind.STARTED, 0, "charger started", "run " + time.bootId()
                + (cutOff ? "; the one before was cut off: killed, or a power cut" : ""));
    }

    /** What everybody gets to see in this tick. */
    public void see(ChargerSnapshot snapshot) {
        seeHardware(snapshot);
        seePlanners(snapshot);
        seeFaults(snapshot.connectors());
    }

    /** One tick: hands over what is due. */
    public void tick() {
        book.tick();
    }

    /** The controller has ended; transactions are closed before. */
    public void ended() {
        book.note("ended", Kind.ENDED, 0, "charger ended", "run " + time.bootId());
        book.close();
    }

    /**
     * The power is shared otherwise.
     *
     * @param line who gets what, from where
     */
    public void shared(String line) {
        book.note("plan", Kind.PLAN, 0, "sharing", line);
    }

    /**
     * Something was done to a bundle.
     *
     * @param bundle its name and version
     * @param what such as {@code installed}
     */
    public void bundle(String bundle, String what) {
        book.note("bundle " + bundle + what, Kind.BUNDLE, 0, what, bundle);
    }

    /**
     * The energy of a connector is counted otherwise than by an obedient meter.
     *
     * @param what in a word or two
     * @param detail values for people
     */
    public void metered(int connectorId, String what, String detail) {
        book.note("meter " + what + connectorId, Kind.METER, connectorId, what, detail);
    }

    private void seeHardware(ChargerSnapshot snapshot) {
        String condition = snapshot.hardwareName() + " " + snapshot.hardwareCondition() + " " + snapshot.hardwareDetail();
        if (!condition.equals(hardware)) {
            hardware = condition;
            boolean ready = snapshot.hardwareCondition() == HardwareSnapshot.Condition.READY;
            book.note("hardware", Kind.HARDWARE, 0, ready ? "in use" : snapshot.hardwareCondition().name().toLowerCase(Locale.ROOT),
                    snapshot.hardwareName() + (snapshot.hardwareDetail().isEmpty() ? "" : ": " + snapshot.hardwareDetail()));
        }
    }

    private void seePlanners(ChargerSnapshot snapshot) {
        Map<Long, PlannerSnapshot> now = new HashMap<>();
        boolean refused = snapshot.plan().refusedPlans() > refusedPlans;
        refusedPlans = snapshot.plan().refusedPlans();
        for (PlannerSnapshot planner : snapshot.planners()) {
            now.put(planner.bundleId(), planner);
            PlannerSnapshot before = planners.get(planner.bundleId());
            Role role = before == null ? null : before.role();
            String label = planner.symbolicName() + " " + planner.version();
            if (planner.role() != role) {
                book.note("planner " + planner.bundleId() + planner.role(), Kind.PLANNER, 0, switch (planner.role()) {
                    case ACTIVE -> "in use";
                    case CANDIDATE -> "on trial";
                    case REJECTED -> "refused";
                    default -> "stands by";
                }, label + (planner.reason().isEmpty() ? "" : ": " + planner.reason()));
            } else if (refused && role == Role.ACTIVE && !planner.reason().isEmpty()) {
                book.note("plan refused " + planner.bundleId(), Kind.PLANNER, 0, "plan refused", label + ": " + planner.reason());
            }
        }
        planners = now;
    }

    private void seeFaults(List<ConnectorSnapshot> connectors) {
        Map<Integer, Map<FaultCause, Fault>> now = new HashMap<>();
        Map<Fault, List<Integer>> came = new LinkedHashMap<>();
        Map<Fault, List<Integer>> went = new LinkedHashMap<>();
        for (ConnectorSnapshot connector : connectors) {
            int id = connector.connectorId();
            Map<FaultCause, Fault> here = new LinkedHashMap<>();
            connector.faults().forEach(fault -> here.put(fault.cause(), fault));
            now.put(id, here);
            Map<FaultCause, Fault> before = faults.getOrDefault(id, Map.of());
            missing(before, here).forEach(fault -> came.computeIfAbsent(fault, any -> new ArrayList<>()).add(id));
            missing(here, before).forEach(fault -> went.computeIfAbsent(fault, any -> new ArrayList<>()).add(id));
        }
        faults = now;
        went.forEach((fault, where) -> tell(Kind.FAULT_GONE, fault, where));
        came.forEach((fault, where) -> tell(Kind.FAULT, fault, where));
    }

    private static List<Fault> missing(Map<FaultCause, Fault> from, Map<FaultCause, Fault> all) {
        if (all.isEmpty()) {
            return List.of();
        }
        return all.values().stream().filter(fault -> !from.containsKey(fault.cause())).toList();
    }

    private void tell(Kind kind, Fault fault, List<Integer> connectors) {
        String detail = kind == Kind.FAULT ? fault.detail() : "";
        if (connectors.size() >= MANY) {
            String where = "connectors " + connectors.stream().map(String::valueOf).collect(Collectors.joining(", "));
            book.note("fault " + fault.cause(), kind, 0, fault.cause().name(), detail.isEmpty() ? where : where + ": " + detail);
        } else {
            connectors.forEach(id -> book.note("fault " + fault.cause() + id, kind, id, fault.cause().name(), detail));
        }
    }

    /**
     * Somebody has given the charger a command. Starts and stops of transactions are seen by what comes of them.
     *
     * @param result when it has ended, on the control thread
     */
    public void ordered(ChargerCommand command, CompletionStage<CommandResult> result) {
        int connectorId;
        String what;
        if (command instanceof ChargerCommand.ClearFaults clear) {
            connectorId = clear.connectorId();
            what = "clear faults";
        } else if (command instanceof ChargerCommand.Unlock unlock) {
            connectorId = unlock.connectorId();
            what = "unlock";
        } else if (command instanceof ChargerCommand.Pause pause) {
            connectorId = pause.connectorId();
            what = "pause";
        } else if (command instanceof ChargerCommand.Resume resume) {
            connectorId = resume.connectorId();
            what = "resume";
        } else if (command instanceof ChargerCommand.Reset reset) {
            connectorId = 0;
            what = reset.hard() ? "hard reset" : "soft reset";
        } else if (command instanceof ChargerCommand.BackOfficeConnection connection) {
            connectorId = 0;
            what = connection.connect() ? "connect to CSMS" : "disconnect from CSMS";
        } else {
            return;
        }
        result.thenAccept(end -> book.note("command " + what + connectorId, Kind.COMMAND, connectorId, what,
                end.outcome().name().toLowerCase(Locale.ROOT) + (end.reason().isEmpty() ? "" : ": " + end.reason())));
    }
}
