package dcocpp.controller.internal.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One entry of {@code connectors} in charger.json. */
@ObjectClassDefinition(name = "Charger: connector", description = "One gun. An edit is written into charger.json and takes effect "
        + "once no session runs.")
public @interface ConnectorConfig {

    String webconsole_configurationFactory_nameHint() default "connector {id} {label}";

    @AttributeDefinition(name = "generation", description = "Derived: the configuration this entry belongs to")
    long config_generation() default 0;

    @AttributeDefinition(name = "id", description = "Connector id, 1…n")
    int id() default 1;

    @AttributeDefinition(name = "plcId", description = "Address of its PLC, 0…15")
    int plcId() default 0;

    @AttributeDefinition(name = "label", description = "Name for people")
    String label() default "";

    @AttributeDefinition(name = "canInterface", description = "SocketCAN interface of its PLC")
    String canInterface() default "can0";

    @AttributeDefinition(name = "maxCurrentA", description = "Cable limit, A; 0 = not limited")
    double maxCurrentA() default 0;

    @AttributeDefinition(name = "maxPowerW", description = "Power limit, W; 0 = not limited")
    double maxPowerW() default 0;

    @AttributeDefinition(name = "minVoltageV", description = "Lowest output voltage, V")
    double minVoltageV() default 0;

    @AttributeDefinition(name = "maxVoltageV", description = "Highest output voltage, V; 0 = not limited")
    double maxVoltageV() default 0;

    @AttributeDefinition(name = "priority", description = "0 = normal; the share in a shortage is 1 + priority")
    int priority() default 0;

    @AttributeDefinition(name = "requireLock", description = "Energy only while the lock reports engaged; false: also without one")
    boolean requireLock() default true;

    @AttributeDefinition(name = "lockInputSwitch", description = "Switch input of the lock, 1…4")
    int lockInputSwitch() default 3;

    @AttributeDefinition(name = "meterSource", description = "plc: the meter's register; shunt: integrated voltage times current")
    String meterSource() default "plc";

    @AttributeDefinition(name = "meterScale", description = "Factor on all that is measured, above 0")
    double meterScale() default 1;

    @AttributeDefinition(name = "meterOffsetWh", description = "Added once, when the connector counts for the first time, Wh")
    double meterOffsetWh() default 0;

    @AttributeDefinition(name = "meterSampleIntervalSeconds", description = "Live sampling, s, at least 1")
    int meterSampleIntervalSeconds() default 30;

    @AttributeDefinition(name = "autochargePrefix", description = "Put before a vehicle's identity to make an idTag")
    String autochargePrefix() default "VID:";

    @AttributeDefinition(name = "autochargeSource", description = "EVMAC, EVCCID or both")
    String autochargeSource() default "both";
}
