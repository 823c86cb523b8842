package io.rist4j.testkit.conformance;

import io.rist4j.testkit.conformance.Transmission.Kind;

/** Says which transmissions are lost. Asked once for each, in the order in which they are sent. */
@FunctionalInterface
public interface DropSchedule {
    /**
     * Whether a transmission is lost.
     *
     * @param transmission which
     */
    boolean drops(Transmission transmission);

    /** Loses nothing. */
    static DropSchedule none() {
        return transmission -> false;
    }

    /**
     * Loses one transmission of a packet.
     *
     * @param packet number of the packet, counted from 0
     * @param attempt which transmission, 1 for the original
     */
    static DropSchedule media(int packet, int attempt) {
        return transmission ->
                transmission.kind() == Kind.MEDIA
                        && transmission.packet() == packet
                        && transmission.attempt() == attempt;
    }

    /**
     * Loses the originals of a run of packets.
     *
     * @param first number of the first one, counted from 0
     * @param last number of the last one
     */
    static DropSchedule originals(int first, int last) {
        return transmission ->
                transmission.kind() == Kind.MEDIA
                        && transmission.attempt() == 1
                        && transmission.packet() >= first
                        && transmission.packet() <= last;
    }

    /**
     * Loses every transmission of a packet.
     *
     * @param packet number of the packet, counted from 0
     */
    static DropSchedule always(int packet) {
        return transmission -> transmission.kind() == Kind.MEDIA && transmission.packet() == packet;
    }

    /**
     * Loses the first requests.
     *
     * @param count how many datagrams
     */
    static DropSchedule requests(int count) {
        return transmission ->
                transmission.kind() == Kind.REQUEST && transmission.attempt() <= count;
    }

    /**
     * Loses what either of two schedules loses. Both are asked for every transmission.
     *
     * @param other the second one
     */
    default DropSchedule and(DropSchedule other) {
        return transmission -> {
            boolean first = drops(transmission);
            boolean second = other.drops(transmission);
            return first || second;
        };
    }
}
