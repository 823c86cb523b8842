package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverSink.StartReason;

/** Rare things that a session tells its host. */
public sealed interface SessionEvent {
    /**
     * The first path came up: a peer was heard and may be sent to.
     *
     * @param peer its address
     * @param canonicalName its SDES CNAME, empty when it has not said
     */
    record Connected(Endpoint peer, String canonicalName) implements SessionEvent {}

    /**
     * A path came up, for the first time or again.
     *
     * @param path its index
     * @param peer its address
     */
    record PathUp(int path, Endpoint peer) implements SessionEvent {}

    /**
     * A path fell silent for longer than the session timeout.
     *
     * @param path its index
     * @param peer its address
     */
    record PathDown(int path, Endpoint peer) implements SessionEvent {}

    /** Every path is down; the session goes on waiting for its peer. */
    record TimedOut() implements SessionEvent {}

    /**
     * The peer said goodbye.
     *
     * @param peer its address
     */
    record PeerLeft(Endpoint peer) implements SessionEvent {}

    /**
     * A receiver anchored on a flow.
     *
     * @param flowId SSRC with bit 0 cleared
     * @param reason why it anchored
     */
    record FlowStarted(int flowId, StartReason reason) implements SessionEvent {}

    /**
     * Somebody else's media arrived at a session that serves another flow.
     *
     * @param flowId the flow that was refused
     * @param peer its address
     */
    record FlowRefused(int flowId, Endpoint peer) implements SessionEvent {}
}
