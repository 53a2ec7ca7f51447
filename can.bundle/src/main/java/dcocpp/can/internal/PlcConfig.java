package dcocpp.can.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What the firmware of the PLCs expects; the block {@code plc} of charger.json and some of {@code timeouts}, key by key. */
@ObjectClassDefinition(name = "DC OCPP: PLC bus", description = "What the firmware of the PLCs expects. Supplied from charger.json.")
@interface PlcConfig {

    @AttributeDefinition(name = "CRC used", description = "false: as crcMode legacy, with a warning.")
    boolean useCRC8() default true;

    @AttributeDefinition(name = "CRC mode", description = "strict: a wrong or missing CRC drops the frame. legacy: byte 7 may be 0.",
            options = {@Option(label = "strict", value = "strict"), @Option(label = "legacy", value = "legacy")})
    String crcMode() default "strict";

    @AttributeDefinition(name = "Protocol version",
            description = "Announced to each PLC before any relay closes: 1 to 255, or none for firmware that does not know the exchange.")
    String protoVersion() default "1";

    @AttributeDefinition(name = "Power stage", description = "HLC stage from which the vehicle waits for power: 9, older firmware 4.")
    int hlcPowerStage() default 9;

    @AttributeDefinition(name = "Gun contactor owned by the PLC", description = "The PLC closes it by itself, the host only permits it.")
    boolean gunRelayOwnedByPlc() default false;

    @AttributeDefinition(name = "Module relays", description = "The PLC switches the module contactors.")
    boolean moduleRelaysEnabled() default true;

    @AttributeDefinition(name = "GCMC mirror", description = "Repeats each RelayControl as GCMC_Command; costs as much bus again.")
    boolean gcmcMirror() default false;

    @AttributeDefinition(name = "Vehicle limits cap the offer", description = "Voltage and current in EVDC_MaxLimits bound what is offered.")
    boolean evLimitsAsCap() default true;

    @AttributeDefinition(name = "Safety debounce", description = "A fault counts at once, its end after this time. 0 to 1000 ms.")
    int safetyDebounceMs() default 50;

    @AttributeDefinition(name = "Ring actuation", description = "The PLC of each slot switches its bus contactor MC, asked by MC_REQ of"
            + " GCMC_Command, and reports it in GCMC_Status. Takes effect when the hardware is opened next.")
    boolean ringActuation() default false;

    @AttributeDefinition(name = "Limit acknowledge", description = "Age of the PLC's last acknowledge of the limits that is a fault, ms.")
    int evseLimitAckMs() default 1500;

    @AttributeDefinition(name = "Gap of present values", description = "Gap between our own EVSE_DC_Present that is a fault, ms.")
    int plcPresentWarnMs() default 1000;

    @AttributeDefinition(name = "Gap of limits", description = "Gap between our own EVSE_DC_MaxLimits after which nothing is offered, ms.")
    int plcLimitsWarnMs() default 1500;
}
