package io.rist4j.session;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.Wake;

import org.jspecify.annotations.Nullable;

/** Which flows a receiver takes, and where each has its place. */
interface FlowRule {
    /** Where the flows are. */
    FlowPlaces places();

    /** The place of a packet's flow, which may begin by that; null when the packet is refused. */
    FlowPlaces.@Nullable Place ofMedia(long nowNs, Path path, MediaPacket packet);

    /** The place of a flow that a path's sender reports on, or null. */
    FlowPlaces.@Nullable Place ofReport(long nowNs, Path path, int flowId);

    /**
     * Whether a peer that greets with this SSRC belongs to a flow, or there is no flow to belong
     * to.
     */
    boolean accepts(int ssrc);

    /** Whether a flow is running that a stranger's media must not disturb. */
    boolean isBusy();

    /**
     * The place of a flow that concerns a path: each in its turn.
     *
     * @param turn 0 for the first
     * @return -1 when there are no more
     */
    int concerned(Path path, int turn);

    /** Whether peers of one address may bring flows of their own. */
    boolean takesSeveralFlows();

    /** The buffer of a flow that may begin in a moment; {@link Long#MAX_VALUE} when none may. */
    long nextBufferNs();

    /** A flow is given up: what comes of it is refused until it has been silent. */
    void close(int index);

    /** Adds when {@link #onDeadline} next has work. */
    void wakes(Wake wake);

    /** Ends flows that are over. */
    void onDeadline(long nowNs);
}
