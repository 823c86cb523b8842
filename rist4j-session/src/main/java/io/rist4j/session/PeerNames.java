package io.rist4j.session;

import io.rist4j.core.message.PrintableText;

import java.nio.ByteBuffer;

/** Names as peers write them, made printable. */
final class PeerNames {
    private PeerNames() {}

    static String printable(ByteBuffer b, int at, int bytes) {
        byte[] name = new byte[bytes];
        b.get(at, name);
        return PrintableText.of(name);
    }
}
