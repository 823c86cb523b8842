package io.rist4j.linux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The batches of a poller's ports: a port has one from its first datagram of a round until it is
 * flushed, so ports that say nothing hold none. At most {@link #MOST} are out at a time; the port
 * that has had its own for longest is flushed when another is wanted.
 */
final class SendBatches {
    /** Batches at most: with all of them grown, 16 MiB. */
    static final int MOST = 64;

    private final Deque<SendBatch> free = new ArrayDeque<>();
    private final List<LinuxPort> borrowers = new ArrayList<>();

    /** Lends a port a batch with room for a datagram. */
    SendBatch lend(LinuxPort to, int family, int maxBytes) {
        if (borrowers.size() >= MOST) {
            makeRoom();
        }
        SendBatch batch = free.isEmpty() ? new SendBatch() : free.pop();
        batch.begin(family);
        borrowers.add(to);
        while (!batch.hasRoomFor(maxBytes) && batch.grow(maxBytes)) {
            // doubles
        }
        return batch;
    }

    /** Not from one that is just being written into. */
    private void makeRoom() {
        for (LinuxPort borrower : borrowers) {
            if (!borrower.isClaimed()) {
                borrower.flush();
                return;
            }
        }
    }

    /** Takes one back. */
    void takeBack(LinuxPort from, SendBatch batch) {
        batch.clear();
        borrowers.remove(from);
        free.push(batch);
    }
}
