package io.rist4j.codec.rtcp;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The source description with a canonical name (TR-06-1:2020 §5.2.5, RFC 3550 §6.5).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+---------+---------------+-------------------------------+
 * |V=2|P| chunks  |   type = 202  |            length             |
 * +---+-+---------+---------------+-------------------------------+
 * |                             SSRC                              |
 * +---------------+---------------+-------------------------------+
 * |   CNAME = 1   |  name length  |           name ...            |
 * +---------------+---------------+-------------------------------+
 * |           name ...            |   1 to 4 zero bytes           |
 * +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p>Spec: one chunk with one item. libRIST: looks for the name at this place only, and takes the
 * packet for the peer's word that it exists (trap T1). Ours: writes just that; reads any number of
 * chunks and items, and of each chunk the first name. A last chunk may lack its closing zeros.
 */
final class SourceDescription {
    static final int MAX_NAME_BYTES = 255;

    private static final int SSRC_BYTES = 4;
    private static final int ITEM_HEADER_BYTES = 2;
    private static final int END = 0;
    private static final int CANONICAL_NAME = 1;

    private SourceDescription() {}

    static Verdict read(ByteBuffer b, int at, int bytes, ControlHandler handler) {
        int chunks = RtcpHeader.count(b, at);
        int end = at + bytes;
        int chunk = at + RtcpHeader.FIXED_BYTES;
        for (int i = 0; i < chunks; i++) {
            chunk = chunkEnd(b, chunk, end);
            if (chunk < 0) {
                return Verdict.BAD_LENGTH;
            }
        }
        chunk = at + RtcpHeader.FIXED_BYTES;
        for (int i = 0; i < chunks; i++) {
            int chunkEnd = chunkEnd(b, chunk, end);
            visitName(b, chunk, chunkEnd, handler);
            chunk = chunkEnd;
        }
        return Verdict.OK;
    }

    /** Where the chunk ends, or -1 when one of its lengths leads beyond the packet. */
    private static int chunkEnd(ByteBuffer b, int chunk, int end) {
        int item = chunk + SSRC_BYTES;
        if (item > end) {
            return -1;
        }
        while (item < end && b.get(item) != END) {
            if (end - item < ITEM_HEADER_BYTES) {
                return -1;
            }
            item += ITEM_HEADER_BYTES + (b.get(item + 1) & 0xFF);
            if (item > end) {
                return -1;
            }
        }
        // Zeros fill the word that the last item left begun, or a whole one. Packets are whole
        // words, so only an unclosed last chunk reaches the end.
        int wordsBytes = ((item - chunk) / 4 + 1) * 4;
        return Math.min(chunk + wordsBytes, end);
    }

    private static void visitName(ByteBuffer b, int chunk, int end, ControlHandler handler) {
        int item = chunk + SSRC_BYTES;
        while (item < end && b.get(item) != END) {
            int bytes = b.get(item + 1) & 0xFF;
            if (b.get(item) == CANONICAL_NAME) {
                handler.onCanonicalName(b.getInt(chunk), b, item + ITEM_HEADER_BYTES, bytes);
                return;
            }
            item += ITEM_HEADER_BYTES + bytes;
        }
    }

    static int write(ByteBuffer b, int at, int ssrc, byte[] name) {
        if (name.length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "canonical name of " + name.length + " bytes is outside 0..255 bytes");
        }
        int nameAt = at + RtcpHeader.FIXED_BYTES + SSRC_BYTES + ITEM_HEADER_BYTES;
        int nameEnd = nameAt + name.length;
        int bytes = ((nameEnd - at) / 4 + 1) * 4;
        RtcpHeader.write(b, at, 1, RtcpHeader.SOURCE_DESCRIPTION, bytes, ssrc);
        b.put(nameAt - ITEM_HEADER_BYTES, (byte) CANONICAL_NAME);
        b.put(nameAt - 1, (byte) name.length);
        b.put(nameAt, name);
        for (int i = nameEnd; i < at + bytes; i++) {
            b.put(i, (byte) END);
        }
        return bytes;
    }
}
