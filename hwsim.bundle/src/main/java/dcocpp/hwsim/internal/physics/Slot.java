package dcocpp.hwsim.internal.physics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dcocpp.api.topology.SlotSettings;

/** A slot of the ring: a piece of bus with its modules and, perhaps, a gun. */
final class Slot {

    private final SlotSettings settings;
    /** To the clockwise neighbour; null at the open end of a line and in a ring of one slot. */
    private final Contactor busContactor;
    private final List<PowerModule> modules;
    /** Null where the slot has no gun. */
    private final Gun gun;
    private double busV;
    private boolean busFed;

    Slot(SlotSettings settings, boolean joined, Gun gun, Travel travel, long nowNanos) {
        this.settings = settings;
        this.busContactor = joined ? new Contactor(settings.busContactor(), travel, nowNanos) : null;
        this.modules = settings.modules().stream().map(module -> new PowerModule(module, travel, nowNanos)).toList();
        this.gun = gun;
    }

    SlotSettings settings() {
        return settings;
    }

    Contactor busContactor() {
        return busContactor;
    }

    List<PowerModule> modules() {
        return modules;
    }

    Gun gun() {
        return gun;
    }

    /** All its contactors. */
    Stream<Contactor> contactors() {
        return Stream.concat(Stream.of(Optional.ofNullable(gun).map(Gun::contactor), Optional.ofNullable(busContactor))
                .flatMap(Optional::stream), modules.stream().map(PowerModule::contactor));
    }

    double busV() {
        return busV;
    }

    /** A module of the island gives voltage to this bus. */
    boolean busFed() {
        return busFed;
    }

    void settled(double volts, boolean fed) {
        busV = volts;
        busFed = fed;
    }

    long milliA() {
        long sum = 0;
        for (PowerModule module : modules) {
            sum += module.milliA();
        }
        return sum;
    }
}
