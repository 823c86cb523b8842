package io.rist4j.cli;

import io.rist4j.cli.view.Text;

import java.util.List;
import java.util.function.LongFunction;

/** What a tunnel says about itself. */
final class TunnelFigures implements Figures {
    private final Tunnel tunnel;
    private Tunnel.Traffic reported;
    private Tunnel.Traffic viewed;
    private final long startNs = System.nanoTime();
    private long reportedNs = startNs;
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
