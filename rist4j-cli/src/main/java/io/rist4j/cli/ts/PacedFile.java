package io.rist4j.cli.ts;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Cuts a file into datagrams and says when each is due: by the clock references of the transport
 * stream in it, or at a given bitrate.
 *
 * <p>Every byte of the file comes out, in order, also those before the first packet and between
 * packets where the file is damaged. Datagrams hold whole packets. Playing in a loop continues the
 * time line; content is not rewritten.
 *
 * <p>A second cursor runs ahead of the one that reads, just far enough to know the next clock
 * reference.
 */
public final class PacedFile implements AutoCloseable {
    /** What a file without clock references is sent at, unless told otherwise. */
    public static final long DEFAULT_BITS_PER_SECOND = 8_000_000;

    private static final int BLOCK_BYTES = 1 << 16;

    /** A stretch without any reference longer than this takes the bitrate before it. */
    private static final long MAX_AHEAD_BYTES = 8 << 20;

    private final FileChannel file;
    private final long fileBytes;
    private final boolean loop;
    private final boolean byReferences;
    private final @Nullable PacketFraming framing;
    private final int chunkBytes;
    private final PcrTimeline timeline;
    private final ByteBuffer ahead = ByteBuffer.allocate(BLOCK_BYTES);
    private boolean isOtherClock;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
    private long blockOffset;
    private int blockBytes;
    private long aheadOffset;
    private int aheadBytes;
    private long scanned;
    private long position;
    private long dueNs;
    private int pcrPid = -1;

    /**
     * A file from its beginning.
     *
     * @param file readable; closed with this object
     * @param bitsPerSecond the bitrate to send at, or 0 to go by the clock references
     * @param loop whether to begin again at the end, for ever
     * @throws IOException when it cannot be read
     */
    public PacedFile(FileChannel file, long bitsPerSecond, boolean loop) throws IOException {
        this.file = file;
        this.loop = loop;
        fileBytes = file.size();
        byReferences = bitsPerSecond == 0;
        timeline = new PcrTimeline(byReferences ? DEFAULT_BITS_PER_SECOND : bitsPerSecond);
        aheadBytes = readBlock(ahead, 0);
        framing = PacketFraming.detect(ahead, aheadBytes);
        chunkBytes =
                framing == null ? TsPacket.PER_DATAGRAM * TsPacket.BYTES : framing.chunkBytes();
        scanned = framing == null ? 0 : framing.start();
        scanTo(1);
    }

    /** Whether the bitrate comes from clock references in the file. */
    public boolean hasClock() {
        return byReferences && timeline.isRateKnown();
    }

    /**
     * Reads the next datagram.
     *
     * @param to filled from index 0; at least 1316 bytes
     * @return its length, or -1 at the end
     * @throws IOException when the file cannot be read
     */
    public int read(ByteBuffer to) throws IOException {
        if (fileBytes == 0 || (!loop && position >= fileBytes)) {
            return -1;
        }
        long inFile = position % fileBytes;
        int wanted = chunkBytes;
        if (framing != null && inFile < framing.start()) {
            wanted = Math.min(wanted, framing.start() - (int) inFile);
        }
        int bytes = copy(inFile, to, (int) Math.min(wanted, fileBytes - inFile));
        if (bytes <= 0) {
            return -1; // the file became shorter
        }
        if (framing != null && inFile >= framing.start()) {
            bytes = framing.cut(to, bytes, inFile + bytes == fileBytes);
        }
        scanTo(position + bytes);
        dueNs = timeline.dueNs(position);
        position += bytes;
        return bytes;
    }

    /** When the datagram of the last {@link #read} is due, in ns since the first one. */
    public long dueNs() {
        return dueNs;
    }

    private int copy(long from, ByteBuffer to, int wanted) throws IOException {
        if (from < blockOffset || from + wanted > blockOffset + blockBytes) {
            blockBytes = readBlock(block, from);
            blockOffset = from;
        }
        int bytes = Math.min(wanted, blockBytes - (int) (from - blockOffset));
        if (bytes > 0) {
            to.put(0, block, (int) (from - blockOffset), bytes);
        }
        return bytes;
    }

    /** Runs ahead until there is a clock reference at or behind {@code offset}, within bounds. */
    private void scanTo(long offset) throws IOException {
        if (!byReferences || framing == null) {
            return;
        }
        long limit = offset + MAX_AHEAD_BYTES;
        while ((timeline.knownUntil() < offset || !timeline.isRateKnown()) && scanned < limit) {
            if (!scanPacket(framing)) {
                return;
            }
        }
        if (scanned >= limit) {
            pcrPid = -1; // the clock's stream ended: take any other
            isOtherClock = true;
        }
    }

    private boolean scanPacket(PacketFraming packets) throws IOException {
        long inFile = scanned % fileBytes;
        if (inFile < packets.start()) {
            scanned += packets.start() - inFile;
            inFile = packets.start();
        }
        long sync = inFile + packets.syncAt();
        if (sync + TsPacket.BYTES > fileBytes) {
            scanned += fileBytes - inFile;
            return loop;
        }
        if (sync < aheadOffset || sync + TsPacket.BYTES > aheadOffset + aheadBytes) {
            aheadBytes = readBlock(ahead, sync);
            aheadOffset = sync;
            if (aheadBytes < TsPacket.BYTES) {
                return false;
            }
        }
        int at = (int) (sync - aheadOffset);
        if (!TsPacket.isSync(ahead, at)) {
            scanned++; // damaged here: look for packets byte by byte
            return true;
        }
        long pcr = TsPacket.pcr(ahead, at);
        if (pcr != TsPacket.NO_PCR && (pcrPid < 0 || pcrPid == TsPacket.pid(ahead, at))) {
            pcrPid = TsPacket.pid(ahead, at);
            timeline.onPcr(scanned, pcr, isOtherClock || TsPacket.isDiscontinuity(ahead, at));
            isOtherClock = false;
        }
        scanned += packets.stride();
        return true;
    }

    private int readBlock(ByteBuffer into, long from) throws IOException {
        into.clear();
        while (into.hasRemaining()) {
            if (file.read(into, from + into.position()) < 0) {
                break;
            }
        }
        return into.position();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
