package io.rist4j;

import static io.rist4j.FlowParameters.*;
import static io.rist4j.PathParameters.*;

/**
 * Collects what only a sender has, over settings that act at both ends. Each method returns the
 * builder; nothing is checked before {@link #build}. Not thread-safe.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class SenderConfigBuilder<B extends SenderConfigBuilder<B>>
        permits SimpleConfig.SenderBuilder, MainConfig.SenderBuilder {
    private final RistConfigBuilder<?> settings;

    SenderConfigBuilder(RistConfigBuilder<?> settings) {
        this.settings = settings;
    }

    abstract B self();

    final <T> B set(Parameter<T> parameter, T value) {
        RistConfigBuilder<?> unused = settings.set(parameter, value);
        return self();
    }

    /**
     * The settings as a value that a sender takes, and a receiver does not.
     *
     * @throws RistConfigException when one is out of its range or contradicts another
     */
    public final SenderConfig build() {
        return new SenderSettings(settings.build());
    }

    /**
     * The ceiling of originals and retransmissions together, above which nothing is sent again: of
     * each flow, over all its paths. By default retransmissions stay below twice the bitrate of the
     * stream itself on each path, with a burst of one recovery buffer, so that up to half of all
     * packets may be lost, and nobody can draw more than three times the stream by asking.
     *
     * @param bitrate 1 kb/s..100 Gb/s
     */
    public B maxBitrate(Bitrate bitrate) {
        return set(MAX_BITRATE, bitrate);
    }

    /**
     * How a sender holds back retransmissions.
     *
     * @param mode {@link CongestionControl#NORMAL} by default
     */
    public B congestionControl(CongestionControl mode) {
        return set(CONGESTION_CONTROL, mode);
    }

    /**
     * The flow id that a sender uses: the SSRC of its media with bit 0 clear. Without it, one is
     * drawn at random for each session.
     *
     * @param id an even number of 32 bits
     */
    public B flowId(int id) {
        return set(FLOW_ID, id);
    }

    /**
     * Whether a sender repeats the last packet when its input pauses, until it is reported, so that
     * the receiver sees what is missing before it.
     *
     * @param on true by default
     */
    public B tailRepair(boolean on) {
        return set(TAIL_REPAIR, on);
    }

    /**
     * The share of the originals that a path carries, relative to the weights of the others.
     *
     * @param share 0..1,000,000; 0, the default, carries every original (SMPTE 2022-7 duplication)
     */
    public B weight(int share) {
        return set(WEIGHT, share);
    }

    /**
     * Leaves null packets of a transport stream out; the receiver puts them back. A payload must be
     * 1 to 7 transport packets for that. {@link RistSender#setNullPacketDeletion} changes it at run
     * time. Spec: TR-06-2:2022 §8.3, which GStreamer uses on Simple too.
     *
     * @param delete false by default
     */
    public B nullPacketDeletion(boolean delete) {
        return set(NULL_PACKET_DELETION, delete);
    }

    /**
     * Which null packets are left out.
     *
     * @param rule {@link NullPacketRule#EXACT} by default
     */
    public B nullPacketRule(NullPacketRule rule) {
        return set(NULL_PACKET_RULE, rule);
    }

    /**
     * Tells 32 bits of the sequence numbers instead of 16, which come round after 65 536 packets:
     * at high rates before a receiver has asked for all that it misses. Receivers that do not know
     * the extension go by the lower 16. Spec: TR-06-2:2022 §8.3 and §8.4.
     *
     * @param extended false by default
     */
    public B extendedSequence(boolean extended) {
        return set(EXTENDED_SEQUENCE, extended);
    }
}
