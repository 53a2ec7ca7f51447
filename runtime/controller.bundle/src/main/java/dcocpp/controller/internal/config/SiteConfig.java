package dcocpp.controller.internal.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The {@code planner} part and the site's limits of charger.json. */
@ObjectClassDefinition(name = "Charger: planner and site limits", description = "Limits of the site and rules of the power planner. "
        + "An edit here is checked, written into charger.json and in force at once.")
public @interface SiteConfig {

    @AttributeDefinition(name = "gridLimitKW", description = "What all guns together may draw, kW, above 0; or unlimited")
    String gridLimitKW() default "0";

    @AttributeDefinition(name = "defaultVoltageV", description = "Voltage assumed before the vehicle names one, V, above 0")
    double defaultVoltageV() default 800;

    @AttributeDefinition(name = "allowCrossSlotIslands", description = "A gun may use the modules of neighbouring slots")
    boolean allowCrossSlotIslands() default false;

    @AttributeDefinition(name = "maxModulesPerGun", description = "Most power modules for one gun, at least 1")
    int maxModulesPerGun() default 2;

    @AttributeDefinition(name = "minModulesPerActiveGun", description = "Fewest power modules of a gun that charges")
    int minModulesPerActiveGun() default 1;

    @AttributeDefinition(name = "maxIslandRadius", description = "How many slots away a gun may borrow, at least 1")
    int maxIslandRadius() default 6;

    @AttributeDefinition(name = "minModuleHoldMs", description = "A module contactor stays as it is at least so long, ms")
    int minModuleHoldMs() default 1000;

    @AttributeDefinition(name = "minMcHoldMs", description = "A bus contactor stays as it is at least so long, ms")
    int minMcHoldMs() default 1000;

    @AttributeDefinition(name = "minGcHoldMs", description = "A gun contactor stays as it is at least so long, ms")
    int minGcHoldMs() default 500;

    @AttributeDefinition(name = "mcOpenCurrentA", description = "Current below which bus and module contactors may open, A")
    double mcOpenCurrentA() default 1;

    @AttributeDefinition(name = "gcOpenCurrentA", description = "Current below which a gun contactor may open, A")
    double gcOpenCurrentA() default 1;

    @AttributeDefinition(name = "prechargeVoltageToleranceV",
            description = "Largest difference between bus and vehicle when a contactor closes, V")
    double prechargeVoltageToleranceV() default 20;

    @AttributeDefinition(name = "prechargeTimeoutMs", description = "Longest precharge, ms")
    int prechargeTimeoutMs() default 7000;

    @AttributeDefinition(name = "lendPlugged", description = "Slots with a vehicle but without a session may be lent")
    boolean lendPlugged() default false;

    @AttributeDefinition(name = "repartitionGainKW", description = "Gain of the worst-served gun worth switching for, kW")
    double repartitionGainKW() default 5;

    @AttributeDefinition(name = "repartitionGainPercent", description = "The same in percent")
    double repartitionGainPercent() default 10;

    @AttributeDefinition(name = "repartitionPersistMs", description = "How long the gain must persist, ms")
    int repartitionPersistMs() default 3000;

    @AttributeDefinition(name = "repartitionMinIntervalMs", description = "Least time between two re-partitions, ms")
    int repartitionMinIntervalMs() default 15000;

    @AttributeDefinition(name = "record", description = "Planner inputs are recorded in log/planner of the data folder")
    boolean record() default false;

    @AttributeDefinition(name = "recordMaxMB", description = "Most disk space of the recording, MB, at least 1")
    int recordMaxMB() default 100;
}
