package io.rist4j.session;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.Wake;
import io.rist4j.session.link.Report;

/** The media half of a session: adapts a sender's or a receiver's flow to paths and wires. */
interface FlowEnd {
    /** A datagram is about to be read: what it says comes in the calls that follow. */
    default void onDatagram() {}

    /** Media came in on a path. */
    Verdict onMedia(long nowNs, Path path, MediaPacket packet);

    /**
     * A peer misses packets.
     *
     * @param mediaSsrc the flow that it says it misses them of
     * @param first the first one's sequence number
     * @param bits how many of its lowest bits are known, 16 or 32
     * @param additional how many follow it
     */
    void onMissing(long nowNs, Path path, int mediaSsrc, long first, int bits, int additional);

    /**
     * A sender's clocks, as the media of this SSRC has them.
     *
     * @return whether it counts: it is of a flow in use, and of a path that brings it
     */
    boolean onSenderReport(long nowNs, Path path, int ssrc, long ntp, long rtpTimestamp);

    /**
     * A peer reports what it received of a flow.
     *
     * @return whether it counts: it is of a flow that leaves here, and of a peer whose address is
     *     proven
     */
    boolean onReceptionReport(
            long nowNs, Path path, int sourceSsrc, long highestSequence, long cumulativeLost);

    /** A path's peer left or fell silent. */
    void onPathDown(Path path);

    /** A row of the paths was freed: another peer may have it next. */
    void onPathRemoved(int row);

    /**
     * Whether media leaves here, so that a learned peer must be told where its media comes from.
     */
    boolean sendsMedia();

    /** A learned peer has shown that it is where it says: media may go there from now on. */
    default void onProven(long nowNs, Path path) {}

    /** A path's round trip was measured anew. */
    void onRoundTrip(long nowNs, Path path);

    /** Fills the media half of a path's report: of its first flow, if it has any. */
    void fillReport(long nowNs, Path path, Report report);

    /**
     * The same for the next flow of the path, until there is none. Only after {@link #fillReport}.
     *
     * @return whether there was one
     */
    default boolean fillNextReport(long nowNs, Path path, Report report) {
        return false;
    }

    /** How long this end keeps what it sends, or buffers what it receives, in ms. */
    long bufferMs();

    /** Whether this end sizes its buffer by what it measures. */
    boolean sizesBuffer();

    /** The shortest recovery buffer in use, or what a sender keeps. */
    long shortestBufferNs();

    /** The longest recovery buffer in use, or what a sender keeps. */
    long longestBufferNs();

    /** A path's sender tells how long it keeps packets: a longer buffer would be of no use. */
    void onSenderKeeps(Path path, long keepsNs);

    /** How this end names itself in control messages. */
    int controlSsrc();

    /**
     * Whether a peer that greets with this SSRC belongs to the flow, or there is no flow to belong
     * to.
     */
    boolean accepts(int ssrc);

    /** Whether a flow is running that a stranger's media must not disturb. */
    boolean isBusy();

    /** Whether peers of one address may bring flows of their own. */
    default boolean takesSeveralFlows() {
        return false;
    }

    /** Gives back what memory it took for media: the last call but for questions. */
    void release();

    /** Adds when it next has work. */
    void wakes(Wake wake);

    void onDeadline(long nowNs);

    /** Whether nothing is left that a peer could ask for, or that waits to be played. */
    boolean isDrained(long nowNs);
}
