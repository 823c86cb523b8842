package io.rist4j.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the JVM watches while it records the caches that later commands start from. {@code send} and
 * {@code receive}, with UDP in and out, run in processes of their own, so that each cache holds
 * what its command compiles and nothing of another's habits; this process runs the network between
 * them, which loses a quarter both ways so that repairs are known too, and the demo. The launcher
 * runs it after a build.
 *
 * <p>It uses loopback only, prints nothing and ends by itself.
 */
public final class Training {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long LENGTH_NS = TimeUnit.MILLISECONDS.toNanos(8000);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(40);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PACKETS_PER_PAUSE = 8;
    private static final int PAYLOAD_BYTES = 1316;

    /**
     * Runs the commands. The exit code is 0 when each did what it should.
     *
     * @param args the java command, the file of its options, the folder of the modules, and the
     *     folder for {@code send.aot} and {@code receive.aot}
     * @throws Exception when they could not run
     */
    public static void main(String[] args) throws Exception {
        var failure = new FatalFailure("training", System.err);
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> failure.end(cause));
        Thread.ofPlatform().daemon().start(Training::limit);
        boolean passed = transmit(args) && show();
        System.exit(passed ? ExitCode.DONE : ExitCode.FAILED);
    }

    /** The console of the other commands, too, so that it is in the cache. */
    private static Console silence() {
        var silence =
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Console(silence, silence, true, Terminals.standard().columns());
    }

    private static void limit() {
        long endNs = System.nanoTime() + LIMIT_NS;
        while (System.nanoTime() < endNs) {
            LockSupport.parkNanos(endNs - System.nanoTime());
        }
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    private static boolean transmit(String[] args)
            throws IOException, InterruptedException, ExecutionException {
        int in = DemoRun.freeEvenPort();
        String bad = LOOPBACK + ":" + DemoRun.freeEvenPort();
        String good = LOOPBACK + ":" + DemoRun.freeEvenPort();
        String query = "?buffer=300";
        try (var sink = new DatagramSocket(0, InetAddress.ofLiteral(LOOPBACK))) {
            String out = "udp://" + LOOPBACK + ":" + sink.getLocalPort();
            var network =
                    Command.start("impair -i " + bad + " -o " + good + " --loss 25 --delay 9");
            Process receiver = record(args, "receive", "-i", "rist://@" + good + query, "-o", out);
            Process sender =
                    record(
                            args,
                            "send",
                            "-S",
                            "500",
                            "-i",
                            "udp://@" + LOOPBACK + ":" + in,
                            "-o",
                            "rist://" + bad + query);
            feed(in);
            boolean sent = end(sender);
            boolean received = end(receiver);
            return network.stop() && sent && received;
        }
    }

    /** A command in a process that records its cache when it ends. */
    private static Process record(String[] args, String... command) throws IOException {
        var words =
                new ArrayList<>(
                        List.of(
                                args[0],
                                "@" + args[1],
                                "-XX:AOTCacheOutput=" + Path.of(args[3], command[0] + ".aot"),
                                "-p",
                                args[2],
                                "-m",
                                "io.rist4j.cli/io.rist4j.cli.Rist"));
        words.addAll(List.of(command));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
    }

    /** Asks a process to end, as an operator does; whether it did so in time. */
    private static boolean end(Process process) throws InterruptedException {
        process.destroy();
        return process.waitFor(LIMIT_NS, TimeUnit.NANOSECONDS);
    }

    private static boolean show() {
        return Command.start("demo --seconds 0.5 --buffer 200 --loss 1 --json").code.join()
                == ExitCode.DONE;
    }

    /** A stream into the sender's input. */
    private static void feed(int port) throws IOException {
        try (var socket = new DatagramSocket()) {
            var packet =
                    new DatagramPacket(
                            new byte[PAYLOAD_BYTES],
                            PAYLOAD_BYTES,
                            InetAddress.ofLiteral(LOOPBACK),
                            port);
            long endNs = System.nanoTime() + LENGTH_NS;
            while (System.nanoTime() < endNs) {
                for (int i = 0; i < PACKETS_PER_PAUSE; i++) {
                    socket.send(packet);
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    /** A command in this process, with nobody to read what it prints. */
    private record Command(CompletableFuture<Integer> code, StopSignal signal) {
        static Command start(String words) {
            var command = new Command(new CompletableFuture<>(), new StopSignal());
            Thread.ofPlatform()
                    .daemon()
                    .start(() ->
                            command.code.complete(
                                    Rist.run(words.split(" ", -1), silence(), command.signal)));
            return command;
        }

        /** Ends it; false when it had ended by itself. */
        boolean stop() throws InterruptedException, ExecutionException {
            signal.raise();
            return code.get() == ExitCode.INTERRUPTED;
        }
    }

    private Training() {}
}
