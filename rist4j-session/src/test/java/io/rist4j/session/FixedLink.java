package io.rist4j.session;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.session.link.Edition;
import io.rist4j.session.link.LinkReader;
import io.rist4j.session.link.PathLink;
import io.rist4j.session.link.Report;
import io.rist4j.session.link.RequestBatch;

import java.nio.ByteBuffer;

/** A link whose datagrams all have the same length, that reads nothing, and that a test shuts. */
class FixedLink implements PathLink {
    static final int BYTES = 20;

    boolean isOpen = true;
    boolean mayGreet = true;
    boolean isClosed;
    boolean saysNothingElse;
    private final int bytes;

    FixedLink() {
        this(BYTES);
    }

    FixedLink(int bytes) {
        this.bytes = bytes;
    }

    @Override
    public Verdict receive(
            long nowNs, long arrivalNs, ByteBuffer b, int at, int length, LinkReader reader) {
        return Verdict.UNKNOWN;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public boolean mayGreet() {
        return mayGreet;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    @Override
    public int maxMediaBytes(int payloadBytes) {
        return bytes;
    }

    @Override
    public int writeMedia(long nowNs, ByteBuffer b, int at, MediaPacket packet) {
        return bytes;
    }

    @Override
    public int writeReport(long nowNs, ByteBuffer b, int at, Report report) {
        return bytes;
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
        return bytes;
    }

    /** One request in each datagram. */
    @Override
    public int writeRequests(long nowNs, ByteBuffer b, int at, int ownSsrc, RequestBatch batch) {
        batch.consumed++;
        return bytes;
    }

    @Override
    public int writeControl(
            long nowNs, ByteBuffer b, int at, ControlMessage message, Edition edition) {
        return saysNothingElse ? CANNOT : bytes;
    }

    @Override
    public int writeOutOfBand(
            long nowNs,
            ByteBuffer b,
            int at,
            int protocolType,
            ByteBuffer from,
            int fromAt,
            int length) {
        return bytes;
    }
}
