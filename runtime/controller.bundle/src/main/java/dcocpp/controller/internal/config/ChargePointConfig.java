package dcocpp.controller.internal.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The {@code chargePoint} and {@code timeouts} parts of charger.json, as far as the controller reads them. */
@ObjectClassDefinition(name = "Charger: charge point", description = "chargePoint, timeouts and metering of charger.json. "
        + "An edit here is written into that file; derived values (hardware, folders) are put back.")
public @interface ChargePointConfig {

    @AttributeDefinition(name = "id", description = "Name of the charger at the back office, 1 to 48 characters")
    String id() default "chargepoint-1";

    @AttributeDefinition(name = "hardware", description = "Derived: which hardware bundle drives the cabinet")
    String hardware() default "sim";

    @AttributeDefinition(name = "databaseDir", description = "Folder of the databases; a change takes effect at the next start")
    String databaseDir() default "";

    @AttributeDefinition(name = "authorizationSeconds", description = "How long a session waits for a token, s")
    int authorizationSeconds() default 1800;

    @AttributeDefinition(name = "powerRequestSeconds",
            description = "How long an authorized session waits until the vehicle asks for energy, s")
    int powerRequestSeconds() default 60;

    @AttributeDefinition(name = "journalFaultSeconds",
            description = "How long sessions go on while the journal cannot be written, s; 0 = without limit")
    int journalFaultSeconds() default 0;

    @AttributeDefinition(name = "telemetryTimeoutMs", description = "Age of the vehicle's data that ends a session, ms")
    int telemetryTimeoutMs() default 2000;
}
