package dcocpp.api.planner;

import java.util.List;
import java.util.Objects;

/**
 * Everything a planner may know, at one moment.
 *
 * @param nowNanos process time
 * @param settings the planner's settings
 * @param gridLimitW what all guns together may draw, W; {@link Double#POSITIVE_INFINITY} = not limited. Already the minimum of the
 *        configured limit and what the back office allows
 * @param slots the ring in clockwise order, starting anywhere
 * @param guns every gun, active or not
 * @param contactors every contactor by its feedback
 * @param current the plan in force; {@link Plan#EMPTY} before the first one
 */
public record PlanningInput(long nowNanos, PlannerSettings settings, double gridLimitW, List<SlotInput> slots, List<GunInput> guns,
        List<ContactorInput> contactors, Plan current) {

    public PlanningInput {
        Objects.requireNonNull(settings);
        Objects.requireNonNull(current);
        slots = List.copyOf(slots);
        guns = List.copyOf(guns);
        contactors = List.copyOf(contactors);
        if (!(gridLimitW >= 0)) {
            throw new IllegalArgumentException("gridLimitW is " + gridLimitW);
        }
    }
}
