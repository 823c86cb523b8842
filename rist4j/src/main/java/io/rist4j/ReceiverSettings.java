package io.rist4j;

/** Settings that only a receiver takes. */
record ReceiverSettings(RistConfig asConfig) implements ReceiverConfig {
    /** As the settings, without secrets. */
    @Override
    public String toString() {
        return asConfig.toString();
    }
}
