package dcocpp.hwsim.internal.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The DC ring: which slots are joined to islands, what voltage each has, and who gives how much current to whom. A gun whose contactor
 * and whose car's contactor are closed sets the voltage of its island; otherwise the modules do, or the bus discharges.
 */
final class Ring {

    /** In clockwise order; the bus contactor of a slot joins it to the next, that of the last to the first. */
    private final List<Slot> slots;
    /** The positions that {@link #islands} was made for. */
    private final boolean[] joined;
    private final EnergyCounter imported = new EnergyCounter(0);
    private List<List<Slot>> islands = List.of();

    Ring(List<Slot> clockwise) {
        this.slots = List.copyOf(clockwise);
        this.joined = new boolean[slots.size()];
    }

    List<Slot> slots() {
        return slots;
    }

    Slot next(int index) {
        return slots.get((index + 1) % slots.size());
    }

    /** The contactor of this name; empty when there is none. */
    Optional<Contactor> contactor(String id) {
        for (Slot slot : slots) {
            Optional<Contactor> found = slot.contactors().filter(contactor -> contactor.id().equals(id)).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean joinedToNext(int index) {
        Contactor contactor = slots.get(index).busContactor();
        return contactor != null && contactor.closed();
    }

    /** The slots joined by closed bus contactors. */
    List<List<Slot>> islands() {
        if (!moved()) {
            return islands;
        }
        int count = slots.size();
        int start = 0;
        for (int i = 0; i < count; i++) {
            joined[i] = joinedToNext(i);
            if (!joined[i]) {
                start = (i + 1) % count;
            }
        }
        List<List<Slot>> found = new ArrayList<>();
        List<Slot> island = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = (start + i) % count;
            island.add(slots.get(index));
            if (!joined[index] || i == count - 1) {
                found.add(island);
                island = new ArrayList<>();
            }
        }
        islands = found;
        return islands;
    }

    private boolean moved() {
        if (islands.isEmpty()) {
            return true;
        }
        for (int i = 0; i < joined.length; i++) {
            if (joined[i] != joinedToNext(i)) {
                return true;
            }
        }
        return false;
    }

    private List<Slot> islandOf(Slot slot) {
        return islands().stream().filter(island -> island.contains(slot)).findFirst().orElseThrow();
    }

    /** What has come from the grid. */
    EnergyCounter imported() {
        return imported;
    }

    /** Settles voltages and currents of this step and moves its energy. */
    void settle(long stepMs) {
        for (List<Slot> island : islands()) {
            settle(island, stepMs);
        }
    }

    private void settle(List<Slot> island, long stepMs) {
        List<PowerModule> feeding = new ArrayList<>();
        // Two cars on one island is a violation that the judge records; the energy goes to one of them, so that the balance holds.
        Gun charging = null;
        for (Slot slot : island) {
            for (PowerModule module : slot.modules()) {
                module.carry(0);
                if (module.feeding()) {
                    feeding.add(module);
                }
            }
            if (slot.gun() != null && slot.gun().takesFromBus() && charging == null) {
                charging = slot.gun();
            } else if (slot.gun() != null) {
                slot.gun().carry(0);
            }
        }
        double busV;
        if (charging == null) {
            busV = idleVoltage(island, feeding, stepMs / 1000.0);
        } else {
            busV = charge(charging, feeding, stepMs) / 1000.0;
        }
        for (Slot slot : island) {
            slot.settled(busV, !feeding.isEmpty());
            for (PowerModule module : slot.modules()) {
                if (module.contactor().closed()) {
                    module.follow(busV);
                }
            }
        }
    }

    private static double idleVoltage(List<Slot> island, List<PowerModule> feeding, double seconds) {
        double sum = 0;
        for (Slot slot : island) {
            sum += slot.busV();
        }
        double volts = PowerModule.decayed(sum / island.size(), seconds);
        for (PowerModule module : feeding) {
            volts = Math.max(volts, module.voltageV());
        }
        return volts;
    }

    /** Charges the gun's car from these modules. Returns the bus voltage, mV. */
    private long charge(Gun gun, List<PowerModule> feeding, long stepMs) {
        Car car = gun.car();
        long emptyMilliV = car.openCircuitMilliV();
        long available = 0;
        long highestMilliV = 0;
        List<PowerModule> giving = new ArrayList<>();
        for (PowerModule module : feeding) {
            if (module.setMilliV() > emptyMilliV) {
                giving.add(module);
                available += module.availableMilliA();
                highestMilliV = Math.max(highestMilliV, module.setMilliV());
            }
        }
        long milliA = Math.min(available, Math.min(gun.wantedMilliA(), car.drivenMilliA(highestMilliV)));
        long milliV = car.terminalMilliV(milliA);
        gun.carry(milliA);
        gun.deliver(milliA, stepMs);
        share(giving, milliA, available);
        for (PowerModule module : giving) {
            imported.add(module.deliver(milliV, stepMs));
        }
        return milliV;
    }

    /** Each module gives in proportion to what it could; the sum is exact. */
    private static void share(List<PowerModule> giving, long milliA, long available) {
        long restMilliA = milliA;
        long restAvailable = available;
        for (PowerModule module : giving) {
            long part = restAvailable == 0 ? 0 : restMilliA * module.availableMilliA() / restAvailable;
            module.carry(part);
            restMilliA -= part;
            restAvailable -= module.availableMilliA();
        }
    }

    /** Current through the bus contactor of this slot, clockwise positive, mA. */
    long flowMilliA(int index) {
        if (!joinedToNext(index)) {
            return 0;
        }
        List<Slot> island = islandOf(slots.get(index));
        int count = slots.size();
        int sink = -1;
        for (int i = 0; i < count; i++) {
            Gun gun = slots.get(i).gun();
            if (gun != null && gun.milliA() > 0 && island.contains(slots.get(i))) {
                sink = i;
            }
        }
        if (sink < 0) {
            return 0;
        }
        boolean closedRing = island.size() == count && joinedAll();
        long flow = 0;
        for (int source = 0; source < count; source++) {
            long milliA = slots.get(source).milliA();
            if (milliA == 0 || source == sink || !island.contains(slots.get(source))) {
                continue;
            }
            int clockwise = Math.floorMod(sink - source, count);
            boolean onClockwisePath = Math.floorMod(index - source, count) < clockwise;
            if (closedRing) {
                // Equal pieces of bus: the current divides by the length of the two ways.
                flow += onClockwisePath ? milliA * (count - clockwise) / count : -milliA * clockwise / count;
            } else if (reaches(source, clockwise)) {
                flow += onClockwisePath ? milliA : 0;
            } else {
                flow -= onClockwisePath ? 0 : milliA;
            }
        }
        return flow;
    }

    private boolean joinedAll() {
        for (int i = 0; i < slots.size(); i++) {
            if (!joinedToNext(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean reaches(int source, int steps) {
        for (int i = 0; i < steps; i++) {
            if (!joinedToNext((source + i) % slots.size())) {
                return false;
            }
        }
        return true;
    }
}
