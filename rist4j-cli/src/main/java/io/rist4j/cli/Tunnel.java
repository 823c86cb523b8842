package io.rist4j.cli;

import io.rist4j.RistClosedException;
import io.rist4j.RistHandle;
import io.rist4j.net.tun.TunDevice;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/**
 * Between a network device and the peer of a session: whole IP packets, out of band, either way. As
 * on any network they may be lost; nothing asks for them again. Runs on the network thread, only
 * {@link #traffic} is for others.
 */
final class Tunnel {
    private static final int ETHER_TYPE_IPV6 = 0x86DD;

    /**
     * What went through.
     *
     * @param sent packets to the peer
     * @param sentBytes their bytes
     * @param received packets from it
     * @param receivedBytes their bytes
     * @param dropped packets that nobody was there to take, or that are none of IP
     */
    record Traffic(long sent, long sentBytes, long received, long receivedBytes, long dropped) {
        Traffic since(Traffic earlier) {
            return new Traffic(
                    sent - earlier.sent,
                    sentBytes - earlier.sentBytes,
                    received - earlier.received,
                    receivedBytes - earlier.receivedBytes,
                    dropped - earlier.dropped);
        }
    }

    private final LongAdder sent = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile @Nullable TunDevice device;
    private volatile @Nullable RistHandle handle;
    private @Nullable ByteBuffer borrowed;
    private ByteBuffer view = ByteBuffer.allocate(0);

    /** Packets flow from now on. */
    void connect(TunDevice to, RistHandle through) {
        device = to;
        handle = through;
    }

    /** A packet that the system sent into the device. */
    @SuppressWarnings("ReferenceEquality") // a view of this very buffer, not of one like it
    void onPacket(long arrivalNs, ByteBuffer buffer, int at, int bytes) {
        RistHandle through = handle;
        if (through == null || bytes > RistHandle.MAX_OUT_OF_BAND_BYTES) {
            dropped.increment();
            return;
        }
        if (borrowed != buffer) { // once: the device has one
            borrowed = buffer;
            view = buffer.duplicate();
        }
        try {
            if (through.sendOutOfBand(RistHandle.IP, view.limit(at + bytes).position(at)) > 0) {
                sent.increment();
                sentBytes.add(bytes);
            } else {
                dropped.increment();
            }
        } catch (RistClosedException e) {
            dropped.increment(); // the command is about to end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A datagram of the peer. */
    void onDatagram(int path, int etherType, ByteBuffer datagram) {
        TunDevice to = device;
        int bytes = datagram.remaining();
        boolean isIp = etherType == RistHandle.IP || etherType == ETHER_TYPE_IPV6;
        if (to != null && isIp && to.write(datagram, datagram.position(), bytes)) {
            received.increment();
            receivedBytes.add(bytes);
        } else {
            dropped.increment();
        }
    }

    Traffic traffic() {
        return new Traffic(
                sent.sum(), sentBytes.sum(), received.sum(), receivedBytes.sum(), dropped.sum());
    }
}
