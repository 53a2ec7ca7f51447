package dcocpp.planview;

import java.util.List;

/**
 * What one gun asked for, what it got and why not more.
 *
 * @param connectorId the gun
 * @param homeSlotId its slot; 0 = none
 * @param active a session may take energy there
 * @param requestW what the vehicle asks for, W; 0 when not active
 * @param demandW the request within the gun's power and current limit, W; 0 when not active
 * @param powerW what the plan gives it, W
 * @param moduleIds the modules that feed it
 * @param slotIds the slots of its island, clockwise
 * @param capacityW what those modules can give, W
 * @param reachableW what the best usable modules of its island could give, as many as a gun may have, W
 * @param limit what keeps it from more
 * @param why the same in a sentence, for people
 */
public record GunDispatch(int connectorId, int homeSlotId, boolean active, double requestW, double demandW, double powerW,
        List<String> moduleIds, List<Integer> slotIds, double capacityW, double reachableW, Limit limit, String why) {

    public GunDispatch {
        moduleIds = List.copyOf(moduleIds);
        slotIds = List.copyOf(slotIds);
    }
}
