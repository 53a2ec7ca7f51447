package dcocpp.console.internal.api;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.config.ConfigurationReport;
import dcocpp.api.hardware.BusState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.ModuleState;
import dcocpp.api.journal.MeterSample;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.ModuleInput;
import dcocpp.api.session.ChargerSnapshot;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ControlPace;
import dcocpp.api.session.PlanSnapshot;
import dcocpp.api.session.PlannerComparison;
import dcocpp.api.session.PlannerSnapshot;
import dcocpp.api.session.SessionSnapshot;
import dcocpp.api.update.InstallJob;
import dcocpp.console.internal.status.InstalledBundle;

/** The state of the charger as JSON. The names are a promise: they change only together with docs/openapi.yaml. */
final class StatusJson {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private StatusJson() {
    }

    /** @param nowNanos process time, for ages */
    static void putSnapshot(ObjectNode root, ChargerSnapshot snapshot, long nowNanos) {
        root.put("number", snapshot.number());
        root.put("at", snapshot.at().toString());
        root.put("busy", snapshot.busy());
        ObjectNode hardware = root.putObject("hardware");
        hardware.put("name", snapshot.hardwareName());
        hardware.put("condition", Json.camel(snapshot.hardwareCondition()));
        hardware.put("detail", snapshot.hardwareDetail());
        hardware.put("pending", snapshot.pending());
        ArrayNode buses = hardware.putArray("buses");
        snapshot.buses().forEach(bus -> putBus(buses.addObject(), bus));
        putLink(root.putObject("csms"), snapshot.backOffice());
        putPlan(root.putObject("plan"), snapshot.plan(), nowNanos);
        putPace(root.putObject("control"), snapshot.pace());
        ArrayNode planners = root.putArray("planners");
        snapshot.planners().forEach(planner -> putPlanner(planners.addObject(), planner, nowNanos));
        ArrayNode connectors = root.putArray("connectors");
        snapshot.connectors().forEach(connector -> putConnector(connectors.addObject(), connector));
        ArrayNode modules = root.putArray("modules");
        Map<String, ModuleInput> planned = planned(snapshot.plan());
        snapshot.modules().forEach(module -> putModule(modules.addObject(), module, planned.get(module.moduleId())));
    }

    private static void putBus(ObjectNode node, BusState bus) {
        node.put("interface", bus.interfaceName());
        Json.put(node, "loadPercent", bus.loadPercent());
        node.put("framesPerSecond", bus.framesPerSecond());
        node.put("lostFrames", bus.lostFrames());
        node.put("badFrames", bus.badFrames());
        node.put("sendGaps", bus.sendGaps());
    }

    private static void putLink(ObjectNode node, BackOfficeLink link) {
        node.put("state", Json.camel(link.state()));
        node.put("address", link.address());
        node.put("detail", link.detail());
        Json.put(node, "since", link.since());
        node.put("queuedMessages", link.queuedMessages());
    }

    private static void putPlan(ObjectNode node, PlanSnapshot plan, long nowNanos) {
        node.put("state", Json.camel(plan.state()));
        Json.put(node, "ageSeconds", (nowNanos - plan.acceptedNanos()) / NANOS_PER_SECOND);
        Json.put(node, "gridLimitW", plan.gridLimitW());
        Json.put(node, "plannedPowerW", plan.plan().totalPowerW());
        Json.put(node, "totalPowerW", plan.totalPowerW());
        node.put("refusedPlans", plan.refusedPlans());
        node.put("heldTicks", plan.heldTicks());
        node.put("unplannedTicks", plan.unplannedTicks());
        Json.putTexts(node, "closedBusContactors", plan.plan().closedBusContactors());
        ArrayNode islands = node.putArray("islands");
        for (Island island : plan.plan().islands()) {
            ObjectNode entry = islands.addObject();
            entry.put("connectorId", island.connectorId());
            Json.putNumbers(entry, "slotIds", island.slotIds());
            Json.putTexts(entry, "moduleIds", island.moduleIds());
            Json.put(entry, "powerW", island.powerW());
            Json.put(entry, "currentA", island.currentA());
            Json.put(entry, "voltageV", island.voltageV());
            entry.put("reason", Json.camel(island.reason()));
        }
    }

    private static void putPace(ObjectNode node, ControlPace pace) {
        node.put("ticks", pace.ticks());
        Json.put(node, "longestTickMs", pace.longestNanos() / NANOS_PER_MILLI);
        node.put("overruns", pace.overruns());
    }

    private static void putPlanner(ObjectNode node, PlannerSnapshot planner, long nowNanos) {
        node.put("bundleId", planner.bundleId());
        node.put("symbolicName", planner.symbolicName());
        node.put("version", planner.version());
        node.put("location", planner.location());
        node.put("role", Json.camel(planner.role()));
        node.put("plans", planner.plans());
        Json.put(node, "roleSeconds", (nowNanos - planner.sinceNanos()) / NANOS_PER_SECOND);
        node.put("reason", planner.reason());
        planner.comparison().ifPresent(comparison -> putComparison(node.putObject("comparison"), comparison));
    }

    private static void putComparison(ObjectNode node, PlannerComparison comparison) {
        node.put("against", comparison.against());
        node.put("cycles", comparison.cycles());
        node.put("differentCycles", comparison.differentCycles());
        ArrayNode guns = node.putArray("guns");
        for (PlannerComparison.Gun gun : comparison.guns()) {
            ObjectNode entry = guns.addObject().put("connectorId", gun.connectorId());
            Json.put(entry, "meanW", gun.meanW());
            Json.put(entry, "greatestW", gun.greatestW());
        }
        putEffort(node.putObject("active"), comparison.active());
        putEffort(node.putObject("candidate"), comparison.candidate());
    }

    private static void putEffort(ObjectNode node, PlannerComparison.Effort effort) {
        node.put("operations", effort.operations());
        Json.put(node, "medianMs", effort.medianNanos() / NANOS_PER_MILLI);
        Json.put(node, "p99Ms", effort.p99Nanos() / NANOS_PER_MILLI);
        Json.put(node, "maxMs", effort.maxNanos() / NANOS_PER_MILLI);
    }

    private static void putConnector(ObjectNode node, ConnectorSnapshot connector) {
        node.put("id", connector.connectorId());
        node.put("label", connector.label());
        node.put("status", Json.ocpp(connector.status()));
        node.put("info", connector.info());
        node.put("plugged", connector.plugged());
        node.put("gunContactorClosed", connector.gunContactorClosed());
        node.put("lockEngaged", connector.lockEngaged());
        ArrayNode faults = node.putArray("faults");
        for (Fault fault : connector.faults()) {
            faults.addObject().put("cause", Json.camel(fault.cause())).put("detail", fault.detail());
        }
        Json.putNumbers(node, "slotIds", connector.slotIds());
        Json.putTexts(node, "moduleIds", connector.moduleIds());
        putSample(node.putObject("live"), connector.live());
        if (connector.session() != null) {
            putSession(node.putObject("session"), connector.session());
        }
    }

    static void putSample(ObjectNode node, MeterSample sample) {
        node.put("registerMilliWh", sample.registerMilliWh());
        Json.put(node, "powerW", sample.powerW());
        Json.put(node, "voltageV", sample.voltageV());
        Json.put(node, "currentA", sample.currentA());
        Json.put(node, "socPercent", sample.socPercent());
        Json.put(node, "temperatureC", sample.temperatureC());
        Json.put(node, "offeredPowerW", sample.offeredPowerW());
        Json.put(node, "offeredCurrentA", sample.offeredCurrentA());
    }

    private static void putSession(ObjectNode node, SessionSnapshot session) {
        node.put("id", session.sessionId());
        node.put("phase", Json.camel(session.phase()));
        if (session.token() != null) {
            node.put("idTag", session.token().idTag());
            node.put("tokenSource", Json.camel(session.token().source()));
        }
        Json.put(node, "transactionId", session.transactionId());
        node.put("transactionActive", session.transactionActive());
        node.put("createdAt", session.createdAt().toString());
        Json.put(node, "startedAt", session.startedAt());
        if (session.stopReason() != null) {
            node.put("stopReason", Json.ocpp(session.stopReason()));
        }
        node.put("meterStartMilliWh", session.meterStartMilliWh());
        node.put("energyMilliWh", session.energyMilliWh());
    }

    /** Modules as the planner knows them; none before the first plan. */
    private static Map<String, ModuleInput> planned(PlanSnapshot plan) {
        return plan.input() == null ? Map.of() : plan.input().slots().stream().flatMap(slot -> slot.modules().stream())
                .collect(Collectors.toMap(ModuleInput::moduleId, Function.identity(), (one, other) -> one));
    }

    private static void putModule(ObjectNode node, ModuleState module, ModuleInput planned) {
        node.put("id", module.moduleId());
        node.put("healthy", module.healthy());
        node.put("regulating", module.on());
        Json.put(node, "voltageV", module.voltageV());
        Json.put(node, "currentA", module.currentA());
        Json.put(node, "temperatureC", module.temperatureC());
        node.put("detail", module.detail());
        if (planned != null) {
            Json.put(node, "hours", planned.hours());
            node.put("operations", planned.cycles());
        }
    }

    static void putConfiguration(ObjectNode node, ConfigurationReport report) {
        node.put("file", report.file());
        node.put("generation", report.generation());
        Json.put(node, "appliedAt", report.appliedAt());
        ArrayNode findings = node.putArray("findings");
        for (ConfigurationReport.Finding finding : report.findings()) {
            findings.addObject().put("severity", Json.camel(finding.severity())).put("pointer", finding.pointer())
                    .put("problem", finding.problem()).put("remedy", finding.remedy());
        }
    }

    static void putBundles(ArrayNode array, List<InstalledBundle> bundles) {
        for (InstalledBundle bundle : bundles) {
            array.addObject().put("id", bundle.id()).put("name", bundle.name()).put("version", bundle.version())
                    .put("state", bundle.state()).put("location", bundle.location());
        }
    }

    static void putJobs(ArrayNode array, List<InstallJob> jobs) {
        jobs.forEach(job -> array.add(job(job)));
    }

    static ObjectNode job(InstallJob job) {
        return Json.object().put("id", job.jobId()).put("symbolicName", job.symbolicName()).put("version", job.version())
                .put("sha256", job.sha256()).put("state", Json.camel(job.state())).put("reason", job.reason())
                .put("changedAt", job.changedAt().toString());
    }
}
