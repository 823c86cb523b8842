package io.rist4j.examples;

import io.rist4j.RistFlow;
import io.rist4j.RistMultiReceiver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Records every sender that comes to one port into a file of its own. */
public final class ManyFlows {
    /**
     * Receives until it is stopped.
     *
     * @param args a {@code rist://@:PORT} address and a directory
     * @throws IOException when the port cannot be opened
     */
    public static void main(String[] args) throws IOException {
        try (RistMultiReceiver port = RistMultiReceiver.listen(args[0])) {
            receive(port, Path.of(args[1]));
        }
    }

    static void receive(RistMultiReceiver port, Path directory) throws IOException {
        while (port.isOpen()) {
            RistFlow flow = port.accept();
            Path file = directory.resolve(name(flow));
            Thread.startVirtualThread(() -> record(flow, file));
        }
    }

    private static String name(RistFlow flow) {
        return String.format(Locale.ROOT, "%08x.ts", flow.flowId());
    }

    private static void record(RistFlow flow, Path file) {
        try (flow;
                InputStream in = flow.asInputStream()) {
            Files.copy(in, file);
        } catch (IOException e) {
            System.getLogger("recorder").log(System.Logger.Level.ERROR, "no " + file, e);
        }
    }

    private ManyFlows() {}
}
