package io.rist4j;

import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.session.PathSnapshot;
import io.rist4j.session.Session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/** Sends out-of-band datagrams of a handle. */
final class OutOfBand {
    static final int EVERY_PATH = -1;

    private static final int MAX_ETHER_TYPE = 0xFFFF;

    /** Below are lengths, not types (IEEE 802.3). */
    private static final int LEAST_ETHER_TYPE = 0x0600;

    private static final Set<Integer> OWN =
            Set.of(
                    ProtocolTypes.KEEP_ALIVE,
                    ProtocolTypes.REDUCED_OVERHEAD,
                    ProtocolTypes.EAPOL,
                    ProtocolTypes.VSF);

    private OutOfBand() {}

    static int send(HandleCore core, int path, int etherType, ByteBuffer datagram)
            throws IOException {
        if (etherType < LEAST_ETHER_TYPE || etherType > MAX_ETHER_TYPE || OWN.contains(etherType)) {
            throw new IllegalArgumentException(
                    "etherType 0x"
                            + Integer.toHexString(etherType)
                            + " is outside 0x600..0xffff, or one of the tunnel's own");
        }
        int bytes = datagram.remaining();
        if (bytes > RistHandle.MAX_OUT_OF_BAND_BYTES) {
            throw new IllegalArgumentException(
                    "datagram of "
                            + bytes
                            + " bytes is outside 0.."
                            + RistHandle.MAX_OUT_OF_BAND_BYTES
                            + " bytes");
        }
        if (!core.host().session().carriesOutOfBand()) {
            throw new IllegalArgumentException(
                    "the "
                            + core.plan().settings().profile()
                            + " profile has no out-of-band"
                            + " channel; main has");
        }
        core.end().checkOpen();
        return core.calls().ask("sendOutOfBand", () -> onPump(core, path, etherType, datagram));
    }

    private static int onPump(HandleCore core, int path, int etherType, ByteBuffer datagram) {
        Session session = core.host().session();
        long nowNs = core.pump().clock().nowNs();
        int at = datagram.position();
        int bytes = datagram.remaining();
        int sent = 0;
        for (PathSnapshot each : session.paths(nowNs)) {
            boolean isMeant = path == EVERY_PATH || path == each.row();
            if (isMeant
                    && session.sendOutOfBand(nowNs, each.row(), etherType, datagram, at, bytes)) {
                sent++;
            }
        }
        return sent;
    }
}
