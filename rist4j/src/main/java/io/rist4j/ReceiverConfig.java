package io.rist4j;

/**
 * Settings that a receiver takes: a {@link RistConfig}, which serves either end, or what {@link
 * RistConfigBuilder#forReceiver} made, which a sender does not take. Immutable.
 *
 * <pre>{@code
 * ReceiverConfig config = RistConfig.main().recoveryBuffer(Duration.ofMillis(500)).forReceiver().timingMode(TimingMode.ARRIVAL).build();
 * }</pre>
 */
public sealed interface ReceiverConfig permits RistConfig, ReceiverSettings {
    /** The same settings as a URL carries them, for either end. */
    RistConfig asConfig();
}
