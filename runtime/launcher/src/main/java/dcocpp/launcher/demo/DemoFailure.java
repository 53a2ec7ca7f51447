package dcocpp.launcher.demo;

/** The demonstration went wrong; the message says where. */
final class DemoFailure extends Exception {
    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }
}
