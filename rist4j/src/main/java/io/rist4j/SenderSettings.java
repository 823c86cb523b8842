package io.rist4j;

/** Settings that only a sender takes. */
record SenderSettings(RistConfig asConfig) implements SenderConfig {
    /** As the settings, without secrets. */
    @Override
    public String toString() {
        return asConfig.toString();
    }
}
