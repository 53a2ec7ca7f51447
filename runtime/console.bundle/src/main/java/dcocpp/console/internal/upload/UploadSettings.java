package dcocpp.console.internal.upload;

/** The part of {@code dcocpp.security} that bounds uploads. */
@interface UploadSettings {

    /** The longest file that is taken, bytes. */
    long maxBytes() default 100L * 1024 * 1024;
}
