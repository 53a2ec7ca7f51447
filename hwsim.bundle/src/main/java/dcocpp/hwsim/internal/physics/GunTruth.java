package dcocpp.hwsim.internal.physics;

import java.util.List;

import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.FaultCause;
import dcocpp.api.hardware.GunCommand;

/**
 * What is really so at a gun. The units are in the names.
 *
 * @param connectorId connector id
 * @param slotId its home slot
 * @param car the car, null = none
 * @param cp control pilot
 * @param hlcStage number of the stage of the communication with the car
 * @param hlcStageName its name
 * @param powerReady the car waits for, or takes, power
 * @param locked the connector is locked
 * @param authorized the PLC knows a granted authorization
 * @param authorization what the host has said of it last
 * @param offeredCurrentA what the car may take, A
 * @param offeredPowerW what the car may take, W
 * @param targetVoltageV what the car asks for, V
 * @param targetCurrentA what the car asks for, A
 * @param voltageV at the gun, V
 * @param currentA through the gun, A
 * @param powerW through the gun, W
 * @param busVoltageV at the bus of the home slot, V
 * @param temperatureC of the connector, °C
 * @param insulationKOhm what the insulation monitor measures, kΩ
 * @param insulation what it thinks of it: VALID, WARNING, FAULT
 * @param meterMilliWh register of the meter, mWh
 * @param meterRemainderNanoJ what the meter has counted beyond its register, nJ
 * @param gunContactorClosed position of GC
 * @param busContactorClosed position of the MC to the clockwise neighbour; false where there is none
 * @param modules the power modules of the home slot
 * @param faults what the PLC reports
 * @param injected what has been injected
 */
public record GunTruth(int connectorId, int slotId, CarTruth car, CpState cp, int hlcStage, String hlcStageName, boolean powerReady,
        boolean locked, boolean authorized, GunCommand.Authorization authorization, double offeredCurrentA, double offeredPowerW,
        double targetVoltageV, double targetCurrentA, double voltageV, double currentA, double powerW, double busVoltageV,
        double temperatureC, double insulationKOhm, String insulation, long meterMilliWh, long meterRemainderNanoJ, boolean gunContactorClosed,
        boolean busContactorClosed, List<ModuleTruth> modules, List<Fault> faults, List<FaultCause> injected) {

    static GunTruth of(Gun gun, Slot slot) {
        return new GunTruth(gun.connectorId(), slot.settings().id(), gun.car() == null ? null : CarTruth.of(gun.car()), gun.pilot(),
                gun.hlcState().stage(), gun.stage().name(), gun.hlcState().powerReady(), gun.locked(), gun.authorized(),
                gun.authorization(), gun.offeredCurrentA(), gun.offeredPowerW(), gun.targetVoltageV(), gun.requestedMilliA() / 1000.0,
                gun.vehicleV(), gun.currentA(), gun.powerW(), slot.busV(), gun.temperatureC(), gun.insulation().measuredKOhm(),
                gun.insulation().verdict().name(), gun.meter().milliWh(), gun.meter().remainderNanoJ(), gun.contactor().closed(),
                slot.busContactor() != null && slot.busContactor().closed(),
                slot.modules().stream().map(ModuleTruth::of).toList(), gun.faults().faults(), gun.faults().injectedCauses());
    }

    /**
     * A car.
     *
     * @param id which car of the library
     * @param name its name for people
     * @param batteryWh capacity, Wh
     * @param socPercent state of charge, %
     * @param targetSocPercent where it ends the charge, %
     * @param paused it asks for no current
     * @param contactorClosed its own contactor
     * @param takenMilliWh what it has taken at its inlet since it was plugged in, mWh
     * @param takenRemainderNanoJ and beyond that, nJ
     * @param heatMilliWh how much of that was lost in its inner resistance, mWh
     * @param acceptedPowerW what its battery would take now, W
     */
    public record CarTruth(String id, String name, long batteryWh, double socPercent, double targetSocPercent, boolean paused,
            boolean contactorClosed, long takenMilliWh, long takenRemainderNanoJ, long heatMilliWh, double acceptedPowerW) {

        static CarTruth of(Car car) {
            return new CarTruth(car.model().id(), car.model().name(), car.model().batteryWh(), car.socPercent(), car.targetSocPercent(),
                    car.paused(), car.contactorClosed(), car.taken().milliWh(), car.taken().remainderNanoJ(),
                    car.heat().milliWh(), car.acceptedPowerW());
        }
    }

    /**
     * A power module.
     *
     * @param id its name
     * @param regulating it gives voltage or current
     * @param contactorClosed position of its MN
     * @param voltageV its output, V
     * @param currentA its output, A
     * @param givenMilliWh what it has given in all, mWh
     * @param givenRemainderNanoJ and beyond that, nJ
     * @param lostMilliWh what of that which it took from the grid has become heat in it, mWh
     * @param lostRemainderNanoJ and beyond that, nJ
     */
    public record ModuleTruth(String id, boolean regulating, boolean contactorClosed, double voltageV, double currentA, long givenMilliWh,
            long givenRemainderNanoJ, long lostMilliWh, long lostRemainderNanoJ) {

        static ModuleTruth of(PowerModule module) {
            return new ModuleTruth(module.id(), module.on(), module.contactor().closed(), module.voltageV(), module.milliA() / 1000.0,
                    module.given().milliWh(), module.given().remainderNanoJ(), module.lost().milliWh(), module.lost().remainderNanoJ());
        }
    }
}
