package io.rist4j.bench.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Many flows of tools that know one: a pair of processes each. All senders are fed, and all
 * receivers listened to, by this process, which is not counted.
 */
final class PairsRun {
    private static final int CONNECT_SECONDS = 4;
    private static final int APART = 4;
    private static final int DRAIN_MS = 2_500;
    private static final int PROGRESS_EVERY = 50;
    private static final int BUFFER_MS = 1_000;

    private final Options options;
    private final int flows;

    PairsRun(Options options, int flows) {
        this.options = options;
        this.flows = flows;
    }

    /** A block of lines. */
    String measure() throws IOException, InterruptedException {
        try (var stage = new Stage(options.tools());
                var media = new PairsMedia(flows, options.basePort(), APART)) {
            return measure(stage, media);
        }
    }

    private String measure(Stage stage, PairsMedia media) throws IOException, InterruptedException {
        FlowsAsked asked = options.flows();
        Contender tools = Contender.librist(Contender.LIBRIST, "", asked.toolWords(), BUFFER_MS);
        var children = new ArrayList<Child>();
        for (int flow = 0; flow < flows; flow++) {
            if (flow % PROGRESS_EVERY == 0) {
                System.err.printf(Locale.ROOT, "librist: pair %,d of %,d%n", flow, flows);
            }
            int in = media.inputPort(flow);
            var ports = new Ports(in, 0, in + 2, media.outputPort());
            var clean = new Cell(1, 0, 0);
            children.add(
                    stage.startListening(
                            "receiver" + flow,
                            tools.receiverCommand(ports, clean),
                            ports.receiver()));
            children.add(
                    stage.startListening(
                            "sender" + flow, tools.senderCommand(ports, clean), ports.in()));
        }
        TimeUnit.SECONDS.sleep(CONNECT_SECONDS);
        FlowsCpu silent = FlowsCpu.of(options, children);
        rest("without media", options.seconds());
        FlowsCpu connected = FlowsCpu.of(options, children);
        double rate = asked.perSecond(flows);
        media.begin(rate);
        rest("media, warming up", options.warmupSeconds());
        FlowsCpu before = FlowsCpu.of(options, children);
        rest("media", options.seconds());
        FlowsCpu after = FlowsCpu.of(options, children);
        media.end();
        Thread.sleep(DRAIN_MS);
        return report(silent, connected, before, after, media, children);
    }

    private String report(
            FlowsCpu silent,
            FlowsCpu connected,
            FlowsCpu before,
            FlowsCpu after,
            PairsMedia media,
            List<Child> children) {
        long alive = children.stream().filter(Child::isAlive).count();
        double packets = after.secondsSince(before) * options.flows().perSecond(flows) * flows;
        return String.format(
                Locale.ROOT,
                "%,d flows of %,.0f packets/s, libRIST's tools, a pair of processes each%n"
                        + "  connected, both ends       %.4f ms of CPU a second each pair%n"
                        + "  media                      %.1f us of CPU a packet, both ends%n"
                        + "  lost                       %,d of %,d packets, of %d flows%n"
                        + "  processes at the end       %d of %d%n",
                flows,
                options.flows().perSecond(flows),
                connected.msSince(silent) / connected.secondsSince(silent) / flows,
                1000 * after.msSince(before) / packets,
                media.lost(),
                media.sent(),
                media.harmed(),
                alive,
                children.size());
    }

    private void rest(String what, int seconds) throws InterruptedException {
        System.err.printf(Locale.ROOT, "librist, %,d flows: %s: %d s%n", flows, what, seconds);
        TimeUnit.SECONDS.sleep(seconds);
    }
}
