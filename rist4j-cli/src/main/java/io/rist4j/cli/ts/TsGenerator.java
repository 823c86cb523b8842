package io.rist4j.cli.ts;

import java.nio.ByteBuffer;

/**
 * Makes a transport stream of constant bitrate: one program, its tables every 100 ms, a PCR every
 * 30 ms, one private data stream of pseudo-random content, and null packets. The same seed and
 * bitrate give the same bytes everywhere.
 *
 * <p>Spec: ISO/IEC 13818-1 §2.4; PCRs at most 100 ms apart (§2.7.2), 40 ms by DVB (TR 101 290).
 */
public final class TsGenerator {
    /** Least bitrate that leaves room for content between clock references and tables. */
    public static final long MIN_BITS_PER_SECOND = 500_000;

    /** Largest bitrate. */
    public static final long MAX_BITS_PER_SECOND = 1_000_000_000;

    private static final int PAT_PID = 0;
    private static final int PMT_PID = 0x1000;
    private static final int DATA_PID = 0x100;
    private static final int PROGRAM = 1;
    private static final int PRIVATE_PES = 0x06;
    private static final long PCR_SPACING = TsPacket.CLOCK_HZ * 30 / 1000;
    private static final long TABLE_SPACING = TsPacket.CLOCK_HZ / 10;

    /** One packet in so many is a null packet. */
    private static final int NULL_EVERY = 25;

    /** Packets of one PES packet: its 16-bit length allows up to 356. */
    private static final int PES_PACKETS = 32;

    private static final int PES_HEADER_BYTES = 14;
    private static final int PAYLOAD_BYTES = TsPacket.BYTES - 4;

    /** How far presentation lies behind the clock reference: 0.5 s in 90 kHz ticks. */
    private static final long PRESENTATION_DELAY = 45_000;

    private static final long CLOCKS_PER_PACKET = TsPacket.CLOCK_HZ * TsPacket.BYTES * 8;

    private final long bitsPerSecond;
    private final byte[] pat = section(pat());
    private final byte[] pmt = section(pmt());
    private long random;
    private long packets;
    private long clock;
    private long clockRemainder;
    private long nextPcr;
    private long nextTable;
    private boolean pmtDue;
    private int tableCounter;
    private int dataCounter;
    private int pesPacket;

    /**
     * A stream from its first packet.
     *
     * @param seed of the content
     * @param bitsPerSecond of the whole stream, {@link #MIN_BITS_PER_SECOND}..{@link
     *     #MAX_BITS_PER_SECOND}
     */
    public TsGenerator(long seed, long bitsPerSecond) {
        if (bitsPerSecond < MIN_BITS_PER_SECOND || bitsPerSecond > MAX_BITS_PER_SECOND) {
            throw new IllegalArgumentException(
                    "bitrate "
                            + bitsPerSecond
                            + " bit/s is outside "
                            + MIN_BITS_PER_SECOND
                            + ".."
                            + MAX_BITS_PER_SECOND
                            + " bit/s");
        }
        this.random = seed;
        this.bitsPerSecond = bitsPerSecond;
    }

    /** Packets made so far. */
    public long packets() {
        return packets;
    }

    /**
     * When a packet begins on the stream's clock.
     *
     * @param packet its number, from 0
     * @return ns since the first packet
     */
    public long dueNs(long packet) {
        long bits = packet * TsPacket.BYTES * 8;
        return (bits / bitsPerSecond * 1_000_000_000L)
                + (bits % bitsPerSecond * 1_000_000_000L / bitsPerSecond);
    }

    /**
     * Writes the next packets.
     *
     * @param to big-endian
     * @param at where the first one begins
     * @param count how many
     */
    public void write(ByteBuffer to, int at, int count) {
        for (int i = 0; i < count; i++) {
            writeOne(to, at + (i * TsPacket.BYTES));
        }
    }

    private void writeOne(ByteBuffer to, int at) {
        if (clock >= nextPcr) {
            TsPacket.writePcr(to, at, DATA_PID, dataCounter - 1, clock);
            nextPcr += PCR_SPACING;
        } else if (pmtDue) {
            writeTable(to, at, PMT_PID, pmt);
            pmtDue = false;
            tableCounter++;
        } else if (clock >= nextTable) {
            writeTable(to, at, PAT_PID, pat);
            nextTable += TABLE_SPACING;
            pmtDue = true;
        } else if (packets % NULL_EVERY == NULL_EVERY - 1) {
            TsPacket.writeHeader(to, at, TsPacket.NULL_PID, false, 0);
            writeStuffing(to, at + 4, PAYLOAD_BYTES);
        } else {
            writeContent(to, at);
        }
        packets++;
        clockRemainder += CLOCKS_PER_PACKET;
        clock += clockRemainder / bitsPerSecond;
        clockRemainder %= bitsPerSecond;
    }

    private void writeTable(ByteBuffer to, int at, int pid, byte[] section) {
        TsPacket.writeHeader(to, at, pid, true, tableCounter);
        to.put(at + 4, (byte) 0); // pointer field: the section begins at once
        to.put(at + 5, section);
        writeStuffing(to, at + 5 + section.length, PAYLOAD_BYTES - 1 - section.length);
    }

    private void writeContent(ByteBuffer to, int at) {
        TsPacket.writeHeader(to, at, DATA_PID, pesPacket == 0, dataCounter++);
        int from = at + 4;
        if (pesPacket == 0) {
            writePesHeader(to, from);
            from += PES_HEADER_BYTES;
        }
        pesPacket = (pesPacket + 1) % PES_PACKETS;
        int end = at + TsPacket.BYTES;
        for (; from + 8 <= end; from += 8) {
            to.putLong(from, nextRandom());
        }
        for (; from < end; from++) {
            to.put(from, (byte) nextRandom());
        }
    }

    /** Start code, private_stream_1, length, and the presentation time (§2.4.3.6). */
    private void writePesHeader(ByteBuffer to, int at) {
        long pts = ((clock / 300) + PRESENTATION_DELAY) & ((1L << 33) - 1);
        to.putInt(at, 0x0000_01BD);
        to.putShort(at + 4, (short) ((PES_PACKETS * PAYLOAD_BYTES) - 6));
        to.put(at + 6, (byte) 0x84); // '10', data_alignment_indicator
        to.put(at + 7, (byte) 0x80); // PTS only
        to.put(at + 8, (byte) 5);
        to.put(at + 9, (byte) (0x21 | ((pts >>> 29) & 0x0E)));
        to.putShort(at + 10, (short) (((pts >>> 14) & 0xFFFE) | 1));
        to.putShort(at + 12, (short) (((pts << 1) & 0xFFFE) | 1));
    }

    private static void writeStuffing(ByteBuffer to, int at, int bytes) {
        for (int i = 0; i < bytes; i++) {
            to.put(at + i, (byte) 0xFF);
        }
    }

    /** SplitMix64. */
    private long nextRandom() {
        random += 0x9E37_79B9_7F4A_7C15L;
        long z = random;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }

    /** Program association: one program (§2.4.4.3). */
    private static ByteBuffer pat() {
        return ByteBuffer.allocate(12)
                .put((byte) 0x00)
                .putShort((short) (0xB000 | 13))
                .putShort((short) 1) // transport_stream_id
                .put((byte) 0xC1) // version 0, current
                .putShort((short) 0) // section 0 of 0
                .putShort((short) PROGRAM)
                .putShort((short) (0xE000 | PMT_PID));
    }

    /** Program map: one stream, which also carries the clock (§2.4.4.8). */
    private static ByteBuffer pmt() {
        return ByteBuffer.allocate(17)
                .put((byte) 0x02)
                .putShort((short) (0xB000 | 18))
                .putShort((short) PROGRAM)
                .put((byte) 0xC1)
                .putShort((short) 0)
                .putShort((short) (0xE000 | DATA_PID)) // PCR_PID
                .putShort((short) 0xF000) // no program descriptors
                .put((byte) PRIVATE_PES)
                .putShort((short) (0xE000 | DATA_PID))
                .putShort((short) 0xF000); // no stream descriptors
    }

    private static byte[] section(ByteBuffer content) {
        int bytes = content.position();
        byte[] section = new byte[bytes + 4];
        content.get(0, section, 0, bytes);
        ByteBuffer.wrap(section).putInt(bytes, crc32(section, bytes));
        return section;
    }

    /** CRC of Annex A: polynomial 0x04C11DB7, no reflection, no final inversion. */
    static int crc32(byte[] data, int bytes) {
        int crc = -1;
        for (int i = 0; i < bytes; i++) {
            crc ^= data[i] << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc << 1) ^ ((crc >> 31) & 0x04C1_1DB7);
            }
        }
        return crc;
    }
}
