package dcocpp.ocpp.internal.smartcharging;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.backoffice.LimitSchedule;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.time.TimeSource;
import dcocpp.ocpp.internal.config.Configuration;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.feature.Controller;
import dcocpp.ocpp.internal.feature.Environment;
import dcocpp.ocpp.internal.feature.Feature;
import dcocpp.ocpp.internal.feature.Triggers;
import dcocpp.ocpp.internal.feature.Wishes;
import dcocpp.ocpp.internal.message.OcppTime;
import dcocpp.ocpp.internal.rpc.FrameCodec;
import dcocpp.ocpp.internal.rpc.Reply;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Purpose;
import dcocpp.ocpp.internal.smartcharging.ChargingProfile.Unit;
import dcocpp.ocpp.internal.store.StoreException;
import dcocpp.ocpp.internal.transaction.TransactionTable;

/**
 * The profile SmartCharging of OCPP 1.6: keeps charging profiles, ties TxProfiles to their transactions, and tells the controller what
 * all of them together allow. A call is answered when its effect is on the disk and before it is in force. Used on the owner thread only.
 */
public final class SmartCharging implements Feature {
    private static final Logger LOG = LoggerFactory.getLogger(SmartCharging.class);

    private static final List<String> CLEAR_CRITERIA = List.of("id", "connectorId", "chargingProfilePurpose", "stackLevel");

    /** Time passes the horizon of what the controller was told, profiles end, the machine's clock may be set. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    /** The wall clock was set when it is off by more than this from where the process clock has it. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);

    private final Controller controller;
    private final Configuration configuration;
    private final TransactionTable transactions;
    private final Wishes wishes;
    private final FrameCodec codec;
    private final TimeSource time;
    private final ScheduledExecutorService owner;
    private final ProfileRules rules;
    private final ProfileStore profiles;
    private final RemoteStarts remoteStarts;
    /** When the running transactions began, by our id. */
    private final Map<String, Instant> begins = new HashMap<>();
    /** What the controller was told, and of what it was made; null = nothing yet. */
    private LimitPlan plan;
    private List<LimitSchedule> told = List.of();
    /** Since when the back office is away, process time; null while it is not. */
    private Long awaySinceNanos;
    private ScheduledFuture<?> timer;
    private boolean stopped;

    public SmartCharging(Environment environment) {
        controller = environment.controller();
        configuration = environment.configuration();
        transactions = environment.transactions();
        wishes = environment.wishes();
        codec = environment.codec();
        time = environment.time();
        owner = environment.owner();
        rules = new ProfileRules(configuration);
        profiles = new ProfileStore(environment.store(), codec);
        remoteStarts = new RemoteStarts(profiles, configuration, time);
    }

    @Override
    public Optional<String> profile() {
        return Optional.of("SmartCharging");
    }

    @Override
    public void register(Calls calls, Triggers triggers) {
        calls.on("SetChargingProfile", this::set);
        calls.on("ClearChargingProfile", this::clear);
        calls.on("GetCompositeSchedule", this::composite);
    }

    @Override
    public void start() {
        awaySinceNanos = time.nanoTime();
        controller.snapshot().ifPresent(this::settle);
        tell();
        lookAgainLater();
    }

    @Override
    public void onAccepted() {
        awaySinceNanos = null;
        refresh();
    }

    @Override
    public void onDisconnected() {
        if (awaySinceNanos == null) {
            awaySinceNanos = time.nanoTime();
        }
        refresh();
    }

    @Override
    public void onChanged(ChargerSnapshot snapshot) {
        refresh();
    }

    @Override
    public void onKeyChanged(String key) {
        refresh();
    }

    @Override
    public void onClockSet() {
        refresh();
    }

    @Override
    public void stop() {
        stopped = true;
        cancelTimer();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    // ---- the calls

    private void set(ObjectNode payload, Reply reply) {
        ObjectNode body = (ObjectNode) payload.get("csChargingProfiles");
        ChargingProfile profile = read(payload.get("connectorId").intValue(), body);
        if (!rules.supported(profile)) {
            LOG.warn("Charging profile {} is not supported: {}", profile.id(), profile.purpose());
            reply.status("NotSupported");
            return;
        }
        Optional<String> transactionId = profile.purpose() == Purpose.TxProfile ? transactionFor(profile) : Optional.of("");
        Optional<String> fault = rules.fault(profile)
                .or(() -> transactionId.isEmpty() ? Optional.of("its transaction does not run there") : Optional.empty());
        boolean taken = install(profile, fault, transactionId.orElse(""), "", body);
        reply.status(taken ? "Accepted" : "Rejected");
        refresh();
    }

    private ChargingProfile read(int connectorId, ObjectNode body) {
        ObjectNode schedule = (ObjectNode) body.get("chargingSchedule");
        if (!schedule.hasNonNull("startSchedule") && configuration.flag("AllowChargingProfileWithoutStartSchedule")) {
            schedule.put("startSchedule", OcppTime.format(time.now()));
        }
        return ProfileReader.read(connectorId, body);
    }

    /** Our id of the transaction that a TxProfile is for; empty if it does not run. */
    private Optional<String> transactionFor(ChargingProfile profile) {
        return controller.connector(profile.connectorId()).flatMap(SmartCharging::transaction)
                .filter(transactionId -> mayBe(transactionId, profile.remoteTransactionId()));
    }

    /** A back office may name a transaction before we have read its answer to StartTransaction: it is taken at its word until then. */
    private boolean mayBe(String transactionId, Integer remoteId) {
        Integer known = transactions.find(transactionId).map(found -> found.remoteId()).orElse(null);
        return remoteId == null || known == null || known.equals(remoteId);
    }

    private static Optional<String> transaction(ConnectorSnapshot connector) {
        return Optional.ofNullable(connector.session()).filter(session -> session.transactionActive())
                .map(session -> session.transactionId());
    }

    /** Puts a profile in force unless there is a fault or no room; on disk when it returns. */
    private boolean install(ChargingProfile profile, Optional<String> fault, String transactionId, String remoteStartTag, ObjectNode body) {
        List<InstalledProfile> instead = profiles.all().stream()
                .filter(old -> profile.replaces(old.profile()) || old.profile().over(time.now())).toList();
        boolean full = profiles.all().size() - instead.size() >= configuration.number("MaxChargingProfilesInstalled");
        Optional<String> reason = fault.or(() -> full ? Optional.of("MaxChargingProfilesInstalled is reached") : Optional.empty());
        if (reason.isPresent()) {
            LOG.warn("Charging profile {} is rejected: {}", profile.id(), reason.get());
            return false;
        }
        profiles.put(new InstalledProfile(profile, transactionId, remoteStartTag, codec.writePayload(body)), instead);
        LOG.info("Charging profile {} ({}, level {}) is installed at connector {}", profile.id(), profile.purpose(), profile.stackLevel(),
                profile.connectorId());
        return true;
    }

    private void clear(ObjectNode payload, Reply reply) {
        Predicate<InstalledProfile> matches = installed -> true;
        if (payload.hasNonNull("id")) {
            // OCPP 1.6, 6.13: the id says it all, other criteria do not count.
            matches = installed -> installed.profile().id() == payload.get("id").intValue();
        } else {
            if (payload.hasNonNull("connectorId")) {
                matches = matches.and(installed -> installed.profile().connectorId() == payload.get("connectorId").intValue());
            }
            if (payload.hasNonNull("chargingProfilePurpose")) {
                matches = matches.and(
                        installed -> installed.profile().purpose().name().equals(payload.get("chargingProfilePurpose").textValue()));
            }
            if (payload.hasNonNull("stackLevel")) {
                matches = matches.and(installed -> installed.profile().stackLevel() == payload.get("stackLevel").intValue());
            }
        }
        boolean cleared = profiles.removeIf(matches);
        boolean everything = CLEAR_CRITERIA.stream().noneMatch(payload::hasNonNull);
        reply.status(cleared || everything ? "Accepted" : "Unknown");
        bringUpToDate(true);
    }

    private void composite(ObjectNode payload, Reply reply) {
        int connectorId = payload.get("connectorId").intValue();
        int duration = Math.min(payload.get("duration").intValue(), configuration.number("MaxCompositeScheduleDuration"));
        Optional<Unit> unit = payload.hasNonNull("chargingRateUnit")
                ? Optional.of(Unit.valueOf(payload.get("chargingRateUnit").textValue())).filter(rules::allowed)
                : firstUnit();
        Optional<Timeline> timeline = controller.snapshot().flatMap(snapshot -> connectorId == 0
                ? Optional.of(whole(snapshot))
                : snapshot.connector(connectorId).map(this::gun));
        if (timeline.isEmpty() || unit.isEmpty() || duration < 0) {
            reply.status("Rejected");
            return;
        }
        ObjectNode answer = codec.newPayload().put("status", "Accepted").put("connectorId", connectorId);
        CompositeReport.write(answer, timeline.get(), time.now(), duration, unit.get(), supply(),
                Math.max(1, configuration.number("ChargingScheduleMaxPeriods")));
        reply.result(answer);
    }

    private Optional<Unit> firstUnit() {
        return configuration.list("ChargingScheduleAllowedChargingRateUnit").stream().findFirst()
                .map(name -> name.equals(Unit.A.keyName()) ? Unit.A : Unit.W);
    }

    /** What this gun may take, as the transaction that runs, or as one that would begin now. */
    private Timeline gun(ConnectorSnapshot connector) {
        Instant begin = transaction(connector).map(transactionId -> begin(transactionId, connector)).orElse(time.now());
        return present().gun(connector.connectorId(), begin).atMost(Timeline.constant(connector.maxPowerW()));
    }

    private Timeline whole(ChargerSnapshot snapshot) {
        return Timeline.sum(snapshot.connectors().stream().map(this::gun).toList())
                .atMost(present().site()).atMost(Timeline.constant(snapshot.maxPowerW()));
    }

    // ---- remote starts

    /**
     * Takes the charging profile of a remote start that is otherwise possible; it waits for that start's transaction.
     *
     * @return false if it cannot be taken: the remote start is Rejected. True without a profile.
     */
    public boolean takeProfileOf(ObjectNode remoteStart) {
        if (!remoteStart.hasNonNull("chargingProfile")) {
            return true;
        }
        ObjectNode body = (ObjectNode) remoteStart.get("chargingProfile");
        ChargingProfile profile = read(remoteStart.path("connectorId").intValue(), body);
        Optional<String> fault = rules.fault(profile);
        if (profile.purpose() != Purpose.TxProfile || profile.remoteTransactionId() != null || !rules.supported(profile)) {
            // OCPP 1.6, 5.11: it must be a TxProfile, and its transaction is not there yet.
            fault = Optional.of("it is no TxProfile for a transaction that is to begin");
        }
        boolean taken = install(profile, fault, "", remoteStart.get("idTag").textValue(), body);
        if (taken) {
            remoteStarts.begun(profile.id());
            // After the answer.
            owner.execute(this::refresh);
        }
        return taken;
    }

    /** A remote start came to nothing, and so does the profile that came with it. */
    public void remoteStartFailed(ObjectNode remoteStart) {
        if (remoteStart.hasNonNull("chargingProfile")) {
            int id = remoteStart.get("chargingProfile").get("chargingProfileId").intValue();
            profiles.removeIf(installed -> installed.waits() && installed.profile().id() == id);
        }
    }

    // ---- what is in force

    /** Brings everything up to date; what cannot be kept now is tried again. */
    private void refresh() {
        bringUpToDate(false);
    }

    /** @param anew the controller is told though nothing is other than it was: it may know limits of which we have lost the profiles */
    private void bringUpToDate(boolean anew) {
        if (stopped) {
            return;
        }
        try {
            controller.snapshot().ifPresent(this::settle);
            if (anew) {
                wishes.renew();
            }
            if (tell() || anew) {
                wishes.publish();
            }
        } catch (StoreException e) {
            LOG.error("The limits are not up to date: {}", e.getMessage());
        }
        lookAgainLater();
    }

    /** Hands the limits in, which is much to compute only when something has changed; returns whether they are others now. */
    private boolean tell() {
        LimitPlan fresh = plan();
        if (fresh.equals(plan)) {
            return false;
        }
        List<LimitSchedule> limits = fresh.schedules();
        boolean others = !limits.equals(told);
        wishes.limits(limits);
        plan = fresh;
        told = limits;
        return others;
    }

    private void lookAgainLater() {
        cancelTimer();
        if (!profiles.all().isEmpty()) {
            long untilForgotten = untilForgottenNanos();
            long delay = untilForgotten > 0 ? Math.min(untilForgotten, LOOK_AGAIN.toNanos()) : LOOK_AGAIN.toNanos();
            timer = owner.schedule(this::refresh, delay, TimeUnit.NANOSECONDS);
        }
    }

    /** How long profiles still count without the back office; 0 = no more. */
    private long untilForgottenNanos() {
        long timeout = TimeUnit.SECONDS.toNanos(configuration.number("ProfileTimeout"));
        return timeout == 0 || awaySinceNanos == null ? Long.MAX_VALUE : Math.max(0, timeout - (time.nanoTime() - awaySinceNanos));
    }

    /** TxProfiles come and go with their transactions. */
    private void settle(ChargerSnapshot snapshot) {
        remoteStarts.settle(snapshot);
        profiles.removeIf(installed -> !installed.transactionId().isEmpty()
                && (snapshot.connector(installed.profile().connectorId()).flatMap(SmartCharging::transaction)
                        .filter(installed.transactionId()::equals).isEmpty()
                        || !mayBe(installed.transactionId(), installed.profile().remoteTransactionId())));
        begins.keySet().retainAll(snapshot.connectors().stream().flatMap(connector -> transaction(connector).stream()).toList());
    }

    private LimitPlan plan() {
        boolean forgotten = untilForgottenNanos() == 0;
        Map<Integer, LimitPlan.Running> running = new HashMap<>();
        controller.snapshot().ifPresent(snapshot -> snapshot.connectors().forEach(connector -> transaction(connector).ifPresent(
                transactionId -> running.put(connector.connectorId(),
                        new LimitPlan.Running(transactionId, begin(transactionId, connector))))));
        return new LimitPlan(composite(installed -> !forgotten && installed.profile().purpose() != Purpose.TxProfile),
                composite(installed -> !forgotten && installed.counts()), configuration.number("NumberOfConnectors"), running, time.now());
    }

    private Composite present() {
        return composite(InstalledProfile::counts);
    }

    private Composite composite(Predicate<InstalledProfile> which) {
        return new Composite(profiles.all().stream().filter(which).map(InstalledProfile::profile).toList(), supply());
    }

    private Supply supply() {
        return new Supply(configuration.number("SupplyVoltage"), configuration.number("CompositeScheduleDefaultNumberPhases"));
    }

    /** In today's wall time, also when the clock was set since; the same each time as long as it is not. */
    private Instant begin(String transactionId, ConnectorSnapshot connector) {
        Instant begin = transactions.find(transactionId)
                .map(found -> time.now().minusNanos(time.nanoTime() - found.startedNanos())).orElse(connector.session().startedAt());
        return begins.merge(transactionId, begin.truncatedTo(ChronoUnit.MILLIS), (old, fresh) ->
                Duration.between(old, fresh).abs().compareTo(CLOCK_TOLERANCE) > 0 ? fresh : old);
    }
}
