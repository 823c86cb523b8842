package io.rist4j.codec;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Bytes as people write them. */
public final class Wire {
    private Wire() {}

    /** A buffer that holds the hexadecimal digits' bytes; spaces separate. */
    public static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** Hexadecimal digits of part of a buffer. */
    public static String digits(ByteBuffer b, int at, int bytes) {
        byte[] copy = new byte[bytes];
        b.get(at, copy);
        return HexFormat.of().formatHex(copy);
    }

    /** A buffer full of 0xEE, so that what a writer leaves out shows. */
    public static ByteBuffer dirty(int bytes) {
        return shifted(new byte[0], bytes);
    }

    /** A buffer that holds the packet from {@code at} on, surrounded by 0xEE. */
    public static ByteBuffer shifted(byte[] packet, int at) {
        ByteBuffer b = ByteBuffer.allocateDirect(at + packet.length + 16);
        for (int i = 0; i < b.capacity(); i++) {
            b.put(i, (byte) 0xEE);
        }
        b.put(at, packet);
        return b;
    }
}
