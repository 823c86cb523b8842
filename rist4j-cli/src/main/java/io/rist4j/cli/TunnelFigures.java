package io.rist4j.cli;

import io.rist4j.RistHandle;
import io.rist4j.RistReceiver;
import io.rist4j.RistSender;
import io.rist4j.cli.media.Redaction;
import io.rist4j.cli.metrics.SessionMetrics;
import io.rist4j.cli.view.Text;

import java.util.List;
import java.util.function.LongFunction;

/** What a tunnel says about itself. */
final class TunnelFigures implements Figures {
    private final Tunnel tunnel;
    private final RistHandle handle;
    private Tunnel.Traffic reported;
    private Tunnel.Traffic viewed;
    private final long startNs = System.nanoTime();
    private long reportedNs = startNs;
    private long viewedNs = reportedNs;

    /**
     * @param handle the session that it goes through
     */
    TunnelFigures(Tunnel tunnel, RistHandle handle) {
        this.tunnel = tunnel;
        this.handle = handle;
        reported = tunnel.traffic();
        viewed = reported;
    }

    @Override
    public List<String> json() {
        Tunnel.Traffic now = tunnel.traffic();
        Tunnel.Traffic interval = now.since(reported);
        reported = now;
        return List.of(
                "{\"tunnel-stats\":{\"sent\":"
                        + interval.sent()
                        + ",\"sent_bytes\":"
                        + interval.sentBytes()
                        + ",\"received\":"
                        + interval.received()
                        + ",\"received_bytes\":"
                        + interval.receivedBytes()
                        + ",\"dropped\":"
                        + interval.dropped()
                        + "}}");
    }

    @Override
    public String text() {
        Tunnel.Traffic now = tunnel.traffic();
        long nowNs = System.nanoTime();
        String line =
                String.join("  ", facts(now.since(reported), nowNs - reportedNs, Long::toString));
        reported = now;
        reportedNs = nowNs;
        return line;
    }

    @Override
    public String summary() {
        return String.join(
                "  ", facts(tunnel.traffic(), System.nanoTime() - startNs, Long::toString));
    }

    @Override
    public List<String> view(int columns) {
        Tunnel.Traffic now = tunnel.traffic();
        long nowNs = System.nanoTime();
        List<String> facts = facts(now.since(viewed), nowNs - viewedNs, Text::count);
        viewed = now;
        viewedNs = nowNs;
        return List.of(Text.fit(columns, facts));
    }

    @Override
    public void measure(String number, SessionMetrics to) {
        if (handle instanceof RistSender sender) {
            String url = Redaction.of(sender.paths().get(0).toString());
            to.sender("out" + number, url, sender.latestStats());
        } else if (handle instanceof RistReceiver receiver) {
            to.receiver("in" + number, receiver.latestStats());
        }
        Tunnel.Traffic now = tunnel.traffic();
        to.other("tunnel_sent_packets", "IP packets sent to the other end", now.sent());
        to.other("tunnel_sent_bytes", "Bytes of the IP packets sent", now.sentBytes());
        to.other("tunnel_received_packets", "IP packets of the other end", now.received());
        to.other("tunnel_received_bytes", "Bytes of the IP packets received", now.receivedBytes());
        to.other(
                "tunnel_dropped_packets",
                "Packets that nobody was there to take, or that are none of IP",
                now.dropped());
    }

    private static List<String> facts(
            Tunnel.Traffic interval, long ns, LongFunction<String> number) {
        return List.of(
                "out "
                        + number.apply(interval.sent())
                        + " packets "
                        + Text.bitrate(8e9 * interval.sentBytes() / Math.max(1, ns)),
                "in "
                        + number.apply(interval.received())
                        + " packets "
                        + Text.bitrate(8e9 * interval.receivedBytes() / Math.max(1, ns)),
                "dropped " + number.apply(interval.dropped()));
    }
}
