package io.rist4j.session.link;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

/** A datagram that its link has opened; valid during the {@link LinkReader}'s call. */
@FunctionalInterface
public interface OpenDatagram {
    /**
     * Reads it; as often as need be.
     *
     * @param carrier to be filled with media
     * @param handler visited with what the datagram says
     * @return what became of it
     */
    Verdict read(MediaPacket carrier, InboundHandler handler);
}
