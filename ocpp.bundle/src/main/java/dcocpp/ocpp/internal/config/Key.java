package dcocpp.ocpp.internal.config;

/**
 * One configuration key.
 *
 * @param section where it stands in the base configuration
 * @param defaultValue what counts without a value there
 */
record Key(String section, String name, KeyType type, Access access, String defaultValue) {

    /** What a back office may do with a key. */
    enum Access {
        RO(true, false), RW(true, true), WO(false, true);

        private final boolean readable;
        private final boolean writable;

        Access(boolean readable, boolean writable) {
            this.readable = readable;
            this.writable = writable;
        }

        boolean readable() {
            return readable;
        }

        boolean writable() {
            return writable;
        }
    }
}
