package io.rist4j.examples;

import io.rist4j.RistEvent;
import io.rist4j.RistReceiver;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** A receiver inside a service: packets go to a handler, on the network thread, without a copy. */
public final class Embedded implements AutoCloseable {
    private final LongAdder bytes = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final RistReceiver receiver;

    /**
     * Begins to receive.
     *
     * @param listen for example {@code rist://@:5000?buffer=300}
     * @throws IOException when the port cannot be opened
     */
    public Embedded(String listen) throws IOException {
        receiver =
                RistReceiver.builder()
                        .path(listen)
                        .onBlock(block -> {
                            bytes.add(block.payloadBytes()); // block.payload() is valid until here
                            lost.add(block.lostBefore());
                        })
                        .onEvent(Embedded::log)
                        .open();
    }

    private static void log(RistEvent event) {
        if (event instanceof RistEvent.Connected connected) {
            System.out.println("sender at " + connected.peer());
        } else if (event instanceof RistEvent.TimedOut) {
            System.out.println("the sender fell silent");
        }
    }

    /** Bytes of media so far. */
    public long receivedBytes() {
        return bytes.sum();
    }

    /** Packets that never came. */
    public long lostPackets() {
        return lost.sum();
    }

    @Override
    public void close() {
        receiver.close();
    }
}
