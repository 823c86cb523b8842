package io.rist4j.codec.control;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The keep-alive message (TR-06-2:2022 §5.6.3), which is also the disconnect (§5.6.5) and the
 * reconnect message (§5.6.6).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                      MAC address (48 bits)                    |
 * +                               +-------------------------------+
 * |                               |X R B A P E L N D T V J F C G I|  flags
 * +-----+---------+---------------+-------------------------------+
 * |I G C|    0    |                      0                        |  extension, may be absent
 * +-----+---------+-----------------------------------------------+
 * |                     JSON (RFC 8259) ...                       |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Spec: no extension; C, G and I are of the Advanced profile and 0 in a Main device. libRIST
 * after 0.2.12, and ristgo and ristrust: the flags without C, G and I, then the extension, for
 * which they take any four bytes that follow; 0.2.12 takes all that follows for JSON, and looks at
 * neither. Ours: reads both forms, as JSON never has a NUL in its second byte, and drops NULs that
 * end the JSON; writes what the caller asks for.
 *
 * @param macAddress identifies the sender, 48 bits
 * @param flags its capabilities, with {@link #DISCONNECT} or {@link #RECONNECT}, 16 bits
 * @param extension first byte of the extension, 0..255, or {@link #NO_EXTENSION}
 * @param json a complete JSON text, or nothing; up to {@link #MAX_JSON_BYTES} in UTF-8. As a peer
 *     sent it: perhaps no JSON, perhaps with replacement characters for what is no UTF-8
 */
public record KeepAlive(long macAddress, int flags, int extension, String json)
        implements ControlMessage {
    /** Length of a message without extension and JSON. */
    public static final int FIXED_BYTES = 8;

    /** The longest JSON that is accepted or sent: one packet, even of a jumbo frame, holds it. */
    public static final int MAX_JSON_BYTES = 8_192;

    /** In place of an extension: there is none. */
    public static final int NO_EXTENSION = -1;

    /** D: this is a disconnect message, or the answer to one (§5.6.5). */
    public static final int DISCONNECT = 0x0080;

    /** T: this is a reconnect message, or the answer to one (§5.6.6). */
    public static final int RECONNECT = 0x0040;

    private static final int FLAGS = 6;
    private static final int EXTENSION_BYTES = 4;
    private static final int EXTENSION_ZEROS = 0x00FF_FFFF;

    /**
     * A message without extension and JSON.
     *
     * @param macAddress identifies the sender, 48 bits
     * @param flags its capabilities, with {@link #DISCONNECT} or {@link #RECONNECT}, 16 bits
     */
    public KeepAlive(long macAddress, int flags) {
        this(macAddress, flags, NO_EXTENSION, "");
    }

    /**
     * Reads a message.
     *
     * @param b holds it
     * @param at where it begins
     * @param bytes its length
     * @param handler takes it
     * @return {@link Verdict#OK}, {@link Verdict#TRUNCATED} or {@link Verdict#OVER_LIMIT}
     */
    public static Verdict read(ByteBuffer b, int at, int bytes, Handler handler) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        int end = at + bytes;
        int jsonAt = at + FIXED_BYTES;
        int extension = NO_EXTENSION;
        if (end - jsonAt >= EXTENSION_BYTES && (b.getInt(jsonAt) & EXTENSION_ZEROS) == 0) {
            extension = b.get(jsonAt) & 0xFF;
            jsonAt += EXTENSION_BYTES;
        }
        if (end - jsonAt > MAX_JSON_BYTES) {
            return Verdict.OVER_LIMIT;
        }
        while (end > jsonAt && b.get(end - 1) == 0) {
            end--;
        }
        long macAddress = b.getLong(at) >>> 16;
        int flags = b.getShort(at + FLAGS) & 0xFFFF;
        handler.onControl(
                new KeepAlive(macAddress, flags, extension, text(b, jsonAt, end - jsonAt)));
        return Verdict.OK;
    }

    private static String text(ByteBuffer b, int at, int bytes) {
        if (bytes == 0) {
            return "";
        }
        byte[] utf8 = new byte[bytes];
        b.get(at, utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Whether it is of the kind that {@link #DISCONNECT} or {@link #RECONNECT} tells. */
    public boolean has(int kind) {
        return (flags & kind) != 0;
    }

    @Override
    public boolean isFarewell() {
        return has(DISCONNECT);
    }

    @Override
    public int bytes() {
        return FIXED_BYTES + (extension == NO_EXTENSION ? 0 : EXTENSION_BYTES) + utf8().length;
    }

    private byte[] utf8() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the JSON is longer than {@link #MAX_JSON_BYTES}
     */
    @Override
    public int write(ByteBuffer b, int at) {
        byte[] utf8 = utf8();
        if (utf8.length > MAX_JSON_BYTES) {
            throw new IllegalArgumentException(
                    "JSON of " + utf8.length + " bytes is outside 0.." + MAX_JSON_BYTES + " bytes");
        }
        b.putLong(at, (macAddress << 16) | (flags & 0xFFFF));
        int jsonAt = at + FIXED_BYTES;
        if (extension != NO_EXTENSION) {
            b.putInt(jsonAt, extension << 24);
            jsonAt += EXTENSION_BYTES;
        }
        b.put(jsonAt, utf8);
        return jsonAt + utf8.length - at;
    }
}
