package io.rist4j;

/**
 * Settings that a sender takes: a {@link RistConfig}, which serves either end, or what {@link
 * RistConfigBuilder#forSender} made, which a receiver does not take. Immutable.
 *
 * <pre>{@code
 * SenderConfig config = RistConfig.main().recoveryBuffer(Duration.ofMillis(500)).forSender().maxBitrate(Bitrate.ofMegabits(20)).build();
 * }</pre>
 */
public sealed interface SenderConfig permits RistConfig, SenderSettings {
    /** The same settings as a URL carries them, for either end. */
    RistConfig asConfig();
}
