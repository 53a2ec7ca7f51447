package dcocpp.api.planner;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A partition of the ring and what each gun gets.
 *
 * @param islands one per gun that gets a part of the ring, in the order of the connector ids; a gun without island gets nothing
 * @param closedBusContactors names of all bus contactors MC that shall be closed
 * @param memory what the next call of a planner may want to remember
 */
public record Plan(List<Island> islands, Set<String> closedBusContactors, PlannerMemory memory) {

    /** Nobody gets anything, everything open. */
    public static final Plan EMPTY = new Plan(List.of(), Set.of(), PlannerMemory.NONE);

    public Plan {
        islands = List.copyOf(islands);
        closedBusContactors = Collections.unmodifiableSortedSet(new TreeSet<>(closedBusContactors));
        Objects.requireNonNull(memory);
    }

    /** The island of a gun. */
    public Optional<Island> island(int connectorId) {
        for (Island island : islands) {
            if (island.connectorId() == connectorId) {
                return Optional.of(island);
            }
        }
        return Optional.empty();
    }

    /** What all guns get together, W. */
    public double totalPowerW() {
        return islands.stream().mapToDouble(Island::powerW).sum();
    }
}
