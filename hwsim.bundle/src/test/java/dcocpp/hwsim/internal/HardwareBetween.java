package dcocpp.hwsim.internal;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.GunCommand;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.hardware.ModuleCommand;
import dcocpp.api.topology.Topology;

/** Hardware behind something that changes it in one place. As it is where nothing is overridden. */
class HardwareBetween implements Hardware {

    final Hardware real;

    HardwareBetween(Hardware real) {
        this.real = real;
    }

    @Override
    public void open(Topology topology) throws HardwareException {
        real.open(topology);
    }

    @Override
    public HardwareCapabilities capabilities() {
        return real.capabilities();
    }

    @Override
    public HardwareSnapshot snapshot() {
        return real.snapshot();
    }

    @Override
    public void command(HardwareCommand command) {
        real.command(command);
    }

    @Override
    public void close() {
        real.close();
    }

    static HardwareBetween guns(Hardware real, UnaryOperator<GunState> lie) {
        return new HardwareBetween(real) {
            @Override
            public HardwareSnapshot snapshot() {
                HardwareSnapshot taken = real.snapshot();
                return new HardwareSnapshot(taken.takenNanos(), taken.condition(), taken.detail(),
                        taken.guns().stream().map(lie).toList(), taken.modules(), taken.contactors());
            }
        };
    }

    static HardwareBetween contactors(Hardware real, UnaryOperator<List<ContactorState>> lie) {
        return new HardwareBetween(real) {
            @Override
            public HardwareSnapshot snapshot() {
                HardwareSnapshot taken = real.snapshot();
                return new HardwareSnapshot(taken.takenNanos(), taken.condition(), taken.detail(), taken.guns(), taken.modules(),
                        lie.apply(taken.contactors()));
            }
        };
    }

    static HardwareBetween commands(Hardware real, UnaryOperator<HardwareCommand> lie) {
        return new HardwareBetween(real) {
            @Override
            public void command(HardwareCommand command) {
                real.command(lie.apply(command));
            }
        };
    }

    static HardwareBetween gunCommands(Hardware real, UnaryOperator<GunCommand> lie) {
        return commands(real, command -> new HardwareCommand(command.number(), command.issuedNanos(),
                command.guns().stream().map(lie).toList(), command.modules(), command.closedBusContactors()));
    }

    static HardwareBetween modulesAt(Hardware real, double currentA) {
        return commands(real, command -> new HardwareCommand(command.number(), command.issuedNanos(), command.guns(),
                command.modules().stream().map(module -> new ModuleCommand(module.moduleId(), module.closeContactor(), module.on(),
                        module.voltageV(), currentA)).toList(), command.closedBusContactors()));
    }

    static HardwareBetween busContactors(Hardware real, Set<String> closed) {
        return commands(real, command -> new HardwareCommand(command.number(), command.issuedNanos(), command.guns(), command.modules(),
                closed));
    }

    /** A gun with another safety, link and meter. */
    static GunState gun(GunState gun, boolean safe, boolean linkUp, MeterReading meter) {
        return new GunState(gun.connectorId(), linkUp, safe, gun.faults(), gun.cp(), gun.lockEngaged(), gun.authorizedEcho(), gun.hlc(),
                gun.targetVoltageV(), gun.targetCurrentA(), gun.presentVoltageV(), gun.presentCurrentA(), gun.evMaxVoltageV(),
                gun.evMaxCurrentA(), gun.evMaxPowerW(), gun.socPercent(), gun.connectorTemperatureC(), meter, gun.updatedNanos());
    }

    /** A wish for a gun with another authorization, force-off, count of clears and offer. */
    static GunCommand wish(GunCommand gun, GunCommand.Authorization authorization, boolean forceOff, long clears, double offerA) {
        return new GunCommand(gun.connectorId(), authorization, gun.closeContactor(), gun.lock(), forceOff, clears, gun.offerVoltageV(),
                offerA, 1_000_000, gun.regulating(), gun.reportedFaults());
    }
}
