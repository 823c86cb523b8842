package io.rist4j.interop;

import io.rist4j.RistReceiver;
import io.rist4j.RistReceiverStats;
import io.rist4j.RistSender;
import io.rist4j.RistSenderStats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** This library, with the parameters of its defaults apart from the buffer. */
final class OurEnd implements End {
    private final String name;
    private final String profile;
    private final String parameters;

    /**
     * @param name in tables
     * @param profile of the session
     * @param parameters more of the URL, each after an ampersand
     */
    OurEnd(String name, String profile, String parameters) {
        this.name = name;
        this.profile = profile;
        this.parameters = parameters;
    }

    private String query(Duration buffer) {
        return "?profile=" + profile + "&buffer=" + buffer.toMillis() + parameters;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name();
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Sender sender(int port, Duration buffer) throws IOException {
        return sender(RistSender.dial("rist://127.0.0.1:" + port + query(buffer)));
    }

    @Override
    public Sender listeningSender(int port, Duration buffer) throws IOException {
        return sender(RistSender.listen("rist://@127.0.0.1:" + port + query(buffer)));
    }

    private static Sender sender(RistSender sender) {
        return new Sender() {
            @Override
            public void send(byte[] payload) throws IOException {
                sender.send(ByteBuffer.wrap(payload));
            }

            @Override
            public String note() {
                RistSenderStats stats = sender.stats();
                return stats.requestedPackets()
                        + " packets asked for, "
                        + stats.retransmittedPackets()
                        + " sent again";
            }

            @Override
            public long unreadable() {
                return sender.stats().refusedDatagrams();
            }

            @Override
            public void close() {
                sender.close(Duration.ZERO);
            }
        };
    }

    @Override
    public Receiver receiver(int port, Duration buffer, Recording into) throws IOException {
        return receiver("rist://@127.0.0.1:" + port + query(buffer), into);
    }

    @Override
    public Receiver diallingReceiver(int port, Duration buffer, Recording into) throws IOException {
        return receiver("rist://127.0.0.1:" + port + query(buffer), into);
    }

    private static Receiver receiver(String path, Recording into) throws IOException {
        byte[] copy = new byte[RistReceiver.MAX_PAYLOAD_BYTES];
        RistReceiver receiver =
                RistReceiver.builder()
                        .path(path)
                        .onBlock(block -> {
                            ByteBuffer payload = block.payload();
                            int bytes = payload.remaining();
                            payload.get(copy, 0, bytes);
                            into.add(copy, 0, bytes);
                        })
                        .open();
        return new Receiver() {
            @Override
            public String note() {
                RistReceiverStats stats = receiver.stats();
                return stats.requestedPackets()
                        + " packets asked for, "
                        + stats.recoveredPackets()
                        + " recovered, "
                        + stats.lostPackets()
                        + " lost";
            }

            @Override
            public void close() {
                receiver.close();
            }
        };
    }
}
