package io.rist4j.session.guard;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.ProtocolTypes;

import java.nio.ByteBuffer;

/** Sends the frames of an authentication: in clear, behind a GRE header of type EAPOL. */
final class FrameWriter {
    private final PskOutlet outlet;
    private final SpokenVersion version;
    private final GuardSink sink;

    FrameWriter(PskOutlet outlet, SpokenVersion version, GuardSink sink) {
        this.outlet = outlet;
        this.version = version;
        this.sink = sink;
    }

    void send(long nowNs, ByteBuffer frame, int frameAt, int frameBytes) {
        int at = sink.claim(GreHeader.ENCRYPTED_BYTES + frameBytes);
        if (at < 0) {
            return;
        }
        ByteBuffer b = sink.buffer();
        int head = outlet.begin(nowNs, b, at, version.at(nowNs), ProtocolTypes.EAPOL, true);
        b.put(at + head, frame, frameAt, frameBytes);
        sink.commit(outlet.end(b, at, head + frameBytes));
    }
}
