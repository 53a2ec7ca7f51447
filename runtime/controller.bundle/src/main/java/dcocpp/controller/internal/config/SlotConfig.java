package dcocpp.controller.internal.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One entry of {@code slots} in charger.json; the modules are parallel arrays. */
@ObjectClassDefinition(name = "Charger: slot of the ring", description = "One slot with its contactors and modules. An edit is "
        + "written into charger.json and takes effect once no session runs.")
public @interface SlotConfig {

    String webconsole_configurationFactory_nameHint() default "slot {id}";

    @AttributeDefinition(name = "generation", description = "Derived: the configuration this entry belongs to")
    long config_generation() default 0;

    @AttributeDefinition(name = "id", description = "Slot id")
    int id() default 1;

    @AttributeDefinition(name = "gunId", description = "Connector of this slot; 0 = none")
    int gunId() default 0;

    @AttributeDefinition(name = "gc", description = "Name of the gun contactor")
    String gc() default "";

    @AttributeDefinition(name = "mc", description = "Name of the bus contactor to the clockwise neighbour")
    String mc() default "";

    @AttributeDefinition(name = "cw", description = "Clockwise neighbour")
    int cw() default 0;

    @AttributeDefinition(name = "ccw", description = "Counter-clockwise neighbour")
    int ccw() default 0;

    @AttributeDefinition(name = "open", description = "The ring is open clockwise of this slot")
    boolean open() default false;

    @AttributeDefinition(name = "moduleIds", description = "Power modules of this slot")
    String[] moduleIds() default {};

    @AttributeDefinition(name = "moduleContactors", description = "Their contactors MN")
    String[] moduleContactors() default {};

    @AttributeDefinition(name = "moduleTypes", description = "Their driver types; empty = switched by the PLC")
    String[] moduleTypes() default {};

    @AttributeDefinition(name = "moduleAddresses", description = "Their bus addresses; -1 = none")
    int[] moduleAddresses() default {};

    @AttributeDefinition(name = "moduleGroups", description = "Their address groups")
    int[] moduleGroups() default {};

    @AttributeDefinition(name = "moduleCanInterfaces", description = "The interfaces of their drivers")
    String[] moduleCanInterfaces() default {};

    @AttributeDefinition(name = "moduleRatedPowerKW", description = "Their rated power, kW")
    double[] moduleRatedPowerKW() default {};

    @AttributeDefinition(name = "moduleRatedCurrentA", description = "Their rated current, A; 0 = not given")
    double[] moduleRatedCurrentA() default {};
}
