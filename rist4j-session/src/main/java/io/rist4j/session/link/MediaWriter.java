package io.rist4j.session.link;

import io.rist4j.codec.npd.DeletionRule;
import io.rist4j.codec.npd.NullPacketDeletion;
import io.rist4j.codec.rtp.RistExtension;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;

import java.nio.ByteBuffer;

/**
 * Writes a session's media packets: RTP, without its null packets and with the upper half of its
 * sequence number where that is switched on (TR-06-2:2022 §8.3). One for all paths.
 */
public final class MediaWriter {
    private final DeletionRule rule;
    private final boolean extendedSequence;
    private boolean deletesNulls;

    /**
     * A writer.
     *
     * @param deletesNulls whether null packets of a transport stream are left out at first
     * @param rule which of them
     * @param extendedSequence whether packets tell 32 bits of their sequence number
     */
    public MediaWriter(boolean deletesNulls, DeletionRule rule, boolean extendedSequence) {
        this.rule = rule;
        this.extendedSequence = extendedSequence;
        this.deletesNulls = deletesNulls;
    }

    /** From the next packet on, retransmissions included: a receiver reads either form. */
    public void setDeletesNulls(boolean on) {
        deletesNulls = on;
    }

    /** How many bits of their sequence numbers packets tell. */
    int sequenceBits() {
        return extendedSequence ? 32 : 16;
    }

    int maxBytes(int payloadBytes) {
        return RtpHeader.FIXED_BYTES + RistExtension.BYTES + payloadBytes;
    }

    int write(ByteBuffer b, int at, MediaPacket packet) {
        int deletion =
                deletesNulls
                        ? NullPacketDeletion.find(
                                packet.buffer, packet.payloadAt, packet.payloadBytes, rule)
                        : NullPacketDeletion.NOTHING;
        return NullPacketDeletion.write(b, at, packet, deletion, extendedSequence);
    }
}
