package io.rist4j.session.guard;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.psk.SecretMismatch;

import java.nio.ByteBuffer;

/** Sends nothing, and keeps nothing. */
class QuietSink implements GuardSink {
    private final ByteBuffer room = ByteBuffer.allocate(2_048);

    @Override
    public int claim(int mostBytes) {
        return 0;
    }

    @Override
    public ByteBuffer buffer() {
        return room;
    }

    @Override
    public void commit(int bytes) {
        byte[] frame = new byte[bytes - GreHeader.SEQUENCED_BYTES];
        room.get(GreHeader.SEQUENCED_BYTES, frame);
        onFrame(frame);
    }

    /** A frame of an authentication went out. */
    void onFrame(byte[] frame) {}

    @Override
    public void onAuthenticated(long nowNs, String user) {}

    @Override
    public void onRefused(long nowNs, EapRefusal reason) {}

    @Override
    public void onShutOut(long nowNs, EapRefusal reason) {}

    @Override
    public void onClear(long nowNs, boolean isOurs) {}

    @Override
    public void onMismatch(long nowNs, SecretMismatch shown) {}
}
