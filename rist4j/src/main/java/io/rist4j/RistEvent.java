package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

/**
 * Something rare that happened to a session. Listeners are called on the network thread, one event
 * after the other in the order of happening, and must not block; they may call the handle.
 */
public sealed interface RistEvent {
    /**
     * A peer is there: the first path came up. Comes again when the peer returns after {@link
     * TimedOut}.
     *
     * @param peer its address
     * @param cname its canonical name, empty when it has not said
     */
    record Connected(InetSocketAddress peer, String cname) implements RistEvent {}

    /**
     * A path came up, for the first time or again.
     *
     * @param path its number in the statistics
     * @param peer its address
     */
    record PathUp(int path, InetSocketAddress peer) implements RistEvent {}

    /**
     * A path has been silent for longer than the session timeout, or its peer left.
     *
     * @param path its number in the statistics
     * @param peer its address
     */
    record PathDown(int path, InetSocketAddress peer) implements RistEvent {}

    /** No path is up any more. The session goes on waiting for its peer. */
    record TimedOut() implements RistEvent {}

    /**
     * The peer said goodbye. The session goes on waiting.
     *
     * @param peer its address
     */
    record PeerLeft(InetSocketAddress peer) implements RistEvent {}

    /**
     * A receiver began with a flow, or began anew.
     *
     * @param flowId the flow id: the media's SSRC with bit 0 clear
     * @param reason why
     */
    record FlowStarted(int flowId, StartReason reason) implements RistEvent {
        /** Whether there was a flow before this one. */
        public boolean isReset() {
            return reason != StartReason.FIRST_PACKET;
        }
    }

    /** Why a receiver began with a flow. */
    enum StartReason {
        /** The first packet of the session. */
        FIRST_PACKET,
        /** The sender started again, under another flow id. */
        NEW_SOURCE,
        /** The stream came back after a silence longer than the recovery buffer. */
        AFTER_SILENCE,
        /** Sequence numbers or timestamps jumped beyond the recovery buffer. */
        JUMP
    }

    /**
     * Media of another sender came to a receiver that is busy with one, and was refused. Told now
     * and then while it goes on.
     *
     * @param flowId the flow id that was refused
     * @param peer where it came from
     */
    record FlowRefused(int flowId, InetSocketAddress peer) implements RistEvent {}

    /**
     * The handle is closed; the last event.
     *
     * @param cause what ended it, null when it was closed
     */
    record Closed(@Nullable Throwable cause) implements RistEvent {}
}
