package dcocpp.controller.internal.config;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

import dcocpp.api.planner.PlannerSettings;

/** The site's limits and the planner's settings in force. From any thread. */
@Component(service = SiteSettings.class, configurationPid = "dcocpp.planner", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SiteConfig.class)
public final class SiteSettings {

    private static final long BYTES_PER_MEGABYTE = 1_000_000;

    private volatile Values values;

    @Activate
    public SiteSettings(SiteConfig config) {
        values = Values.of(config);
    }

    @Modified
    public void modified(SiteConfig config) {
        values = Values.of(config);
    }

    /** What is in force now; one consistent value. */
    public Values values() {
        return values;
    }

    /**
     * The settings as one value.
     *
     * @param gridLimitW what all guns may draw, W; infinite = explicitly not limited
     * @param defaultVoltageV voltage before the vehicle names one, V
     * @param openCurrentA current below which a contactor may open, A
     * @param prechargeToleranceV largest difference across a closing contactor, V
     * @param prechargeTimeoutMs longest precharge, ms
     * @param planner what the planner gets
     * @param recordMaxBytes most disk space of a recording of planner inputs, bytes; 0 = nothing is recorded
     */
    public record Values(double gridLimitW, double defaultVoltageV, double openCurrentA, double prechargeToleranceV,
            int prechargeTimeoutMs, PlannerSettings planner, long recordMaxBytes) {

        static Values of(SiteConfig config) {
            double gridLimitW = gridLimitW(config.gridLimitKW());
            PlannerSettings planner = new PlannerSettings(config.allowCrossSlotIslands(), config.maxModulesPerGun(),
                    Math.min(config.minModulesPerActiveGun(), config.maxModulesPerGun()), config.maxIslandRadius(),
                    config.minModuleHoldMs(), config.minMcHoldMs(), config.minGcHoldMs(), config.repartitionGainKW() * 1000,
                    config.repartitionGainPercent(), config.repartitionPersistMs(), config.repartitionMinIntervalMs(),
                    config.lendPlugged());
            return new Values(gridLimitW, config.defaultVoltageV(), Math.min(config.mcOpenCurrentA(), config.gcOpenCurrentA()),
                    config.prechargeVoltageToleranceV(), config.prechargeTimeoutMs(), planner,
                    config.record() ? Math.max(1, config.recordMaxMB()) * BYTES_PER_MEGABYTE : 0);
        }

        /** Nothing may be drawn until a limit is given: only the explicit word means that there is none. */
        private static double gridLimitW(String kilowatts) {
            if (kilowatts.equalsIgnoreCase("unlimited")) {
                return Double.POSITIVE_INFINITY;
            }
            try {
                double watts = Double.parseDouble(kilowatts) * 1000;
                return watts >= 0 ? watts : 0;
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }
}
