package io.rist4j.host;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.PortRefusals;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpTask;

import java.util.concurrent.RejectedExecutionException;

/**
 * Tells a listener what the system refused to send: of what was too large with the MTU towards
 * there, which is looked up where that may take a while.
 */
final class SendRefusals implements RefusalWatch.Listener {
    private final Pump pump;
    private final PumpTask task;
    private final HostListener listener;
    private boolean isOver;

    SendRefusals(Pump pump, PumpTask task, HostListener listener) {
        this.pump = pump;
        this.task = task;
        this.listener = listener;
    }

    /** Nothing is told any more. */
    void end() {
        isOver = true;
    }

    @Override
    public void onSendRefused(Endpoint to, PortRefusals.Kind kind, int bytes, long datagrams) {
        if (kind != PortRefusals.Kind.TOO_LARGE) {
            tell(to, kind, bytes, 0, datagrams);
            return;
        }
        Thread.ofVirtual()
                .name("rist-mtu")
                .start(() -> {
                    int mtuBytes = NetworkMtu.towards(to);
                    try {
                        pump.execute(task, () -> tell(to, kind, bytes, mtuBytes, datagrams));
                    } catch (RejectedExecutionException over) {
                        // the pump is closed, and with it the session
                    }
                });
    }

    private void tell(
            Endpoint to, PortRefusals.Kind kind, int bytes, int mtuBytes, long datagrams) {
        if (!isOver) {
            listener.onSendRefused(to, kind, bytes, mtuBytes, datagrams);
        }
    }
}
