package io.rist4j.session.guard;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * Whether a stranger's datagram is worth a place at the door: what its header and its length show,
 * before anything is kept of him or derived for him. Not thread-safe.
 */
final class FirstLook {
    /** A keep-alive message without JSON. */
    private static final int LEAST_KEEP_ALIVE_BYTES = 8;

    /** Two virtual ports and an empty report. */
    private static final int LEAST_REDUCED_BYTES = 12;

    /** A subtype and a keep-alive message, or an empty report behind ports. */
    private static final int LEAST_VSF_BYTES = 12;

    private final TunnelSecurity security;
    private final GrePacket packet = new GrePacket();

    FirstLook(TunnelSecurity security) {
        this.security = security;
    }

    /**
     * Looks at a datagram.
     *
     * @return {@link Verdict#OK}; or why it can be nobody's first one
     */
    Verdict at(ByteBuffer b, int at, int bytes) {
        Verdict verdict = GreHeader.read(b, at, bytes, packet);
        if (verdict != Verdict.OK || !packet.isEncrypted() || security.secret() == null) {
            return verdict;
        }
        boolean isOwn = security.ownNonces().contains(packet.nonce);
        boolean isSequenced =
                packet.hasSequence && (packet.version > 0 || security.config().insecureIv());
        boolean isLong = packet.bodyBytes >= leastBytes(packet.protocolType);
        return isSequenced && isLong && !isOwn ? Verdict.OK : Verdict.MISPLACED;
    }

    private static int leastBytes(int protocolType) {
        return switch (protocolType) {
            case ProtocolTypes.KEEP_ALIVE -> LEAST_KEEP_ALIVE_BYTES;
            case ProtocolTypes.REDUCED_OVERHEAD -> LEAST_REDUCED_BYTES;
            case ProtocolTypes.VSF -> LEAST_VSF_BYTES;
            default -> Integer.MAX_VALUE;
        };
    }
}
