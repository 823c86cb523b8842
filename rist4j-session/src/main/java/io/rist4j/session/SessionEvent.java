package io.rist4j.session;

import io.rist4j.codec.gre.PeerCapabilities;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.FlowLimit;
import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.psk.SecretMismatch;

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
     * A receiver of several flows began to take a further one.
     *
     * @param flow its index, until it has ended
     * @param identity whose it is
     */
    record FlowOpened(int flow, FlowIdentity identity) implements SessionEvent {}

    /**
     * A flow of several is over: it fell silent and is played out, or it was closed and has fallen
     * silent. It may come again, as a new one.
     *
     * @param flow its index, which another may have next
     * @param flowId SSRC with bit 0 cleared
     */
    record FlowEnded(int flow, int flowId) implements SessionEvent {}

    /**
     * A bound cut the recovery of a flow: told when it begins, and now and then while it goes on.
     *
     * @param flowId SSRC with bit 0 cleared
     * @param limit which bound
     * @param packets how many packets it cost since it was told last
     */
    record LimitReached(int flowId, FlowLimit limit, long packets) implements SessionEvent {}

    /**
     * Somebody else's media arrived at a session that serves another flow.
     *
     * @param flowId the flow that was refused
     * @param peer its address
     */
    record FlowRefused(int flowId, Endpoint peer) implements SessionEvent {}

    /**
     * A peer proved itself by EAP-SRP.
     *
     * @param peer its address
     * @param user the user name that was proved, printable
     */
    record Authenticated(Endpoint peer, String user) implements SessionEvent {}

    /**
     * A peer failed to prove itself, or this end to prove itself to it.
     *
     * @param peer its address
     * @param reason why
     */
    record AuthenticationFailed(Endpoint peer, EapRefusal reason) implements SessionEvent {}

    /**
     * A peer proved itself, and one direction stays in clear all the same, for the peer does not
     * know how to encrypt it. Anybody can read it, and add to it.
     *
     * @param peer its address
     * @param isOurs whether it is what this end sends, or what the peer sends
     */
    record InClear(Endpoint peer, boolean isOurs) implements SessionEvent {}

    /**
     * Somebody's datagrams do not fit our secret; told seldom. Nothing proves who sent them.
     *
     * @param peer the address that they bear
     * @param shown how that shows
     */
    record SecretsDiffer(Endpoint peer, SecretMismatch shown) implements SessionEvent {}

    /**
     * The application did not admit a peer.
     *
     * @param newcomer who asked to come in
     */
    record NotAdmitted(Newcomer newcomer) implements SessionEvent {}

    /**
     * A peer told what it can do, for the first time or something new.
     *
     * @param path its index
     * @param capabilities its word
     */
    record PeerCapable(int path, PeerCapabilities capabilities) implements SessionEvent {}

    /**
     * A peer told how long it keeps or buffers packets.
     *
     * @param path its index
     * @param senderMaxMs how long it keeps what it sends, 0 when it does not send
     * @param receiverMs how long it buffers what it receives, 0 when it does not
     */
    record BufferTold(int path, int senderMaxMs, int receiverMs) implements SessionEvent {}
}
