package io.rist4j.cli.media;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a receiver's packets go. */
public interface MediaOutput extends AutoCloseable {
    /**
     * Takes the next packet. On the pump's thread; never blocks.
     *
     * @param sequence RIST's sequence number
     * @param timestamp the media time in 90 kHz ticks
     * @param flowId RIST's flow id
     * @param buffer holds the payload, valid during the call only
     * @param at where it begins
     * @param bytes its length
     */
    void write(long sequence, long timestamp, int flowId, ByteBuffer buffer, int at, int bytes);

    /** Sends or stores what it still holds. Not on the pump's thread. */
    @Override
    void close() throws IOException;
}
