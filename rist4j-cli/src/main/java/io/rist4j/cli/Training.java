package io.rist4j.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the JVM watches while it records the caches that later commands start from. {@code send} and
 * {@code receive}, with UDP in and out, and the demo run in processes of their own, so that each
 * cache holds what its command compiles and nothing of another's habits; this process runs the
 * network between them, which loses a quarter both ways so that repairs are known too. {@code rist
 * --record-caches} runs it.
 *
 * <p>It uses loopback only and ends by itself. The caches are there when all of them are whole;
 * whatever ends it earlier leaves nothing behind.
 */
public final class Training {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long LENGTH_NS = TimeUnit.MILLISECONDS.toNanos(8000);

    /** An idle machine takes 20 s; at the lowest priority beside others it may take long. */
    private static final long LIMIT_NS = TimeUnit.MINUTES.toNanos(10);

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PACKETS_PER_PAUSE = 8;
    private static final int PAYLOAD_BYTES = 1316;

    /** The caches; the last is for every other command. */
    private static final List<String> NAMES = List.of("send", "receive", "rist");

    private final String java;
    private final Path lib;
    private final Path recording;

    private Training(String java, Path lib, Path recording) {
        this.java = java;
        this.lib = lib;
        this.recording = recording;
    }

    /**
     * Runs the commands. The exit code is 0 when each did what it should.
     *
     * @param args the java command, the folder of the modules and the JVM's options, an empty
     *     folder to record in, and what it is called in the end
     * @throws Exception when they could not run
     */
    public static void main(String[] args) throws Exception {
        var failure = new FatalFailure("training", System.err);
        Path recording = Path.of(args[2]);
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
            cleanUp(recording);
            failure.end(cause);
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(recording)));
        Thread.ofPlatform().daemon().start(Training::limit);
        var training = new Training(args[0], Path.of(args[1]), recording);
        boolean passed = training.transmit() && training.show() && training.isWhole();
        if (passed) {
            training.publish(Path.of(args[3]));
        }
        System.exit(passed ? ExitCode.DONE : ExitCode.FAILED);
    }

    /** Ends what still records, and what it has written so far. */
    private static void cleanUp(Path recording) {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            delete(recording);
        } catch (IOException e) {
            // the next one tries again
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private boolean isWhole() throws IOException {
        for (String name : NAMES) {
            Path cache = recording.resolve(name + ".aot");
            if (!Files.exists(cache) || Files.size(cache) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Commands that run keep the caches that they have open. */
    private void publish(Path caches) throws IOException {
        // caches fit the modules of this very folder only
        Files.writeString(recording.resolve("folder"), lib + "\n");
        delete(caches);
        Files.move(recording, caches);
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
        System.exit(ExitCode.FAILED);
    }

    private boolean transmit() throws IOException, InterruptedException, ExecutionException {
        int in = freeEvenPort();
        String bad = LOOPBACK + ":" + freeEvenPort();
        String good = LOOPBACK + ":" + freeEvenPort();
        String query = "?buffer=300";
        try (var sink = new DatagramSocket(0, InetAddress.ofLiteral(LOOPBACK))) {
            String out = "udp://" + LOOPBACK + ":" + sink.getLocalPort();
            var network =
                    Command.start("impair -i " + bad + " -o " + good + " --loss 25 --delay 9");
            Process receiver = record("receive", "-i", "rist://@" + good + query, "-o", out);
            Process sender =
                    record(
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

    /** A port of the loopback address that was free a moment ago. */
    private static int freeEvenPort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.ofLiteral(LOOPBACK))) {
            return Math.max(2, socket.getLocalPort() & ~1);
        }
    }

    /** A command in a process that records its cache when it ends. */
    private Process record(String... command) throws IOException {
        String name = command[0].equals("demo") ? "rist" : command[0];
        var words =
                new ArrayList<>(
                        List.of(
                                java,
                                "@" + lib.resolve("jvm.options"),
                                "-XX:AOTCacheOutput=" + recording.resolve(name + ".aot"),
                                "-p",
                                lib.toString(),
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

    private boolean show() throws IOException, InterruptedException {
        Process demo = record("demo", "--seconds", "0.5", "--buffer", "200", "--loss", "1");
        return demo.waitFor(LIMIT_NS, TimeUnit.NANOSECONDS);
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
}
