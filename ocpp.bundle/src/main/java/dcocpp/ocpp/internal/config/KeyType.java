package dcocpp.ocpp.internal.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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

    static List<String> split(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).filter(item -> !item.isEmpty()).toList();
    }
}
