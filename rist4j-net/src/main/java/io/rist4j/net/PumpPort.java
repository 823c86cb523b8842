package io.rist4j.net;

import io.rist4j.core.address.Endpoint;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A port as the pump hands it out. */
final class PumpPort extends PumpSource implements DatagramPort, DatagramHandler {
    private final DatagramHandler handler;
    private final DatagramPort port;
    private final ArrivalMeter meter;
    private final long mostUnreadNs;

    /**
     * @param task whose traffic it carries, null when it is nobody's
     */
    PumpPort(
            PumpLoop loop,
            PortPoller poller,
            PortSpec spec,
            SessionClock clock,
            DatagramHandler handler,
            @Nullable PumpTask task)
            throws IOException {
        super(loop, handler, task);
        this.handler = handler;
        port = poller.open(spec, clock, this, this::onReadable);
        PortStats granted = port.stats();
        meter = new ArrivalMeter(granted.kernelTimestamps());
        long fullNs = Traffic.SOCKET_NS_PER_BYTE * granted.receiveBufferBytes();
        mostUnreadNs = meter.isStamped() ? fullNs : Math.min(fullNs, Traffic.UNSTAMPED_NS);
    }

    @Override
    public void onDatagram(long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes) {
        if (isClosed()) {
            return;
        }
        meter.onArrival(arrivalNs);
        try {
            handler.onDatagram(arrivalNs, from, buffer, at, bytes);
        } catch (Throwable cause) {
            fail(cause);
        }
    }

    @Override
    int read(int max) {
        return port.receive(max);
    }

    @Override
    void send() {
        port.flush();
    }

    @Override
    void release() {
        port.close();
    }

    @Override
    ArrivalMeter meter() {
        return meter;
    }

    @Override
    public ByteBuffer sendBuffer() {
        return port.sendBuffer();
    }

    @Override
    public int claim(Endpoint to, int maxBytes) {
        onWritten();
        return port.claim(to, maxBytes);
    }

    @Override
    public void commit(int bytes) {
        port.commit(bytes);
    }

    @Override
    public Endpoint localEndpoint() {
        return port.localEndpoint();
    }

    @Override
    public PortStats stats() {
        return port.stats();
    }

    @Override
    public PortRefusals refusals() {
        return port.refusals();
    }

    @Override
    long mostUnreadNs() {
        return mostUnreadNs;
    }
}
