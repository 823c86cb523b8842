package io.rist4j.codec.gre;

import io.rist4j.core.message.PrintableText;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Keeps what one peer said last in its keep-alive messages, and notices when it says something
 * else. Allocates only then.
 *
 * <p>A message without JSON does not take back the JSON of an earlier one. A peer whose JSON needs
 * several messages (TR-06-2:2022 §5.6.8) says something else each time; who tells others of changes
 * bounds how often.
 *
 * <p>Not thread-safe.
 */
public final class KeepAliveMemory {
    private static final int MESSAGE_KINDS = KeepAlive.DISCONNECT | KeepAlive.RECONNECT;

    private long macAddress;
    private int flags;
    private int extension;
    private byte[] json = new byte[0];
    private @Nullable PeerCapabilities latest;

    /** Knows nothing yet. */
    public KeepAliveMemory() {}

    /**
     * Takes note of a message; the parameters are {@link TunnelHandler#onKeepAlive}'s. Whether it
     * is a disconnect or reconnect message makes no difference.
     *
     * @return whether it says anything new, as the first one does
     */
    public boolean onKeepAlive(
            long peerMacAddress,
            int peerFlags,
            int peerExtension,
            ByteBuffer buffer,
            int jsonAt,
            int jsonBytes) {
        int capabilityFlags = peerFlags & ~MESSAGE_KINDS;
        boolean newJson = jsonBytes > 0 && !isKnownJson(buffer, jsonAt, jsonBytes);
        if (latest != null
                && !newJson
                && peerMacAddress == macAddress
                && capabilityFlags == flags
                && peerExtension == extension) {
            return false;
        }
        macAddress = peerMacAddress;
        flags = capabilityFlags;
        extension = peerExtension;
        if (newJson) {
            json = new byte[jsonBytes];
            buffer.get(jsonAt, json);
        }
        latest = new PeerCapabilities(macAddress, Capability.of(flags, extension), printable(json));
        return true;
    }

    /** What the peer said last, null when it said nothing yet. */
    public @Nullable PeerCapabilities latest() {
        return latest;
    }

    private boolean isKnownJson(ByteBuffer b, int at, int bytes) {
        if (bytes != json.length) {
            return false;
        }
        for (int i = 0; i < bytes; i++) {
            if (b.get(at + i) != json[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Line ends and tabulators in JSON stand between its tokens, where a space does as well; other
     * characters that do not show are not JSON, or can be escaped there.
     */
    private static String printable(byte[] utf8) {
        byte[] line = utf8.clone();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r' || line[i] == '\t') {
                line[i] = ' ';
            }
        }
        return PrintableText.of(line);
    }
}
