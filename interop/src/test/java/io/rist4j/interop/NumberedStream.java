package io.rist4j.interop;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A transport stream of which no packet is like another, and each tells which one it is. */
final class NumberedStream {
    static final int PACKET_BYTES = 188;
    static final int PACKETS_PER_PAYLOAD = 7;
    static final int PAYLOAD_BYTES = PACKET_BYTES * PACKETS_PER_PAYLOAD;

    private static final int PID = 0x100;
    private static final int NUMBER_AT = 12;

    private final long seed;

    NumberedStream(long seed) {
        this.seed = seed;
    }

    /** The whole of a packet: TS header, the stream's seed, the number, noise. */
    byte[] packet(int number) {
        ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);
        packet.put((byte) 0x47).putShort((short) PID).put((byte) (0x10 | (number & 0x0f)));
        packet.putLong(seed).putInt(number);
        var noise = new SplittableRandom(seed ^ ((long) number << 20));
        while (packet.remaining() >= Long.BYTES) {
            packet.putLong(noise.nextLong());
        }
        return packet.array();
    }

    /** The packets of one payload, of which the first has this number. */
    byte[] payload(int firstNumber) {
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
        for (int packet = 0; packet < PACKETS_PER_PAYLOAD; packet++) {
            payload.put(packet(firstNumber + packet));
        }
        return payload.array();
    }

    /** The number of the packet that begins here whole and unchanged, or -1. */
    int numberAt(byte[] bytes, int at, int end) {
        if (end - at < PACKET_BYTES || bytes[at] != 0x47) {
            return -1;
        }
        int number = ByteBuffer.wrap(bytes).getInt(at + NUMBER_AT);
        boolean same = Arrays.equals(packet(number), 0, PACKET_BYTES, bytes, at, at + PACKET_BYTES);
        return same ? number : -1;
    }
}
