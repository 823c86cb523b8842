package io.rist4j.cli;

import io.rist4j.RistEvent;

import java.net.Inet6Address;

/** Says what the system refuses to send, and what helps. */
final class RefusalText {
    private static final int IPV4_HEADERS_BYTES = 20 + 8;
    private static final int IPV6_HEADERS_BYTES = 40 + 8;

    private RefusalText() {}

    /**
     * One line.
     *
     * @param peer its address as text
     */
    static String of(RistEvent.SendRefused refused, String peer) {
        String many =
                refused.datagrams() == 1
                        ? "a datagram of "
                        : refused.datagrams() + " datagrams, the last of ";
        String what = many + refused.datagramBytes() + " octets to " + peer + " did not leave: ";
        return what
                + switch (refused.reason()) {
                    case TOO_LARGE -> tooLarge(refused);
                    case UNREACHABLE -> "there is no network to that address";
                    case CONNECTION_REFUSED -> "nobody listens there";
                    case NO_ROOM -> "the system's buffers were full";
                    case NOT_PERMITTED -> "a packet filter, or a missing privilege, forbids it";
                    case OTHER -> "the system refused";
                };
    }

    private static String tooLarge(RistEvent.SendRefused refused) {
        int headers =
                refused.peer().getAddress() instanceof Inet6Address
                        ? IPV6_HEADERS_BYTES
                        : IPV4_HEADERS_BYTES;
        int mtu = refused.mtuBytes();
        String room =
                mtu == 0 || mtu - headers >= refused.datagramBytes()
                        ? "the path takes less"
                        : "the MTU of "
                                + mtu
                                + " octets has room for "
                                + (mtu - headers)
                                + " with RIST's own headers";
        return room
                + "; feed smaller packets (ffmpeg: pkt_size=1316), or let them be cut with"
                + " fragment-packets=1";
    }
}
