package io.rist4j.interop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tools that take their media from a UDP port, or put it out to one.
 *
 * <p>In the commands {@code {in}} stands for the UDP port that the sender reads, {@code {to}} for
 * the RIST port that it dials, {@code {port}} for the RIST port of the receiver, {@code {out}} for
 * the UDP port it writes to and {@code {buffer}} for the buffer in ms. Whether a tool dials or
 * listens, its commands say.
 *
 * @param name in tables
 * @param isTunnel whether it takes one RIST port, not two
 * @param sendCommand words of the sender's command
 * @param receiveCommand words of the receiver's command
 */
record UdpToolEnd(
        String name, boolean isTunnel, List<String> sendCommand, List<String> receiveCommand)
        implements End {
    private static final Duration START = Duration.ofSeconds(15);

    @Override
    public String toString() {
        return name;
    }

    @Override
    public boolean reportsLate() {
        return sendCommand.contains("ristsink");
    }

    @Override
    public boolean mayAskUnreadably() {
        return receiveCommand.contains("ristsrc");
    }

    @Override
    public Optional<String> missing() {
        return Tools.missing(sendCommand.get(0), receiveCommand.get(0));
    }

    @Override
    public Sender sender(int port, Duration buffer) throws IOException, InterruptedException {
        return sender(port, buffer, false);
    }

    @Override
    public Sender listeningSender(int port, Duration buffer)
            throws IOException, InterruptedException {
        return sender(port, buffer, true);
    }

    private Sender sender(int port, Duration buffer, boolean listens)
            throws IOException, InterruptedException {
        int in = Ports.evenPair();
        var process = new ToolProcess(fill(sendCommand, in, port, buffer), null);
        try {
            Ports.awaitBound(in, process, START);
            if (listens) {
                awaitListening(port, process);
            }
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
        var socket = new DatagramSocket();
        socket.connect(InetAddress.getLoopbackAddress(), in);
        return new Sender() {
            @Override
            public void send(byte[] payload) throws IOException {
                process.checkAlive();
                socket.send(new DatagramPacket(payload, payload.length));
            }

            @Override
            public void close() {
                process.close();
                socket.close();
            }

            @Override
            public String toString() {
                return process.toString();
            }
        };
    }

    @Override
    public Receiver receiver(int port, Duration buffer, Recording into)
            throws IOException, InterruptedException {
        return receiver(port, buffer, into, true);
    }

    @Override
    public Receiver diallingReceiver(int port, Duration buffer, Recording into)
            throws IOException, InterruptedException {
        return receiver(port, buffer, into, false);
    }

    private Receiver receiver(int port, Duration buffer, Recording into, boolean listens)
            throws IOException, InterruptedException {
        var tap = new UdpTap(into);
        ToolProcess process = new ToolProcess(fill(receiveCommand, tap.port(), port, buffer), null);
        var receiver =
                new Receiver() {
                    @Override
                    public void close() {
                        process.close();
                        tap.close();
                    }

                    @Override
                    public String toString() {
                        return process.toString();
                    }
                };
        try {
            if (listens) {
                awaitListening(port, process);
            }
        } catch (IOException | InterruptedException e) {
            receiver.close();
            throw e;
        }
        return receiver;
    }

    private void awaitListening(int port, ToolProcess process)
            throws IOException, InterruptedException {
        Ports.awaitBound(port, process, START);
        if (!isTunnel) {
            Ports.awaitBound(port + 1, process, START);
        }
    }

    private static List<String> fill(List<String> command, int udp, int rist, Duration buffer) {
        var words = new ArrayList<String>();
        for (String word : command) {
            words.add(
                    word.replace("{in}", Integer.toString(udp))
                            .replace("{out}", Integer.toString(udp))
                            .replace("{to}", Integer.toString(rist))
                            .replace("{port}", Integer.toString(rist))
                            .replace("{buffer}", Long.toString(buffer.toMillis())));
        }
        return words;
    }
}
