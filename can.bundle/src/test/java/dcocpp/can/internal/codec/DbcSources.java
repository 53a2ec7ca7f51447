package dcocpp.can.internal.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the tables of the codec from the DBC, as Java. */
final class DbcSources {

    /** Messages whose class has another name than the DBC gives them. */
    private static final Map<String, String> CLASS_NAMES = Map.of("EVDC_MaxLimits", "EvMaxLimits", "EVDC_Targets", "EvTargets",
            "EV_StatusDisplay", "EvStatusDisplay", "EVDC_EnergyLimits", "EvEnergyLimits", "EVAC_ChgCtrl", "EvAcControl",
            "EVSE_DC_MaxLimits", "MaxLimits", "EVSE_DC_Present", "Present");
    private static final int LINE = 140;

    private final DbcFile dbc;

    DbcSources(DbcFile dbc) {
        this.dbc = dbc;
    }

    /** File name and text of each. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("PlcLayout.java", layout("PLC", "a PLC sends"));
        files.put("HostLayout.java", layout("HOST", "the host sends"));
        files.put("DbcValues.java", values());
        files.put("SignalTable.java", table());
        return files;
    }

    private static String header(String imports, String description) {
        return "package dcocpp.can.internal.codec;\n\n" + imports + (imports.isEmpty() ? "" : "\n") + "/**\n * " + description
                + "\n * Written by DbcSourcesTest from docs/can/dc_charger.dbc: change that and let the test write this anew.\n */\n";
    }

    private String layout(String sender, String what) {
        StringBuilder text = new StringBuilder();
        StringBuilder body = new StringBuilder();
        for (DbcFile.Entry message : dbc.messages.values()) {
            if (message.sender.equals(sender)) {
                body.append("\n    /** ").append(message.name).append(". */\n");
                open(body, className(message.name));
                message.signals.forEach((name, bits) -> body.append("        public static final int ").append(name).append(" = ")
                        .append(code(bits)).append(";\n"));
                close(body, className(message.name));
            }
        }
        StringBuilder imports = new StringBuilder();
        for (String flag : List.of("HUNDREDTHS", "LENGTH", "MULTIPLEXER", "PAGE", "PAGED", "SIGNED", "TENTHS")) {
            if (body.toString().matches("(?s).*\\b" + flag + "\\b.*")) {
                imports.append("import static dcocpp.can.internal.codec.Signal.").append(flag).append(";\n");
            }
        }
        String name = sender.equals("PLC") ? "PlcLayout" : "HostLayout";
        text.append(header(imports.toString(), "Where each signal stands in the frames that " + what
                + ", one class per message; see {@link Signal}."));
        return text.append("public final class ").append(name).append(" {\n\n    private ").append(name).append("() {\n    }\n")
                .append(body).append("}\n").toString();
    }

    private static void open(StringBuilder text, String name) {
        text.append("    public static final class ").append(name).append(" {\n");
    }

    private static void close(StringBuilder text, String name) {
        text.append("\n        private ").append(name).append("() {\n        }\n    }\n");
    }

    private static String code(DbcFile.Bits bits) {
        if (!bits.littleEndian() || bits.offset() != 0) {
            throw new IllegalArgumentException("the codec knows neither big endian nor offsets: " + bits);
        }
        String scale = switch (String.valueOf(bits.factor())) {
            case "1.0" -> "";
            case "0.1" -> " | TENTHS";
            case "0.01" -> " | HUNDREDTHS";
            default -> throw new IllegalArgumentException("the codec knows no factor " + bits.factor());
        };
        return bits.start() + " | " + bits.length() + " << LENGTH" + (bits.signed() ? " | SIGNED" : "") + scale
                + (bits.multiplexer() ? " | MULTIPLEXER" : "") + (bits.page() < 0 ? "" : " | PAGED | " + bits.page() + " << PAGE");
    }

    /** Signals with the same values share one class, under the last of their shortest names. */
    private String values() {
        Map<Map<Integer, String>, List<String>> tables = new LinkedHashMap<>();
        for (DbcFile.Entry message : dbc.messages.values()) {
            message.values.forEach((signal, table) -> tables.computeIfAbsent(table, any -> new ArrayList<>()).add(signal));
        }
        StringBuilder text = new StringBuilder(header("", "What the values of signals mean, one class per table."));
        text.append("public final class DbcValues {\n\n    private DbcValues() {\n    }\n");
        tables.forEach((table, signals) -> {
            String name = className(signals.stream().min(Comparator.comparingInt(String::length)
                    .thenComparing(Comparator.reverseOrder())).orElseThrow());
            text.append("\n    /** ").append(String.join(", ", signals)).append(". */\n");
            open(text, name);
            table.forEach((value, meaning) -> text.append("        public static final int ").append(meaning.toUpperCase(Locale.ROOT))
                    .append(" = ").append(value).append(";\n"));
            close(text, name);
        });
        return text.append("}\n").toString();
    }

    private String table() {
        StringBuilder text = new StringBuilder(header("import java.util.List;\n",
                "The signals of each message with their names and units, for tools."));
        text.append("public final class SignalTable {\n\n    private SignalTable() {\n    }\n\n")
                .append("    /** The signals of a message in the order of the DBC. */\n")
                .append("    public static List<NamedSignal> of(Message message) {\n        return switch (message) {\n");
        for (Message message : Message.values()) {
            String layout = message.sender() == Message.Sender.PLC ? "PlcLayout." : "HostLayout.";
            text.append("            case ").append(message).append(" -> List.of(");
            List<String> entries = new ArrayList<>();
            dbc.messages.get(message.dbcName()).signals.forEach((name, bits) -> entries.add("named(\"" + name + "\", " + layout
                    + className(message.dbcName()) + "." + name + (bits.unit().isEmpty() ? ")" : ", \"" + bits.unit() + "\")")));
            text.append(wrapped(entries)).append(");\n");
        }
        return text.append("        };\n    }\n\n    private static NamedSignal named(String name, int signal) {\n")
                .append("        return named(name, signal, \"\");\n    }\n\n")
                .append("    private static NamedSignal named(String name, int signal, String unit) {\n")
                .append("        return new NamedSignal(name, signal, unit);\n    }\n}\n").toString();
    }

    private static String wrapped(List<String> entries) {
        StringBuilder text = new StringBuilder();
        int column = LINE;
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i) + (i + 1 < entries.size() ? "," : "");
            if (column + entry.length() + 4 > LINE) {
                text.append("\n                    ").append(entry);
                column = 20 + entry.length();
            } else {
                text.append(' ').append(entry);
                column += 1 + entry.length();
            }
        }
        return text.toString();
    }

    /** GCMC_Status becomes GcmcStatus, FAULT_REASON FaultReason, RelayStatus stays. */
    static String className(String name) {
        if (CLASS_NAMES.containsKey(name)) {
            return CLASS_NAMES.get(name);
        }
        StringBuilder text = new StringBuilder();
        for (String word : name.split("_")) {
            boolean shouted = word.equals(word.toUpperCase(Locale.ROOT));
            text.append(shouted ? word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT) : word);
        }
        return text.toString();
    }
}
