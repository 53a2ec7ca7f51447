package dcocpp.ocpp.internal.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What values a key takes. */
sealed interface KeyType {

    /** The value in its plain form, or null if it is none. */
    String normal(String value);

    /** What a right value looks like, for people. */
    String expectation();

    record Bool() implements KeyType {
        @Override
        public String normal(String value) {
            String lower = value.strip().toLowerCase(Locale.ROOT);
            return lower.equals("true") || lower.equals("false") ? lower : null;
        }

        @Override
        public String expectation() {
            return "true or false";
        }
    }

    record Whole(int min, int max) implements KeyType {
        @Override
        public String normal(String value) {
            try {
                int number = Integer.parseInt(value.strip());
                return number >= min && number <= max ? Integer.toString(number) : null;
            } catch (NumberFormatException e) {
                return null;
            }
        }

        @Override
        public String expectation() {
            return "an integer from " + min + " to " + max;
        }
    }

    record Text(int maxLength) implements KeyType {
        @Override
        public String normal(String value) {
            return value.length() <= maxLength ? value : null;
        }

        @Override
        public String expectation() {
            return "at most " + maxLength + " characters";
        }
    }

    /** A comma separated list; without a set of values any item will do. */
    record Items(Set<String> values, int max) implements KeyType {
        @Override
        public String normal(String value) {
            List<String> items = split(value);
            boolean known = values.isEmpty() || values.containsAll(items);
            boolean once = items.stream().distinct().count() == items.size();
            return known && once && items.size() <= max ? String.join(",", items) : null;
        }

        @Override
        public String expectation() {
            return "a list of at most " + max + " items" + (values.isEmpty() ? "" : " of " + String.join(",", values));
        }
    }

    /** One value alone, since the hardware knows no other; may be set to what it is. */
    record Only(String value) implements KeyType {
        @Override
        public String normal(String wanted) {
            return wanted.strip().equalsIgnoreCase(value) ? value : null;
        }

        @Override
        public String expectation() {
            return value;
        }
    }

    /** Phase rotation by connector: {@code 0.RST,1.NotApplicable}; each connector once at most. */
    record PhaseRotation(IntSupplier connectors) implements KeyType {
        private static final Pattern ITEM = Pattern.compile("(\\d{1,3})\\.(RST|RTS|SRT|STR|TRS|TSR|NotApplicable|Unknown)");

        @Override
        public String normal(String value) {
            List<String> items = split(value);
            Set<Integer> seen = new HashSet<>();
            for (String item : items) {
                Matcher matcher = ITEM.matcher(item);
                if (!matcher.matches()) {
                    return null;
                }
                int connector = Integer.parseInt(matcher.group(1));
                if (connector > connectors.getAsInt() || !seen.add(connector)) {
                    return null;
                }
            }
            return items.isEmpty() ? null : String.join(",", items);
        }

        @Override
        public String expectation() {
            return "a list of CONNECTOR.ROTATION, such as 0.RST,1.NotApplicable";
        }
    }

    static List<String> split(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).filter(item -> !item.isEmpty()).toList();
    }
}
