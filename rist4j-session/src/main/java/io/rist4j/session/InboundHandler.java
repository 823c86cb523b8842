package io.rist4j.session;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

/** What a wire reads out of a datagram. */
interface InboundHandler extends ControlHandler {
    /**
     * A media packet; the carrier and its buffer are valid during the call only.
     *
     * @param packet its fields
     * @return what became of it
     */
    Verdict onMedia(MediaPacket packet);
}
