package io.rist4j.cli.media;

import io.rist4j.RistSender;
import io.rist4j.cli.UsageException;
import io.rist4j.core.address.Endpoint;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortSpec;
import io.rist4j.net.Pump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code udp://} or {@code rtp://} input. It has no thread: datagrams arrive on the pump that
 * also runs the session, and are passed on as they lie in the port's buffer, with the arrival time
 * that the kernel gave them.
 */
public final class NetworkInput implements AutoCloseable, Troubled {
    private final MediaUrl url;
    private final PayloadTarget target;
    private final Pump pump;
    private final boolean rtp;
    private final DatagramPort port;
    private long payloads;
    private long refused;
    private long tooLong;
    private long toldRefused;
    private long toldTooLong;

    /**
     * Opens the input.
     *
     * @param url {@code udp://} or {@code rtp://}
     * @param pump whose thread calls {@code target}
     * @param target takes the payloads
     * @throws IOException when the address is unknown or in use; the message names it
     */
    public NetworkInput(MediaUrl url, Pump pump, PayloadTarget target) throws IOException {
        this.url = url;
        this.target = target;
        this.pump = pump;
        rtp = url.kind() == MediaUrl.Kind.RTP;
        Endpoint local = Addresses.resolve(url.host(), url.port());
        if (local.isMulticast() && url.port() == 0) {
            throw new UsageException(
                    url + ": port 0 of a multicast group is none that others know; name its port");
        }
        String source = url.multicastSource();
        port =
                pump.open(
                        new PortSpec(
                                local,
                                url.networkInterface(),
                                source == null ? null : Addresses.resolve(source, 0),
                                -1,
                                true,
                                local.isMulticast(),
                                PortSpec.DEFAULT_RECEIVE_BUFFER_BYTES,
                                PortSpec.DEFAULT_SEND_BUFFER_BYTES,
                                false),
                        rtp ? this::onRtp : this::onUdp);
    }

    private void onUdp(long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes) {
        pass(arrivalNs, buffer, at, bytes);
    }

    private void pass(long arrivalNs, ByteBuffer buffer, int at, int bytes) {
        if (bytes > RistSender.MAX_PAYLOAD_BYTES) {
            tooLong++;
        } else if (bytes > 0) {
            payloads++;
            target.onPayload(arrivalNs, buffer, at, bytes);
        }
    }

    private void onRtp(long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes) {
        if (Rtp.isRtcp(buffer, at, bytes)) {
            return; // reports of the source, which some send to the same port
        }
        int header = Rtp.headerBytes(buffer, at, bytes);
        if (header < 0) {
            refused++;
            return;
        }
        int payload = bytes - header - Rtp.paddingBytes(buffer, at, bytes);
        pass(arrivalNs, buffer, at + header, payload);
    }

    /** As it was given. */
    public MediaUrl url() {
        return url;
    }

    /** Where it listens; the port is the system's where the URL has port 0. */
    public Endpoint localEndpoint() {
        return port.localEndpoint();
    }

    /** Payloads passed on. Of the pump's thread. */
    public long payloads() {
        return payloads;
    }

    /** Datagrams that are no RTP packets, on an {@code rtp://} input. Of the pump's thread. */
    public long refused() {
        return refused;
    }

    /** Datagrams longer than a RIST packet can carry. Of the pump's thread. */
    public long tooLong() {
        return tooLong + port.refusals().oversizedReceived();
    }

    @Override
    public List<String> troubles() {
        var told = new ArrayList<String>();
        long noRtp = refused - toldRefused;
        if (noRtp > 0) {
            told.add(
                    url
                            + ": "
                            + noRtp
                            + " datagrams are no RTP packets and were left out; udp:// takes them as"
                            + " they are");
            toldRefused = refused;
        }
        long longOnes = tooLong() - toldTooLong;
        if (longOnes > 0) {
            told.add(
                    url
                            + ": "
                            + longOnes
                            + " datagrams were longer than the "
                            + RistSender.MAX_PAYLOAD_BYTES
                            + " octets that a packet can carry, and were left out (pkt_size=1316"
                            + " fits everywhere)");
            toldTooLong = tooLong();
        }
        return told;
    }

    @Override
    public void close() {
        pump.execute(port::close);
    }
}
