package io.rist4j.cli.media;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortRefusals;
import io.rist4j.net.PortSpec;
import io.rist4j.net.Pump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code udp://} or {@code rtp://} output. It has no thread: packets are written straight into
 * the batch of a port of the pump that also runs the session, and leave with the session's own.
 */
public final class NetworkOutput implements MediaOutput, Troubled {
    private final Pump pump;
    private static final PortRefusals.Kind[] KINDS = PortRefusals.Kind.values();

    private final DatagramPort port;
    private final Endpoint to;
    private final boolean rtp;
    private final int payloadType;
    private final boolean keepsSequence;
    private int nextSequence;
    private final MediaUrl url;
    private final long[] toldRefusals = new long[KINDS.length];

    /**
     * Opens the output.
     *
     * @param url {@code udp://} or {@code rtp://}
     * @param pump whose thread calls {@link #write}
     * @throws IOException when the address is unknown
     */
    public NetworkOutput(MediaUrl url, Pump pump) throws IOException {
        this.url = url;
        this.pump = pump;
        rtp = url.kind() == MediaUrl.Kind.RTP;
        payloadType = url.rtpPayloadType();
        keepsSequence = url.keepsRistSequence();
        to = Addresses.resolve(url.host(), url.port());
        port =
                pump.open(
                        new PortSpec(
                                Addresses.wildcardFor(to),
                                url.networkInterface(),
                                null,
                                url.multicastTtl(),
                                true,
                                false,
                                PortSpec.DEFAULT_RECEIVE_BUFFER_BYTES,
                                PortSpec.DEFAULT_SEND_BUFFER_BYTES,
                                false),
                        (arrivalNs, from, buffer, at, bytes) -> {});
    }

    @Override
    public void write(
            long sequence, long timestamp, int flowId, ByteBuffer buffer, int at, int bytes) {
        int header = rtp ? Rtp.HEADER_BYTES : 0;
        int place = port.claim(to, header + bytes);
        if (rtp) {
            Rtp.writeHeader(
                    port.sendBuffer(),
                    place,
                    payloadType,
                    keepsSequence ? (int) sequence : nextSequence++,
                    timestamp,
                    flowId);
        }
        port.sendBuffer().put(place + header, buffer, at, bytes);
        port.commit(header + bytes);
    }

    @Override
    public List<String> troubles() {
        var told = new ArrayList<String>();
        PortRefusals refusals = port.refusals();
        for (int i = 0; i < KINDS.length; i++) {
            PortRefusals.Kind kind = KINDS[i];
            long more = refusals.datagrams(kind) - toldRefusals[i];
            if (more > 0) {
                toldRefusals[i] += more;
                told.add(
                        url
                                + ": the system did not take "
                                + more
                                + " datagrams, the last of "
                                + refusals.lastBytes(kind)
                                + " octets: "
                                + words(kind));
            }
        }
        return told;
    }

    private static String words(PortRefusals.Kind kind) {
        return switch (kind) {
            case TOO_LARGE -> "longer than the network takes";
            case UNREACHABLE -> "there is no network to that address";
            case CONNECTION_REFUSED -> "nobody listens there";
            case NO_ROOM -> "its buffers were full";
            case NOT_PERMITTED -> "a packet filter, or a missing privilege, forbids it";
            case OTHER -> "for a reason that it does not tell";
        };
    }

    @Override
    public void close() {
        pump.execute(() -> {
            port.flush();
            port.close();
        });
    }
}
