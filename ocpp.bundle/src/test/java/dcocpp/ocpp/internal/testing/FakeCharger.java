package dcocpp.ocpp.internal.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.api.backoffice.Reservation;
import dcocpp.api.backoffice.TransactionVerdict;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.Token;
import dcocpp.api.planner.Plan;
import dcocpp.api.session.ChargerCommand;
import dcocpp.api.session.ChargerControl;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ChargerStatus;
import dcocpp.api.session.CommandResult;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.api.session.SessionPhase;
import dcocpp.api.session.SessionSnapshot;
import dcocpp.api.time.TimeSource;

/** The controller's side of the contracts, as a test wants it to be. */
public final class FakeCharger implements ChargerStatus, ChargerControl, BackOfficeInbox {

    /** What each gun can give. */
    public static final double MAX_POWER_W = 60_000;
    /** What all guns together can give. */
    public static final double SITE_POWER_W = 100_000;

    public final List<AuthorizationAnswer> answers = new CopyOnWriteArrayList<>();
    public final List<TransactionVerdict> verdicts = new CopyOnWriteArrayList<>();
    public final List<BackOfficeState> wishes = new CopyOnWriteArrayList<>();
    public final List<ChargerCommand> commands = new CopyOnWriteArrayList<>();
    public final List<CompletableFuture<CommandResult>> results = new CopyOnWriteArrayList<>();
    public volatile Duration plugInTimeout;
    /** Runs at each wish that is handed in. */
    public Runnable onWish = () -> { };
    public volatile BackOfficeLink link = BackOfficeLink.NONE;

    private final TimeSource time;
    private final Map<Integer, ConnectorSnapshot> connectors = new ConcurrentSkipListMap<>();
    private HardwareSnapshot.Condition condition = HardwareSnapshot.Condition.READY;
    private boolean present = true;
    private long obeyed = -1;
    private Set<Integer> endedReservations = Set.of();
    private MeterSample meter = FakeJournal.sample(5_000_000);

    public FakeCharger(TimeSource time, int count) {
        this.time = time;
        for (int id = 1; id <= count; id++) {
            connector(id, ConnectorStatus.AVAILABLE);
        }
    }

    /** What every meter shows from now on. */
    public void meter(MeterSample sample) {
        meter = sample;
        connectors.replaceAll((id, old) -> new ConnectorSnapshot(id, old.label(), old.status(), old.faults(), old.plugged(),
                old.gunContactorClosed(), old.lockEngaged(), old.session(), sample, old.slotIds(), old.moduleIds(), old.info(), old.maxPowerW()));
    }

    /** There is no controller. */
    public void vanish() {
        present = false;
    }

    /** There is one again. */
    public void appear() {
        present = true;
    }

    /** These reservations are over for the controller. */
    public void ended(Integer... reservationIds) {
        endedReservations = Set.of(reservationIds);
    }

    /** From now on the controller is behind: it goes on to obey what was wanted last until {@link #catchUp}. */
    public void fallBehind() {
        obeyed = state().number();
    }

    /** The controller obeys what is wanted. */
    public void catchUp() {
        obeyed = -1;
    }

    public void hardware(HardwareSnapshot.Condition newCondition) {
        condition = newCondition;
    }

    public void connector(int id, ConnectorStatus status, Fault... faults) {
        set(id, status, null, List.of(faults));
    }

    /** A session as a test makes it. */
    public void session(int id, ConnectorStatus status, SessionSnapshot session) {
        set(id, status, session, List.of());
    }

    /** A transaction of this id runs. */
    public void charging(int id, String transactionId, String idTag) {
        set(id, ConnectorStatus.CHARGING, session(transactionId, idTag, null), List.of());
    }

    /** A session that a remote start began waits for its vehicle. */
    public void remotelyStarted(int id, String idTag) {
        set(id, ConnectorStatus.PREPARING, new SessionSnapshot("s-" + idTag, SessionPhase.WAITING_FOR_VEHICLE,
                new Token(idTag, Token.Source.REMOTE_START), null, time.now(), null, null, 0, 0), List.of());
    }

    /** The transaction of a remote start runs. */
    public void remotelyCharging(int id, String transactionId, String idTag) {
        set(id, ConnectorStatus.CHARGING, new SessionSnapshot("s-" + idTag, SessionPhase.ENERGY,
                new Token(idTag, Token.Source.REMOTE_START), transactionId, time.now(), time.now(), null, 0, 0), List.of());
    }

    /** The transaction has ended, the car is still there. */
    public void finishing(int id, String transactionId, String idTag) {
        set(id, ConnectorStatus.FINISHING, session(transactionId, idTag, StopReason.LOCAL), List.of());
    }

    private SessionSnapshot session(String transactionId, String idTag, StopReason stop) {
        return new SessionSnapshot("s-" + transactionId, stop == null ? SessionPhase.ENERGY : SessionPhase.ENDED,
                new Token(idTag, Token.Source.RFID), transactionId, time.now(), time.now(), stop, 0, 0);
    }

    private void set(int id, ConnectorStatus status, SessionSnapshot session, List<Fault> faults) {
        connectors.put(id, new ConnectorSnapshot(id, "gun " + id, status, faults, session != null, session != null, session != null,
                session, meter, List.of(), List.of(), "", MAX_POWER_W));
    }

    @Override
    public Optional<ChargerSnapshot> latest() {
        if (!present) {
            return Optional.empty();
        }
        return Optional.of(new ChargerSnapshot(1, time.nanoTime(), time.now(), "sim", condition, "", List.copyOf(connectors.values()),
                List.of(), new PlanSnapshot(Plan.EMPTY, PlanSnapshot.State.FRESH, 0, 1, 0, 0), List.of(), link, SITE_POWER_W, "",
                obeyed < 0 ? state().number() : obeyed, endedReservations));
    }

    public ChargerSnapshot snapshot() {
        return latest().orElseThrow();
    }

    @Override
    public CompletionStage<CommandResult> submit(ChargerCommand command) {
        commands.add(command);
        CompletableFuture<CommandResult> result = new CompletableFuture<>();
        results.add(result);
        return result;
    }

    /** Connectors out of service; 0 is the whole charger, also while an update holds it back. */
    public Set<Integer> inoperative() {
        Set<Integer> outOfService = new TreeSet<>(state().inoperative());
        if (state().held()) {
            outOfService.add(0);
        }
        return outOfService;
    }

    /** What was last wanted. */
    private BackOfficeState state() {
        return wishes.isEmpty() ? BackOfficeState.NONE : wishes.get(wishes.size() - 1);
    }

    public List<Reservation> reservations() {
        return wishes.isEmpty() ? List.of() : wishes.get(wishes.size() - 1).reservations();
    }

    /** The limit schedules in force; none were ever told: none. */
    public List<LimitSchedule> limits() {
        return wishes.isEmpty() ? List.of() : wishes.get(wishes.size() - 1).limits();
    }

    /** What a gun may take (0: the site) by what was told, as the controller reads it, W; infinite = no limit. */
    public double limitW(int connectorId) {
        String transactionId = connectorId == 0 || connectors.get(connectorId).session() == null ? ""
                : String.valueOf(connectors.get(connectorId).session().transactionId());
        List<LimitSchedule> here = limits().stream().filter(one -> one.connectorId() == connectorId).toList();
        return here.stream().filter(one -> !one.transactionId().isEmpty() && one.transactionId().equals(transactionId)).findFirst()
                .or(() -> here.stream().filter(one -> one.transactionId().isEmpty()).findFirst())
                .map(one -> one.limitW(time.now())).orElse(Double.POSITIVE_INFINITY);
    }

    @Override
    public void wants(BackOfficeState state) {
        wishes.add(state);
        onWish.run();
    }

    @Override
    public void authorized(AuthorizationAnswer answer) {
        answers.add(answer);
    }

    @Override
    public void judged(TransactionVerdict verdict) {
        verdicts.add(verdict);
    }

    @Override
    public void plugInTimeout(Duration timeout) {
        plugInTimeout = timeout;
    }

    @Override
    public void link(BackOfficeLink newLink) {
        link = newLink;
    }
}
