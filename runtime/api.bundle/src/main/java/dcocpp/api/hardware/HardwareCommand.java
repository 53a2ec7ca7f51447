package dcocpp.api.hardware;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The complete wanted state of the cabinet. What is not named is off and open.
 *
 * @param number increases with every command
 * @param issuedNanos when it was issued, process time; valid for 500 ms
 * @param guns wanted state of the guns
 * @param modules wanted state of the power modules
 * @param closedBusContactors names of the bus contactors MC that shall be closed; all others open
 */
public record HardwareCommand(long number, long issuedNanos, List<GunCommand> guns, List<ModuleCommand> modules,
        Set<String> closedBusContactors) {

    public HardwareCommand {
        guns = List.copyOf(guns);
        modules = List.copyOf(modules);
        closedBusContactors = Collections.unmodifiableSortedSet(new TreeSet<>(closedBusContactors));
    }
}
