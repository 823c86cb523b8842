package io.rist4j.session;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/** A wire whose datagrams all have twenty octets, and that reads nothing. */
final class FixedWire implements PathWire {
    static final int BYTES = 20;

    @Override
    public Verdict read(
            long nowNs,
            int channel,
            ByteBuffer b,
            int at,
            int bytes,
            MediaPacket carrier,
            InboundHandler handler) {
        return Verdict.UNKNOWN;
    }

    @Override
    public int maxMediaBytes(int payloadBytes) {
        return BYTES;
    }

    @Override
    public int writeMedia(long nowNs, ByteBuffer b, int at, MediaPacket packet) {
        return BYTES;
    }

    @Override
    public int writeReport(long nowNs, ByteBuffer b, int at, Report report) {
        return BYTES;
    }

    @Override
    public int writeEchoResponse(
            long nowNs,
            ByteBuffer b,
            int at,
            int ownSsrc,
            int ssrc,
            long timestamp,
            long delayMicroseconds,
            int paddingBytes) {
        return BYTES;
    }

    /** One request in each datagram. */
    @Override
    public int writeRequests(long nowNs, ByteBuffer b, int at, int ownSsrc, RequestBatch batch) {
        batch.consumed++;
        return BYTES;
    }

    @Override
    public int writeOutOfBand(
            long nowNs,
            ByteBuffer b,
            int at,
            int protocolType,
            ByteBuffer from,
            int fromAt,
            int bytes) {
        return BYTES;
    }
}
