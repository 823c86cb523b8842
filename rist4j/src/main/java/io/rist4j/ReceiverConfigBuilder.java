package io.rist4j;

import static io.rist4j.FlowParameters.*;
import static io.rist4j.PathParameters.*;

import java.time.Duration;

/**
 * Collects what only a receiver has, over settings that act at both ends. Each method returns the
 * builder; nothing is checked before {@link #build}. Not thread-safe.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class ReceiverConfigBuilder<B extends ReceiverConfigBuilder<B>>
        permits SimpleConfig.ReceiverBuilder, MainConfig.ReceiverBuilder {
    private final RistConfigBuilder<?> settings;

    ReceiverConfigBuilder(RistConfigBuilder<?> settings) {
        this.settings = settings;
    }

    abstract B self();

    final <T> B set(Parameter<T> parameter, T value) {
        RistConfigBuilder<?> unused = settings.set(parameter, value);
        return self();
    }

    /**
     * The settings as a value that a receiver takes, and a sender does not.
     *
     * @throws RistConfigException when one is out of its range or contradicts another
     */
    public final ReceiverConfig build() {
        return new ReceiverSettings(settings.build());
    }

    /**
     * How long a packet may be overtaken before it is asked for.
     *
     * @param hold 0 ms..10 s and no more than the least recovery buffer; 15 ms by default
     */
    public B reorderBuffer(Duration hold) {
        return set(REORDER_BUFFER, hold);
    }

    /**
     * Round trips that an automatically sized recovery buffer holds.
     *
     * @param roundTrips 1..100; 7 by default
     */
    public B rttMultiplier(int roundTrips) {
        return set(RTT_MULTIPLIER, roundTrips);
    }

    /**
     * How often a packet can be asked for within an automatically sized buffer, at least.
     *
     * @param retries 2..100; 6 by default
     */
    public B minRetries(int retries) {
        return set(MIN_RETRIES, retries);
    }

    /**
     * The ceiling of a receiver's requests.
     *
     * @param bitrate 0 b/s..10 Gb/s; {@link Bitrate#ZERO}, the default, is no ceiling
     */
    public B returnBitrate(Bitrate bitrate) {
        return set(RETURN_BITRATE, bitrate);
    }

    /**
     * What playout follows.
     *
     * @param mode {@link TimingMode#SOURCE} by default
     */
    public B timingMode(TimingMode mode) {
        return set(TIMING_MODE, mode);
    }

    /**
     * How a receiver writes its requests.
     *
     * @param format {@link RequestFormat#RANGE} by default
     */
    public B requestFormat(RequestFormat format) {
        return set(REQUEST_FORMAT, format);
    }

    /**
     * Whether a receiver repeats requests within the round trip, as far as the return path is seen
     * to lose them.
     *
     * @param on true by default
     */
    public B requestRedundancy(boolean on) {
        return set(REQUEST_REDUNDANCY, on);
    }

    /**
     * Whether a receiver asks for up to 32 packets from before the first one that arrived, and
     * plays those that come in time.
     *
     * @param on true by default
     */
    public B startRepair(boolean on) {
        return set(START_REPAIR, on);
    }

    /**
     * How far from its instant a receiver may put a packet out, either way; half as far where
     * packets are closer together than that. More saves CPU, as more packets share a wake-up.
     *
     * @param tolerance 0 ms..20 ms; 1 ms by default
     */
    public B playoutTolerance(Duration tolerance) {
        return set(PLAYOUT_TOLERANCE, tolerance);
    }

    /**
     * Requests take the live path of highest priority, and among equals the one with the shortest
     * round trip.
     *
     * @param priority 0..1,000,000; 0 by default
     */
    public B recoveryPriority(int priority) {
        return set(RECOVERY_PRIORITY, priority);
    }
}
