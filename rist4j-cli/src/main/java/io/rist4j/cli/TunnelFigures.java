package io.rist4j.cli;

import io.rist4j.cli.view.Text;

import java.util.List;

/** What a tunnel says about itself. */
final class TunnelFigures implements Figures {
    private final Tunnel tunnel;
    private Tunnel.Traffic reported;
    private Tunnel.Traffic viewed;
    private long reportedNs = System.nanoTime();
    private long viewedNs = reportedNs;

    TunnelFigures(Tunnel tunnel) {
        this.tunnel = tunnel;
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
        String line = line(now.since(reported), nowNs - reportedNs);
        reported = now;
        reportedNs = nowNs;
        return line;
    }

    @Override
    public List<String> view(int columns) {
        Tunnel.Traffic now = tunnel.traffic();
        long nowNs = System.nanoTime();
        String line = line(now.since(viewed), nowNs - viewedNs);
        viewed = now;
        viewedNs = nowNs;
        return List.of(line);
    }

    private static String line(Tunnel.Traffic interval, long ns) {
        return "out "
                + Text.count(interval.sent())
                + " packets "
                + Text.bitrate(8e9 * interval.sentBytes() / Math.max(1, ns))
                + "  in "
                + Text.count(interval.received())
                + " packets "
                + Text.bitrate(8e9 * interval.receivedBytes() / Math.max(1, ns))
                + "  dropped "
                + Text.count(interval.dropped());
    }
}
