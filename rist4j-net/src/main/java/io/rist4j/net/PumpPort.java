package io.rist4j.net;

import io.rist4j.core.address.Endpoint;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A port as the pump hands it out: counts arrivals, keeps a throwing handler from harming others,
 * and puts off a close that the handler asks for until the batch is done.
 */
final class PumpPort implements DatagramPort, DatagramHandler {
    private final PumpLoop loop;
    private final DatagramHandler handler;
    private final @Nullable PumpTask task;
    private final DatagramPort port;
    private final ArrivalMeter meter;
    private final long mostUnreadNs;
    private boolean receiving;
    private boolean closed;

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
        this.loop = loop;
        this.handler = handler;
        this.task = task;
        port = poller.open(spec, clock, this);
        PortStats granted = port.stats();
        meter = new ArrivalMeter(granted.kernelTimestamps());
        long fullNs = Traffic.SOCKET_NS_PER_BYTE * granted.receiveBufferBytes();
        mostUnreadNs = meter.isStamped() ? fullNs : Math.min(fullNs, Traffic.UNSTAMPED_NS);
    }

    @Override
    public void onDatagram(long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes) {
        if (closed) {
            return;
        }
        meter.onArrival(arrivalNs);
        try {
            handler.onDatagram(arrivalNs, from, buffer, at, bytes);
        } catch (Throwable cause) {
            loop.fail(this, cause);
        }
    }

    @Override
    public int receive(int maxDatagrams) {
        if (closed) {
            return 0;
        }
        receiving = true;
        try {
            return port.receive(maxDatagrams);
        } catch (Throwable cause) {
            loop.fail(this, cause);
            return 0;
        } finally {
            receiving = false;
            if (closed) {
                port.close();
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.forget(this);
        if (!receiving) {
            port.close();
        }
    }

    @Override
    public ByteBuffer sendBuffer() {
        return port.sendBuffer();
    }

    @Override
    public int claim(Endpoint to, int maxBytes) {
        return port.claim(to, maxBytes);
    }

    @Override
    public void commit(int bytes) {
        port.commit(bytes);
    }

    @Override
    public void flush() {
        if (!closed) {
            try {
                port.flush();
            } catch (Throwable cause) {
                loop.fail(this, cause);
            }
        }
    }

    @Override
    public Endpoint localEndpoint() {
        return port.localEndpoint();
    }

    @Override
    public PortStats stats() {
        return port.stats();
    }

    ArrivalMeter meter() {
        return meter;
    }

    /** How long arrivals may lie in the socket, whatever the tasks say, in ns. */
    long mostUnreadNs() {
        return mostUnreadNs;
    }

    DatagramHandler handler() {
        return handler;
    }

    @Nullable PumpTask task() {
        return task;
    }
}
