package io.rist4j.net;

import io.rist4j.net.tun.PacketHandler;
import io.rist4j.net.tun.TunDevice;
import io.rist4j.net.tun.TunSpec;
import io.rist4j.net.tun.TunStats;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A network device as the pump hands it out. */
final class PumpTun extends PumpSource implements TunDevice, PacketHandler {
    private final PacketHandler handler;
    private final TunDevice device;
    private final ArrivalMeter meter = new ArrivalMeter(false);

    /**
     * @param task whose traffic it carries, null when it is nobody's
     */
    PumpTun(
            PumpLoop loop,
            PortPoller poller,
            TunSpec spec,
            SessionClock clock,
            PacketHandler handler,
            @Nullable PumpTask task)
            throws IOException {
        super(loop, handler, task);
        this.handler = handler;
        device = poller.open(spec, clock, this, this::onReadable);
    }

    @Override
    public void onPacket(long arrivalNs, ByteBuffer buffer, int at, int bytes) {
        if (isClosed()) {
            return;
        }
        meter.onArrival(arrivalNs);
        try {
            handler.onPacket(arrivalNs, buffer, at, bytes);
        } catch (Throwable cause) {
            fail(cause);
        }
    }

    @Override
    int read(int max) {
        return device.receive(max);
    }

    @Override
    void send() {
        // each packet left when it was written
    }

    @Override
    void release() {
        device.close();
    }

    @Override
    ArrivalMeter meter() {
        return meter;
    }

    /** A device has no timestamps, and its packets are not media: what waits is late. */
    @Override
    long mostUnreadNs() {
        return Traffic.UNSTAMPED_NS;
    }

    @Override
    public boolean write(ByteBuffer buffer, int at, int bytes) {
        return device.write(buffer, at, bytes);
    }

    @Override
    public String name() {
        return device.name();
    }

    @Override
    public int mtu() {
        return device.mtu();
    }

    @Override
    public TunStats stats() {
        return device.stats();
    }
}
