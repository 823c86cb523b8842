package io.rist4j.session;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The wire format of one path: datagrams to messages and back. Knows no addresses and no flow, and
 * hands the time through to whoever guards the path.
 *
 * <p>Writers return the datagram's length; the caller has room for {@link #MAX_CONTROL_BYTES}, or
 * for {@link #maxMediaBytes}.
 */
interface PathWire {
    /** No control datagram is longer: it fits the smallest MTU that carries video. */
    int MAX_CONTROL_BYTES = 1_400;

    /** In place of a length: the profile cannot say that. */
    int CANNOT = -1;

    /**
     * Reads one datagram.
     *
     * @param nowNs the present
     * @param channel which of the path's sockets it came from, 0 for the first
     * @param carrier to be filled with media
     * @param handler visited with what the datagram says
     */
    Verdict read(
            long nowNs,
            int channel,
            ByteBuffer b,
            int at,
            int bytes,
            MediaPacket carrier,
            InboundHandler handler);

    /** Upper bound of the datagram that carries a payload of so many bytes. */
    int maxMediaBytes(int payloadBytes);

    /** Writes a media packet. */
    int writeMedia(long nowNs, ByteBuffer b, int at, MediaPacket packet);

    /** Writes the periodic compound: report, name and what the report carries besides. */
    int writeReport(long nowNs, ByteBuffer b, int at, Report report);

    /** Writes the answer to an echo request. */
    int writeEchoResponse(
            long nowNs,
            ByteBuffer b,
            int at,
            int ownSsrc,
            int ssrc,
            long timestamp,
            long delayMicroseconds,
            int paddingBytes);

    /**
     * Writes requests for as many of {@code sequences[from..to)} as one datagram takes.
     *
     * @param batch the sequences, ascending; {@link RequestBatch#consumed} is moved past those
     *     written
     */
    int writeRequests(long nowNs, ByteBuffer b, int at, int ownSsrc, RequestBatch batch);

    /** Upper bound of the datagram that carries so many bytes of another protocol. */
    default int maxOutOfBandBytes(int bytes) {
        return bytes;
    }

    /**
     * Writes something of another protocol, as it is.
     *
     * @return the datagram's length, or {@link #CANNOT} where the profile has no place for it
     */
    default int writeOutOfBand(
            long nowNs,
            ByteBuffer b,
            int at,
            int protocolType,
            ByteBuffer from,
            int fromAt,
            int bytes) {
        return CANNOT;
    }
}
