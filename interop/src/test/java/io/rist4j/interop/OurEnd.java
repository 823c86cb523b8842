package io.rist4j.interop;

import io.rist4j.RistEvent;
import io.rist4j.RistReceiver;
import io.rist4j.RistReceiverStats;
import io.rist4j.RistSender;
import io.rist4j.RistSenderStats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

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

    /** Remembers which direction the peer leaves in clear. */
    private static final class Clear implements Consumer<RistEvent> {
        private volatile String note = "";

        @Override
        public void accept(RistEvent event) {
            if (event instanceof RistEvent.InClear clear) {
                note = clear.isOurs() ? ", sends in clear" : ", is sent to in clear";
            }
        }
    }

    @Override
    public boolean hasUsersAlone() {
        return parameters.contains("&username=") && !parameters.contains("&secret=");
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
        return sender("rist://127.0.0.1:" + port + query(buffer));
    }

    @Override
    public Sender listeningSender(int port, Duration buffer) throws IOException {
        return sender("rist://@127.0.0.1:" + port + query(buffer));
    }

    private static Sender sender(String path) throws IOException {
        var clear = new Clear();
        RistSender sender = RistSender.builder().path(path).onEvent(clear).open();
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
                        + " sent again"
                        + clear.note;
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
        var clear = new Clear();
        RistReceiver receiver =
                RistReceiver.builder()
                        .path(path)
                        .onEvent(clear)
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
                        + " lost"
                        + clear.note;
            }

            @Override
            public void close() {
                receiver.close();
            }
        };
    }
}
