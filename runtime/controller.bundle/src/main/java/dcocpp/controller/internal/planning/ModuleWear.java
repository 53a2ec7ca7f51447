package dcocpp.controller.internal.planning;

/** What is known of the wear of power modules. */
public interface ModuleWear {

    /** Nothing is known. */
    ModuleWear NONE = new ModuleWear() {
        @Override
        public double hours(String moduleId) {
            return 0;
        }

        @Override
        public long operations(String contactor) {
            return 0;
        }
    };

    /** How long it has given current, h, in tenths. */
    double hours(String moduleId);

    /** How often its contactor has been switched. */
    long operations(String contactor);
}
