package dcocpp.plcsim;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

import dcocpp.hwsim.internal.cars.CarLibrary;
import dcocpp.hwsim.internal.physics.CarModel;
import dcocpp.hwsim.internal.physics.GunTruth;
import dcocpp.hwsim.internal.physics.Identity;
import dcocpp.hwsim.internal.physics.PlugIn;
import dcocpp.hwsim.internal.physics.SimulationException;

/** The lines with which people and scripts move simulated PLCs. */
public final class PlcCommands {

    /** What can be said, a line each. */
    public static final List<String> HELP = List.of(
            "plug PLC [CAR] [SOC]     a car comes, with this state of charge in %",
            "unplug PLC               it is torn off",
            "swipe PLC UID            a card of 1 to 15 bytes, in hexadecimal",
            "fault PLC FAULT [VALUE]  silent, drop N, lose_next N, delay MS, bad_crc, bad_crc_next N, bad_length, protocol N,",
            "                         reboot, no_safety, frozen_ack, no_limit_ack, error_code N, reason N, bus_off, renegotiate,",
            "                         estop, earth, switch, isolation, overheat, overcurrent, weld, stuck, module_weld, lock, cp,",
            "                         ventilation, meter",
            "miss PLC MESSAGE         it no longer sends this message of the DBC",
            "clear PLC                everything is mended",
            "status                   the PLCs",
            "findings                 what the host has done wrong",
            "cars                     the cars that can come");

    private static final String MAC = "001A2B3C4D%02X";
    private static final String EVCCID = "F07F0C006E%02X";
    private static final double DEFAULT_SOC = 20;

    private final PlcBus bus;
    private final CarLibrary cars = CarLibrary.included();

    public PlcCommands(PlcBus bus) {
        this.bus = bus;
    }

    /**
     * Does what a line says.
     *
     * @return what to show, possibly of several lines
     * @throws IllegalArgumentException when the line is wrong, with the reason
     */
    public String execute(String line) {
        String[] words = line.trim().split("\\s+");
        try {
            return switch (words[0]) {
                case "" -> "";
                case "plug" -> bus.call(rack -> plug(rack, words));
                case "unplug" -> on(words, 2, (plc, now) -> plc.unplug());
                case "swipe" -> on(words, 3, (plc, now) -> plc.swipe(HexFormat.of().parseHex(words[2]), now));
                case "fault" -> on(words, 3, (plc, now) -> plc.inject(fault(words[2]), number(words, 3, 1), now));
                case "miss" -> on(words, 3, (plc, now) -> plc.miss(words[2]));
                case "clear" -> on(words, 2, SimulatedPlc::mend);
                case "status" -> bus.call(PlcCommands::status);
                case "findings" -> bus.call(PlcCommands::findings);
                case "cars" -> String.join("\n", cars.ids());
                case "help" -> String.join("\n", HELP);
                default -> throw new IllegalArgumentException(words[0] + " is not known; help says what is");
            };
        } catch (SimulationException e) {
            throw new IllegalArgumentException(e.getMessage() + "; " + e.remedy(), e);
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("something is missing or no number; help says what belongs there", e);
        }
    }

    private interface Event {
        void happen(SimulatedPlc plc, long nowNanos);
    }

    private String on(String[] words, int least, Event event) {
        String[] enough = Arrays.copyOf(words, Math.max(words.length, least));
        if (enough[least - 1] == null) {
            throw new IllegalArgumentException(words[0] + " needs more; help says what");
        }
        return bus.call(rack -> {
            event.happen(rack.plc(Integer.parseInt(words[1])), rack.nowNanos());
            return "done";
        });
    }

    private String plug(PlcRack rack, String[] words) {
        SimulatedPlc plc = rack.plc(Integer.parseInt(words[1]));
        CarModel car = words.length > 2 ? car(words[2]) : cars.first();
        double soc = number(words, 3, DEFAULT_SOC);
        plc.plug(new PlugIn(car, soc, 80, new Identity(String.format(Locale.ROOT, MAC, plc.plcId()),
                String.format(Locale.ROOT, EVCCID, plc.plcId()), "")));
        return car.name();
    }

    private static double number(String[] words, int index, double otherwise) {
        return words.length > index ? Double.parseDouble(words[index]) : otherwise;
    }

    private CarModel car(String name) {
        return cars.find(name).orElseThrow(() -> new IllegalArgumentException("there is no car " + name + "; there are " + cars.ids()));
    }

    private static PlcFault fault(String name) {
        return Arrays.stream(PlcFault.values()).filter(fault -> fault.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no fault " + name + "; help names them"));
    }

    private static String status(PlcRack rack) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add("plc  CP host  relays stage           SoC  voltage  current    power  gap on  findings");
        for (SimulatedPlc plc : rack.plcs()) {
            GunTruth truth = plc.truth();
            lines.add(String.format(Locale.ROOT, "%3d  %-2s %-5s %6s %-14s %4s %6.1f V %6.1f A %5.1f kW %4d ms  %d", plc.plcId(),
                    truth.cp().name().charAt(0), plc.handshaken() ? "yes" : "no", Integer.toBinaryString(plc.closedRelays()),
                    truth.hlcStageName(), truth.car() == null ? "" : Math.round(truth.car().socPercent()) + " %", truth.voltageV(),
                    truth.currentA(), truth.powerW() / 1000, TimeUnit.NANOSECONDS.toMillis(plc.longestGapOnNanos()),
                    plc.findings().size()));
        }
        return lines.toString();
    }

    private static String findings(PlcRack rack) {
        StringJoiner lines = new StringJoiner("\n");
        for (SimulatedPlc plc : rack.plcs()) {
            for (Finding finding : plc.findings()) {
                lines.add("plc " + plc.plcId() + " " + finding.kind() + ": " + finding.detail());
            }
        }
        return lines.length() == 0 ? "none" : lines.toString();
    }
}
