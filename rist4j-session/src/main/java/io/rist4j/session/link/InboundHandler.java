package io.rist4j.session.link;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/** What a link reads out of a datagram. What only tunnels say is ignored by default. */
public interface InboundHandler extends ControlHandler, ControlMessage.Handler {
    /**
     * A media packet; the carrier and its buffer are valid during the call only.
     *
     * @param packet its fields
     * @return what became of it
     */
    Verdict onMedia(MediaPacket packet);

    /** What is said rarely. */
    @Override
    default void onControl(ControlMessage message) {}

    /** As {@link io.rist4j.codec.gre.TunnelHandler#onOutOfBand}. */
    default Verdict onOutOfBand(int protocolType, ByteBuffer b, int at, int bytes) {
        return Verdict.UNKNOWN;
    }
}
