package io.rist4j.session.guard;

import io.rist4j.codec.gre.GrePacket;
import io.rist4j.crypto.psk.Passphrase;

import java.nio.ByteBuffer;

/**
 * A guard that frames too: of paths whose datagrams are tunnel datagrams (TR-06-2:2022 §5).
 *
 * <p>To send: {@link #begin}, write the body behind what it wrote, {@link #end}.
 */
public interface TunnelGuard extends PathGuard {
    /** The datagram that was opened last; its body is in clear. */
    GrePacket incoming();

    /**
     * The edition of the TR to send by, 0..2: the newest that the peer shows (trap T21).
     *
     * @param nowNs the present
     */
    int version(long nowNs);

    /** Most bytes around a body. */
    int mostOverheadBytes();

    /**
     * Begins a datagram.
     *
     * @param nowNs the present
     * @param b where to write
     * @param at where the datagram begins
     * @param version the edition of the body's framing, 0..2
     * @param protocolType what the body is, 16 bits
     * @return the bytes in front of the body
     */
    int begin(long nowNs, ByteBuffer b, int at, int version, int protocolType);

    /**
     * Seals the datagram that was begun last.
     *
     * @param b holds it
     * @param at where it begins
     * @param bytes its length so far, to the end of the body
     * @return its length
     */
    int end(ByteBuffer b, int at, int bytes);

    /**
     * Changes the secret in mid-session, where there is one (TR-06-2:2022 §7.4): what still comes
     * under the old one is opened for {@link TunnelSecurity#OVERLAP_NS} more.
     *
     * @param nowNs the present
     * @param secret copied
     */
    void changeSecret(long nowNs, Passphrase secret);
}
