package dcocpp.hwsim.internal.physics;

import java.util.Objects;

/**
 * A car that comes to a gun.
 *
 * @param model what car it is
 * @param socPercent state of charge it comes with, %
 * @param targetSocPercent state of charge at which it ends the charge, %
 * @param identity what it tells about itself
 * @param stages how long its conversation with the PLC takes
 */
public record PlugIn(CarModel model, double socPercent, double targetSocPercent, Identity identity, StageTimes stages) {

    public PlugIn {
        Objects.requireNonNull(model);
        Objects.requireNonNull(identity);
        Objects.requireNonNull(stages);
        if (!(socPercent >= 0 && socPercent <= 100) || !(targetSocPercent >= 0 && targetSocPercent <= 100)) {
            throw new IllegalArgumentException("state of charge " + socPercent + " % and target " + targetSocPercent
                    + " % are between 0 and 100");
        }
    }

    /** One whose conversation is short: whoever comes in a test or a demonstration is not waited for. */
    public PlugIn(CarModel model, double socPercent, double targetSocPercent, Identity identity) {
        this(model, socPercent, targetSocPercent, identity, StageTimes.SHORT);
    }
}
