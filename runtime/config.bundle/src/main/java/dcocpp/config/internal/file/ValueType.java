package dcocpp.config.internal.file;

/** Type of a configuration value. */
public enum ValueType {
    /** Text. */
    TEXT,
    /** true or false. */
    FLAG,
    /** A number with or without a fraction. */
    NUMBER,
    /** A whole number that an int holds. */
    WHOLE,
    /** A whole number that may need a long. */
    BIG
}
