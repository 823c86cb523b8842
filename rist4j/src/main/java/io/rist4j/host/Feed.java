package io.rist4j.host;

import io.rist4j.core.time.Wake;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.SessionClock;
import io.rist4j.session.Session;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** The queues of a sender's flows; a receiver has none. */
final class Feed {
    private final Session session;
    private final SessionClock clock;
    private final LongSupplier gatherNs;
    private final boolean copiesFirst;
    private final ByteBuffer scratch;
    private Outgoing[] flows = {};

    /**
     * @param copiesFirst whether packets are dropped from the queues while they are taken
     * @param gatherNs how long packets may gather
     */
    Feed(Session session, SessionClock clock, boolean copiesFirst, LongSupplier gatherNs) {
        this.gatherNs = gatherNs;
        this.session = session;
        this.clock = clock;
        this.copiesFirst = copiesFirst;
        scratch = ByteBuffer.allocate(copiesFirst ? DatagramPort.MAX_DATAGRAM_BYTES : 0);
    }

    /** A flow of the session takes its payloads from a queue. */
    void add(int flow, PacketQueue queue) {
        flows = Arrays.copyOf(flows, flows.length + 1);
        flows[flows.length - 1] = new Outgoing(session, clock, flow, queue, copiesFirst, scratch);
    }

    /** Sends what is queued. */
    void send() {
        for (Outgoing flow : flows) {
            flow.send();
        }
    }

    /**
     * Adds when there is something to send: one at a time they go at once; where they come in
     * batches, the next may gather.
     */
    void wakes(Wake wake) {
        for (Outgoing flow : flows) {
            if (!flow.isEmpty()) {
                wake.at(flow.sinceNs(), flow.lastBatch() > 1 ? gatherNs.getAsLong() : 0, "queue");
            }
        }
    }
}
