package dcocpp.ocpp.internal.message;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;

import com.fasterxml.jackson.databind.JsonNode;

/** The type of a single value. */
sealed interface FieldType {

    /** What is wrong with the value, as "must be ...", or null. */
    String fault(JsonNode value);

    /** Text of at most so many characters. */
    record Text(int maxLength) implements FieldType {
        @Override
        public String fault(JsonNode value) {
            if (!value.isTextual()) {
                return "must be a string";
            }
            int length = value.textValue().length();
            return length <= maxLength ? null : "must have at most " + maxLength + " characters, it has " + length;
        }
    }

    /** A whole number of 32 bits. */
    record Whole(int min) implements FieldType {
        @Override
        public String fault(JsonNode value) {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                return "must be an integer";
            }
            return value.intValue() >= min ? null : "must be at least " + min;
        }
    }

    /** A number with at most one digit behind the point. */
    record Decimal() implements FieldType {
        private static final int MAX_SCALE = 1;
        /** Keeps a number like 1e999999 from being written out. */
        private static final int MAX_DIGITS = 18;

        @Override
        public String fault(JsonNode value) {
            if (!value.isNumber()) {
                return "must be a number";
            }
            BigDecimal number = value.decimalValue();
            if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS) {
                return "must be a number of at most " + MAX_DIGITS + " digits";
            }
            return number.signum() == 0 || number.stripTrailingZeros().scale() <= MAX_SCALE
                    ? null : "must be a multiple of 0.1";
        }
    }

    record Bool() implements FieldType {
        @Override
        public String fault(JsonNode value) {
            return value.isBoolean() ? null : "must be true or false";
        }
    }

    record Time() implements FieldType {
        @Override
        public String fault(JsonNode value) {
            return value.isTextual() && OcppTime.isTime(value.textValue())
                    ? null : "must be a time such as 2026-01-31T12:00:00Z";
        }
    }

    record Uri() implements FieldType {
        @Override
        public String fault(JsonNode value) {
            if (!value.isTextual()) {
                return "must be a string";
            }
            try {
                new URI(value.textValue());
                return null;
            } catch (URISyntaxException e) {
                return "must be a URI: " + e.getReason();
            }
        }
    }

    /** One of some words. */
    record OneOf(Words words) implements FieldType {
        @Override
        public String fault(JsonNode value) {
            return value.isTextual() && words.contains(value.textValue()) ? null : "must be one of " + String.join(", ", words.all());
        }
    }

    /** An object with fields of its own; its content is checked by the schema itself. */
    record Nested(Schema schema) implements FieldType {
        @Override
        public String fault(JsonNode value) {
            return value.isObject() ? null : "must be an object";
        }
    }
}
