package io.rist4j.cli;

import io.rist4j.linux.Terminal;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * SIGINT for a process that was started with it ignored. A shell does that to what a script runs in
 * the background, and the JVM leaves it so.
 *
 * <p>libRIST: its tools take SIGINT in any case, and end. Ours: the same.
 */
final class Interrupts {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final long SIGINT_BIT = 1L << 1;

    private Interrupts() {}

    /** Has SIGINT end the process as SIGTERM does, where it was ignored; elsewhere it does. */
    static void listen() {
        if (isIgnored() && Terminal.restoreInterrupt()) {
            try {
                endOnInterrupt();
            } catch (ReflectiveOperationException e) {
                // then it ends the process without draining
            }
        }
    }

    private static boolean isIgnored() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(IGNORED)) {
                    String mask = line.substring(IGNORED.length()).strip();
                    return (Long.parseUnsignedLong(mask, 16) & SIGINT_BIT) != 0;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // another system: the JVM knows best
        }
        return false;
    }

    /** By reflection, for the compiler warns of the class wherever it is named. */
    private static void endOnInterrupt() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ending =
                Proxy.newProxyInstance(
                        Interrupts.class.getClassLoader(),
                        new Class<?>[] {handler},
                        (proxy, method, args) -> {
                            if (method.getName().equals("handle")) {
                                System.exit(ExitCode.INTERRUPTED);
                            }
                            return null;
                        });
        Object interrupt = signal.getConstructor(String.class).newInstance("INT");
        signal.getMethod("handle", signal, handler).invoke(null, interrupt, ending);
    }
}
