package io.rist4j.examples;

import io.rist4j.RistBlock;
import io.rist4j.RistReceiver;
import io.rist4j.RistSender;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** One stream over two networks: every packet goes on both, and the first copy counts. */
public final class TwoPaths {
    /**
     * Sends standard input, or receives to standard output.
     *
     * @param args {@code send} or {@code receive}, and two {@code rist://} addresses
     * @throws IOException when it cannot be read, sent or received
     */
    public static void main(String[] args) throws IOException {
        if (args[0].equals("send")) {
            send(System.in, args[1], args[2]);
        } else {
            receive(System.out, args[1], args[2]);
        }
    }

    static void send(InputStream in, String overOneNetwork, String overTheOther)
            throws IOException {
        try (RistSender sender = RistSender.dial(overOneNetwork, overTheOther)) {
            sender.awaitConnected(Duration.ofSeconds(5));
            OutputStream out = sender.asOutputStream();
            in.transferTo(out);
            out.flush();
        }
    }

    static void receive(OutputStream out, String fromOneNetwork, String fromTheOther)
            throws IOException {
        try (RistReceiver receiver =
                RistReceiver.builder()
                        .path(fromOneNetwork)
                        .path(fromTheOther)
                        .endWithPeer()
                        .open()) {
            RistBlock block = receiver.receiveBlock();
            while (block != null) {
                out.write(block.toByteArray());
                block = receiver.receiveBlock();
            }
        }
    }

    private TwoPaths() {}
}
