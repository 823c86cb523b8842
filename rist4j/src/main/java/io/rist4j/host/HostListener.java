package io.rist4j.host;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.net.PortRefusals;
import io.rist4j.session.FlowIdentity;
import io.rist4j.session.Newcomer;
import io.rist4j.session.SessionEvent;
import io.rist4j.session.SessionServices;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** What a {@link SessionHost} tells the handle that owns it. Called on the pump's thread. */
public interface HostListener extends SessionServices.Admission {
    /**
     * The next packet of a receiver, in order; valid during the call only.
     *
     * @param block the packet
     */
    void onBlock(MediaBlock block);

    /** About a second has passed, in which the session was served. */
    default void onSecond() {}

    /**
     * Something rare happened.
     *
     * @param event what
     */
    void onEvent(SessionEvent event);

    /**
     * An out-of-band datagram; valid during the call only.
     *
     * @param path its path's row
     * @param protocolType its EtherType
     * @param buffer holds it
     * @param at where it begins
     * @param bytes its length
     */
    void onOutOfBand(int path, int protocolType, ByteBuffer buffer, int at, int bytes);

    /**
     * Whether a peer that came by itself may come in.
     *
     * @param newcomer who
     */
    @Override
    boolean admits(Newcomer newcomer);

    /**
     * Whether a flow of several may come in.
     *
     * @param identity whose it is
     */
    @Override
    boolean admitsFlow(FlowIdentity identity);

    /**
     * A silent peer was called anew.
     *
     * @param path index of the configured path
     * @param peer where it is called
     */
    void onRedialled(int path, Endpoint peer);

    /**
     * The system refuses what is sent to a peer.
     *
     * @param peer where it was to go
     * @param kind why it did not leave
     * @param bytes length of the last datagram
     * @param mtuBytes of the network device towards there; 0 when unknown
     * @param datagrams how many since it was told last
     */
    void onSendRefused(
            Endpoint peer, PortRefusals.Kind kind, int bytes, int mtuBytes, long datagrams);

    /** A round of packets is over: whoever waits for them may be woken. */
    void onRoundEnd();

    /**
     * The session is over; nothing else is told afterwards.
     *
     * @param cause what ended it, null when it was closed
     */
    void onClosed(@Nullable Throwable cause);
}
