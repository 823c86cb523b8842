package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps everything that a session does. */
final class RecordingSink implements SessionSink {
    record Datagram(int socket, Endpoint to, ByteBuffer bytes) {
        int length() {
            return bytes.remaining();
        }

        int octet(int at) {
            return bytes.get(at) & 0xFF;
        }

        /** Types of the RTCP packets in the compound. */
        List<Integer> rtcpTypes() {
            var types = new ArrayList<Integer>();
            for (int at = 0;
                    at + 4 <= length();
                    at += 4 * ((bytes.getShort(at + 2) & 0xFFFF) + 1)) {
                types.add(octet(at + 1));
            }
            return types;
        }

        boolean isRtcp() {
            return octet(1) >= 200 && octet(1) <= 207;
        }
    }

    final List<Datagram> datagrams = new ArrayList<>();
    final List<SessionEvent> events = new ArrayList<>();
    final List<Long> delivered = new ArrayList<>();

    /** The paths that brought them. */
    final Set<Integer> paths = new HashSet<>();

    /** When each was due. */
    final List<Long> dueNs = new ArrayList<>();

    /** What payloads begin with. */
    final Map<Integer, List<Integer>> numbersByFlow = new HashMap<>();

    final List<String> outOfBand = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16_384);
    private Endpoint to = Endpoint.ipv4(0, 0);

    @Override
    public int claim(int socket, Endpoint destination, int maxBytes) {
        to = destination;
        return 0;
    }

    @Override
    public ByteBuffer buffer(int socket) {
        return buffer;
    }

    @Override
    public void commit(int socket, int bytes) {
        var copy = ByteBuffer.allocate(bytes);
        copy.put(0, buffer, 0, bytes);
        datagrams.add(new Datagram(socket, to, copy));
    }

    @Override
    public void deliver(MediaBlock block) {
        delivered.add(block.sequence);
        paths.add(block.path);
        dueNs.add(block.dueNs);
        if (block.payloadBytes >= Integer.BYTES) {
            int number = block.buffer.getInt(block.payloadAt);
            numbersByFlow.computeIfAbsent(block.flowId, id -> new ArrayList<>()).add(number);
        }
    }

    @Override
    public void outOfBand(int path, int protocolType, ByteBuffer from, int at, int bytes) {
        byte[] data = new byte[bytes];
        from.get(at, data);
        outOfBand.add(
                String.format("%04x ", protocolType) + new String(data, StandardCharsets.US_ASCII));
    }

    @Override
    public void event(SessionEvent event) {
        events.add(event);
    }

    List<Datagram> take() {
        var taken = List.copyOf(datagrams);
        datagrams.clear();
        return taken;
    }
}
