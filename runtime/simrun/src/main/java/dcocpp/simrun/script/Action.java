package dcocpp.simrun.script;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dcocpp.api.hardware.FaultCause;
import dcocpp.hwsim.internal.physics.Cabinet;
import dcocpp.hwsim.internal.physics.ContactorFault;

/**
 * Something that happens at a certain time: exactly one of what follows the time.
 *
 * @param at when
 * @param plug a car is plugged in
 * @param unplug the car is torn off this gun
 * @param pause the car at this gun takes no current for a while
 * @param resume it goes on
 * @param swipe a card is shown
 * @param fault something breaks at a gun
 * @param clear it is mended
 * @param clearFaults the operator clears the latched faults of this gun; 0 = of all
 * @param contactor a contactor breaks
 * @param repair the contactor of this name is replaced
 * @param remoteStart the back office starts a transaction
 * @param remoteStop the back office ends the transaction at this gun
 * @param gridLimitKW what all guns may draw from now on, kW
 * @param limit the back office limits a gun or the site
 * @param csms the back office sends any other call
 * @param link the connection to the back office
 * @param powerCut the whole charger has no power for so long
 * @param clock the charger's clock jumps by so much
 */
public record Action(Duration at, Scenario.Plug plug, Integer unplug, Integer pause, Integer resume, Swipe swipe, Fault fault, Clear clear,
        Integer clearFaults, BrokenContactor contactor, String repair, RemoteStart remoteStart, Integer remoteStop, Double gridLimitKW,
        Limit limit, Call csms, Link link, Duration powerCut, Duration clock) {

    public Action {
        Scenario.check(at != null && !at.isNegative(), "at is missing: when it happens");
        long given = Stream.of(plug, unplug, pause, resume, swipe, fault, clear, clearFaults, contactor, repair, remoteStart, remoteStop,
                gridLimitKW, limit, csms, link, powerCut, clock).filter(Objects::nonNull).count();
        Scenario.check(given == 1, "an action has one thing that happens beside at, and not " + given);
        Scenario.check(gridLimitKW == null || gridLimitKW >= 0, "gridLimitKW is not negative");
        Scenario.check(powerCut == null || !powerCut.isNegative() && !powerCut.isZero(), "powerCut lasts longer than 0");
    }

    /** The gun that it is about; 0 = none. */
    public int connector() {
        return Stream.of(plug == null ? null : plug.connector(), unplug, pause, resume, swipe == null ? null : swipe.connector(),
                fault == null ? null : fault.connector(), clear == null ? null : clear.connector(), clearFaults,
                remoteStart == null ? null : remoteStart.connector(), remoteStop, limit == null ? null : limit.connector())
                .filter(Objects::nonNull).findFirst().orElse(0);
    }

    /**
     * A card at a reader.
     *
     * @param connector the reader of this gun; null or 0 = that of the cabinet
     * @param idTag the card
     */
    public record Swipe(Integer connector, String idTag) {

        public Swipe {
            connector = connector == null ? 0 : connector;
            Scenario.check(idTag != null, "idTag is missing");
            Scenario.checkTag(idTag);
        }
    }

    /**
     * Something breaks at a gun.
     *
     * @param connector which
     * @param cause what
     * @param temperatureC where the cause is a temperature, °C; null = one that trips
     * @param insulationKOhm of ISOLATION, kΩ; null = none at all
     * @param moduleId the module it concerns; null = the first of the slot
     * @param lasts when it is mended again; null = not by itself
     * @param cleared the operator clears what is latched 5 s after it was mended
     */
    public record Fault(Integer connector, FaultCause cause, Double temperatureC, Double insulationKOhm, String moduleId, Duration lasts,
            Boolean cleared) {

        public Fault {
            Scenario.check(connector != null && connector > 0, "connector is a gun, 1 or more");
            Scenario.check(cause != null && Cabinet.injectableCauses().contains(cause), "cause is something that hardware has, one of "
                    + Cabinet.injectableCauses());
            temperatureC = temperatureC == null ? Double.NaN : temperatureC;
            insulationKOhm = insulationKOhm == null ? Double.NaN : insulationKOhm;
            Scenario.check(Double.isNaN(insulationKOhm) || insulationKOhm >= 0, "insulationKOhm is not negative");
            moduleId = Objects.requireNonNullElse(moduleId, "");
            Scenario.check(lasts == null || !lasts.isNegative(), "lasts is not negative");
            cleared = cleared != null && cleared;
            Scenario.check(!cleared || lasts != null, "cleared needs lasts: what is not mended cannot be cleared");
        }
    }

    /**
     * What broke is mended.
     *
     * @param connector which gun
     * @param cause only this; null = everything
     */
    public record Clear(Integer connector, FaultCause cause) {

        public Clear {
            Scenario.check(connector != null && connector > 0, "connector is a gun, 1 or more");
        }
    }

    /**
     * A contactor breaks.
     *
     * @param id its name, such as MC_3
     * @param fault in which way
     */
    public record BrokenContactor(String id, ContactorFault fault) {

        public BrokenContactor {
            Scenario.check(id != null && fault != null, "a contactor has an id and a fault, WELD or JAM");
        }
    }

    /**
     * A start by the back office.
     *
     * @param connector where
     * @param idTag for whom
     */
    public record RemoteStart(Integer connector, String idTag) {

        public RemoteStart {
            Scenario.check(connector != null && connector > 0, "connector is a gun, 1 or more");
            Scenario.check(idTag != null, "idTag is missing");
            Scenario.checkTag(idTag);
        }
    }

    /**
     * A charging profile of the back office, in force at once and until it is replaced.
     *
     * @param connector the gun; 0 = the site
     * @param kW what it may draw, kW; null = the profile is taken back
     */
    public record Limit(Integer connector, Double kW) {

        public Limit {
            Scenario.check(connector != null && connector >= 0, "connector is a gun, or 0 for the site");
            Scenario.check(kW == null || kW >= 0, "kW is not negative");
        }
    }

    /**
     * Any call of the back office.
     *
     * @param call the action of OCPP, such as ChangeAvailability
     * @param payload what it says
     */
    public record Call(String call, JsonNode payload) {

        public Call {
            Scenario.check(call != null && call.matches("[A-Za-z]+"), "call is an action of OCPP");
            Scenario.check(payload == null || payload.isObject(), "payload is an object");
        }
    }

    /** What becomes of the connection to the back office. */
    public enum Link {
        /** It breaks, and no other succeeds. */
        DOWN,
        /** Nothing gets through, and nobody says so. */
        SILENT,
        /** The back office is there again. */
        UP
    }
}
