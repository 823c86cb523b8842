package io.rist4j.session.link;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/** A peer's reader, who reads into one handler. */
record PlainReader(MediaPacket carrier, InboundHandler handler) implements LinkReader {
    @Override
    public boolean isPeer() {
        return true;
    }

    @Override
    public Verdict look(OpenDatagram datagram, boolean isDoubtful) {
        return Verdict.OK;
    }

    @Override
    public Verdict read(OpenDatagram datagram) {
        return datagram.read(carrier, handler);
    }

    @Override
    public void again(long arrivalNs, ByteBuffer b, int at, int bytes) {
        throw new AssertionError("nothing is kept");
    }
}
