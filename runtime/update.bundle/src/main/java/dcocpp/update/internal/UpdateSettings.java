package dcocpp.update.internal;

/** The part of {@code dcocpp.security} that concerns installing bundles. */
@interface UpdateSettings {

    /** Take bundles without a trusted signature. */
    boolean allowUnsigned() default false;

    /** The longest jar that is taken, bytes. */
    long maxBytes() default 100L * 1024 * 1024;
}
