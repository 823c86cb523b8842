package io.rist4j.session.link;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/** What a link reads out of a datagram. What only tunnels say is ignored by default. */
public interface InboundHandler extends ControlHandler {
    /**
     * A media packet; the carrier and its buffer are valid during the call only.
     *
     * @param packet its fields
     * @return what became of it
     */
    Verdict onMedia(MediaPacket packet);

    /** As {@link io.rist4j.codec.gre.TunnelHandler#onKeepAlive}. */
    default void onKeepAlive(
            long macAddress, int flags, int extension, ByteBuffer b, int jsonAt, int jsonBytes) {}

    /** As {@link io.rist4j.codec.gre.TunnelHandler#onBufferNegotiation}. */
    default void onBufferNegotiation(
            int senderMaxMs,
            int receiverMs,
            int scope,
            ByteBuffer b,
            int scopeAt,
            int scopeBytes) {}

    /** As {@link io.rist4j.codec.gre.TunnelHandler#onOutOfBand}. */
    default Verdict onOutOfBand(int protocolType, ByteBuffer b, int at, int bytes) {
        return Verdict.UNKNOWN;
    }
}
