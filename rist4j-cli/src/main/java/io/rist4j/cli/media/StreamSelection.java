package io.rist4j.cli.media;

import java.nio.ByteBuffer;

/**
 * Which of a tunnel's packets an output takes: {@code stream-id} and {@code multiplex-mode}.
 *
 * <p>libRIST: 0 compares the stream id with the virtual destination port, 1 with the virtual source
 * port, and 2 takes every packet and strips it of an IPv4 and a UDP header; -1 goes by the source
 * port: 65535 for mode 2, below 32768 for mode 1, else mode 0. Stream id 0 takes everything as it
 * is. Ours: in mode 2 a packet that does not begin with such headers is left out.
 *
 * @param streamId a virtual port, or 0 for everything
 * @param mode -1, 0, 1 or 2
 */
public record StreamSelection(int streamId, int mode) {
    /** In place of where a payload begins: the output does not take it. */
    public static final int NOT_TAKEN = -1;

    /** Everything, as it is. */
    public static final StreamSelection EVERYTHING = new StreamSelection(0, StreamSelection.AUTO);

    static final int AUTO = -1;
    private static final int BY_SOURCE = 1;
    private static final int INSIDE_IP = 2;

    private static final int FIRST_DYNAMIC_PORT = 32_768;
    private static final int SOURCE_OF_IP = 65_535;
    private static final int IP_HEADER_BYTES = 20;
    private static final int HEADER_BYTES = IP_HEADER_BYTES + 8;
    private static final int VERSION_4_WITHOUT_OPTIONS = 0x45;
    private static final int UDP = 17;

    /** Whether it leaves out anything, or takes anything apart. */
    public boolean isSelective() {
        return streamId != 0 || mode == INSIDE_IP;
    }

    /**
     * How many bytes at the beginning of a packet the output leaves out.
     *
     * @param source the packet's virtual source port
     * @param destination its virtual destination port
     * @param buffer holds its payload
     * @param at where that begins
     * @param bytes its length
     * @return 0 or more, or {@link #NOT_TAKEN} for all of it
     */
    public int skip(int source, int destination, ByteBuffer buffer, int at, int bytes) {
        if (mode == INSIDE_IP) {
            return headerBytes(buffer, at, bytes);
        }
        if (streamId == 0) {
            return 0;
        }
        if (mode == AUTO && source == SOURCE_OF_IP) {
            return headerBytes(buffer, at, bytes);
        }
        boolean bySource = mode == BY_SOURCE || (mode == AUTO && source < FIRST_DYNAMIC_PORT);
        return streamId == (bySource ? source : destination) ? 0 : NOT_TAKEN;
    }

    private static int headerBytes(ByteBuffer b, int at, int bytes) {
        boolean isWrapped =
                bytes > HEADER_BYTES
                        && b.get(at) == VERSION_4_WITHOUT_OPTIONS
                        && b.get(at + 9) == UDP;
        return isWrapped ? HEADER_BYTES : NOT_TAKEN;
    }
}
