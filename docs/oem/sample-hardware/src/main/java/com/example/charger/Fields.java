package com.example.charger;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A line of the board's protocol: {@code KEY=value} with a space between, such as {@code GC=1 V=400.0}. */
final class Fields {

    private final Map<String, String> values = new LinkedHashMap<>();

    static Fields parse(String line) {
        Fields fields = new Fields();
        for (String word : line.split(" ")) {
            int sign = word.indexOf('=');
            if (sign > 0) {
                fields.values.put(word.substring(0, sign), word.substring(sign + 1));
            }
        }
        return fields;
    }

    Fields put(String key, boolean value) {
        values.put(key, value ? "1" : "0");
        return this;
    }

    Fields put(String key, double value) {
        values.put(key, String.format(Locale.ROOT, "%.3f", value));
        return this;
    }

    Fields put(String key, long value) {
        values.put(key, Long.toString(value));
        return this;
    }

    Fields put(String key, String value) {
        values.put(key, value);
        return this;
    }

    boolean is(String key) {
        return "1".equals(values.get(key));
    }

    String text(String key) {
        return values.getOrDefault(key, "");
    }

    /** NaN where the board says nothing. */
    double number(String key) {
        String value = values.get(key);
        return value == null ? Double.NaN : Double.parseDouble(value);
    }

    long whole(String key) {
        return Long.parseLong(values.getOrDefault(key, "0"));
    }

    String line() {
        StringBuilder line = new StringBuilder();
        values.forEach((key, value) -> line.append(line.isEmpty() ? "" : " ").append(key).append('=').append(value));
        return line.toString();
    }
}
