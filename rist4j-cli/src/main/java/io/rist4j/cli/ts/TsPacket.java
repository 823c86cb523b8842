package io.rist4j.cli.ts;

import java.nio.ByteBuffer;

/**
 * One transport packet (ISO/IEC 13818-1 §2.4.3.2), read and written in place.
 *
 * <pre>
 *  0        1        2        3        4
 * +--------+---+-------------+--+--+----+----------------- - -
 * |  0x47  |EUP|  PID (13)   |SC|AF| CC | adaptation field, payload
 * +--------+---+-------------+--+--+----+----------------- - -
 * </pre>
 *
 * Adaptation field: length, flags (0x80 discontinuity, 0x10 PCR), PCR (33 bits of 90 kHz, 6
 * reserved, 9 bits of 27 MHz).
 */
public final class TsPacket {
    /** Length of a packet in bytes. */
    public static final int BYTES = 188;

    /** Packets in one datagram: 7 × 188 = 1316 bytes. */
    public static final int PER_DATAGRAM = 7;

    /** First byte of every packet. */
    static final int SYNC = 0x47;

    /** The PID of packets without content. */
    static final int NULL_PID = 0x1FFF;

    /** Ticks of the system clock in one second. */
    static final long CLOCK_HZ = 27_000_000;

    /** Where the system clock wraps: 2^33 ticks of 90 kHz, 26.5 hours. */
    static final long CLOCK_WRAP = (1L << 33) * 300;

    /** What {@link #pcr} answers for a packet without one. */
    static final long NO_PCR = -1;

    private static final int PAYLOAD_FLAG = 0x10;
    private static final int ADAPTATION_FLAG = 0x20;
    private static final int PCR_FLAG = 0x10;
    private static final int DISCONTINUITY_FLAG = 0x80;

    /** Adaptation length, flags, and the six bytes of a PCR. */
    private static final int PCR_END = 12;

    static boolean isSync(ByteBuffer b, int at) {
        return b.get(at) == SYNC;
    }

    static int pid(ByteBuffer b, int at) {
        return b.getShort(at + 1) & 0x1FFF;
    }

    static boolean hasTransportError(ByteBuffer b, int at) {
        return (b.get(at + 1) & 0x80) != 0;
    }

    static boolean hasPayload(ByteBuffer b, int at) {
        return (b.get(at + 3) & PAYLOAD_FLAG) != 0;
    }

    static int continuityCounter(ByteBuffer b, int at) {
        return b.get(at + 3) & 0x0F;
    }

    static boolean isDiscontinuity(ByteBuffer b, int at) {
        return hasAdaptationFlags(b, at) && (b.get(at + 5) & DISCONTINUITY_FLAG) != 0;
    }

    /** The program clock reference in 27 MHz ticks, or {@link #NO_PCR}. */
    static long pcr(ByteBuffer b, int at) {
        if (!hasAdaptationFlags(b, at)
                || (b.get(at + 5) & PCR_FLAG) == 0
                || (b.get(at + 4) & 0xFF) < PCR_END - 5) {
            return NO_PCR;
        }
        long base = ((b.getInt(at + 6) & 0xFFFF_FFFFL) << 1) | ((b.get(at + 10) >> 7) & 1);
        int extension = ((b.get(at + 10) & 1) << 8) | (b.get(at + 11) & 0xFF);
        return (base * 300) + extension;
    }

    private static boolean hasAdaptationFlags(ByteBuffer b, int at) {
        return (b.get(at + 3) & ADAPTATION_FLAG) != 0 && b.get(at + 4) != 0;
    }

    /** Writes the four bytes of a header for a packet that is all payload. */
    static void writeHeader(ByteBuffer b, int at, int pid, boolean unitStart, int counter) {
        b.put(at, (byte) SYNC);
        b.putShort(at + 1, (short) (pid | (unitStart ? 0x4000 : 0)));
        b.put(at + 3, (byte) (PAYLOAD_FLAG | (counter & 0x0F)));
    }

    /**
     * Writes a packet that carries a PCR and no payload; its counter stays that of the last one.
     */
    static void writePcr(ByteBuffer b, int at, int pid, int counter, long pcr) {
        long wrapped = pcr % CLOCK_WRAP;
        long base = wrapped / 300;
        int extension = (int) (wrapped % 300);
        b.put(at, (byte) SYNC);
        b.putShort(at + 1, (short) pid);
        b.put(at + 3, (byte) (ADAPTATION_FLAG | (counter & 0x0F)));
        b.put(at + 4, (byte) (BYTES - 5));
        b.put(at + 5, (byte) PCR_FLAG);
        b.putInt(at + 6, (int) (base >>> 1));
        b.put(at + 10, (byte) (((base & 1) << 7) | 0x7E | (extension >>> 8)));
        b.put(at + 11, (byte) extension);
        for (int i = PCR_END; i < BYTES; i++) {
            b.put(at + i, (byte) 0xFF);
        }
    }

    private TsPacket() {}
}
