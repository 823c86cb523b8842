package io.rist4j.net;

import io.rist4j.core.time.SessionTime;
import io.rist4j.net.tun.PacketHandler;
import io.rist4j.net.tun.TunDevice;
import io.rist4j.net.tun.TunSpec;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * One daemon thread that owns any number of ports and tasks and is their single writer.
 *
 * <p>Each round it reads the ports, runs commands, serves the deadlines that are due, and sends
 * what was written. Between rounds it waits, in one of two ways, because a wake-up costs more than
 * a packet: at low rates until a datagram or a deadline comes, under load for as long as the tasks
 * allow arrivals to gather ({@link PumpTask#gatherNs}). Which of them is decided from the measured
 * arrivals. Without work it sleeps.
 *
 * <p>A task, handler or command that throws does not harm the others: it is logged, told to the
 * {@link PumpConfig.FailureListener}, and taken out of service.
 *
 * <p>Tasks, ports and handlers live on the pump's thread. The methods here may be called from any
 * thread.
 */
public final class Pump implements AutoCloseable, Executor {
    /** What a round that failed as a whole is followed by, so that it does not fail in a spin. */
    private static final long RECOVERY_NS = 10 * SessionTime.MILLISECOND;

    private final PumpClock clock = new PumpClock();
    private final PumpLoop loop;
    private final String askedProvider;
    private final String provider;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean closed;

    private Pump(PumpConfig config) {
        PortProvider found = PortProviders.find(config.provider());
        askedProvider = config.provider();
        provider = found.name();
        loop = new PumpLoop(clock, found.newPoller(), config.withProvider(provider));
        thread = new PumpThread(config.threadName(), this::run);
    }

    /** The thread of a pump, which must never wait for another's. */
    private static final class PumpThread extends Thread {
        /** The priority is a wish, not a plan: most systems ignore it unless told not to. */
        @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it
        PumpThread(String name, Runnable task) {
            super(task, name);
            setDaemon(true);
            setPriority(MAX_PRIORITY); // what waits for this thread is live
        }
    }

    /**
     * Starts a pump.
     *
     * @param config how it works
     * @return the running pump
     * @throws IllegalArgumentException when the provider that was asked for does not work here
     */
    public static Pump start(PumpConfig config) {
        var pump = new Pump(config);
        pump.thread.start();
        return pump;
    }

    private void run() {
        try {
            while (!closing) {
                turn();
            }
        } finally {
            closed = true;
            loop.close();
        }
    }

    private void turn() {
        try {
            clock.refresh(clock.nowNs());
            loop.round();
        } catch (Throwable cause) {
            loop.broken(cause);
            LockSupport.parkNanos(RECOVERY_NS);
        }
    }

    /** Name of the kind of port that it uses. */
    public String providerName() {
        return provider;
    }

    /** Why it uses this kind of port, for people. Looks for the others again. */
    public String providerReason() {
        return PortProviders.reason(askedProvider, provider);
    }

    /** The clock of its ports and tasks. */
    public SessionClock clock() {
        return clock;
    }

    /** Whether the caller is on the pump's thread. */
    public boolean isPumpThread() {
        return thread.equals(Thread.currentThread());
    }

    /**
     * Whether the caller is on the thread of any pump. There nothing may wait: two pumps that wait
     * for each other stop all their sessions for good.
     */
    public static boolean isAnyPumpThread() {
        return Thread.currentThread() instanceof PumpThread;
    }

    /**
     * Runs a command on the pump's thread, soon and in the order of the calls, and ends its wait
     * for that. Commands accepted before {@link #close} are run.
     *
     * @param command what to run
     * @throws RejectedExecutionException when the pump has ended
     */
    @Override
    public void execute(Runnable command) {
        loop.submit(command);
        if (closed && loop.withdraw(command)) {
            throw new RejectedExecutionException("the pump has ended");
        }
        loop.gate().wake();
    }

    /**
     * The same for a command that concerns one task alone: of the others' deadlines none is looked
     * at again.
     *
     * @param task whose deadlines it may change
     * @param command what to run
     * @throws RejectedExecutionException when the pump has ended
     */
    public void execute(PumpTask task, Runnable command) {
        execute(new Errand(task, command));
    }

    /**
     * Has a task asked for its deadlines again: something has happened to it by another way than
     * its own ports and commands. On the pump's thread only.
     *
     * @param task whose
     */
    public void touch(PumpTask task) {
        loop.touch(task);
    }

    /**
     * Tells of work that came to a task by another way than a port, for example a packet in a
     * queue. It is treated as an arrival: it ends a wait for arrivals, counts for the decision how
     * to wait, and is left to gather under load. Costs no system call while the pump is awake or
     * gathers. The task must show the work by its {@link PumpTask#wakes}.
     *
     * @param task which has the work
     */
    public void wakeSoon(PumpTask task) {
        loop.signal(task);
        loop.gate().wakeSoon();
    }

    /**
     * Opens a port that belongs to no task. Its arrivals are left to gather for as long as every
     * task of the pump allows that allows any.
     *
     * @param spec which socket
     * @param handler takes its datagrams, on the pump's thread
     * @return the port, to be used on the pump's thread only
     * @throws IOException when the system refuses, or the pump has ended
     */
    public DatagramPort open(PortSpec spec, DatagramHandler handler) throws IOException {
        return open("UDP " + spec.local(), () -> loop.open(spec, handler, null));
    }

    /**
     * Opens a port that carries the traffic of a task. Waits for the pump when called from another
     * thread.
     *
     * @param spec which socket
     * @param handler takes its datagrams, on the pump's thread
     * @param task whose {@link PumpTask#gatherNs} counts for its arrivals, and who is retired when
     *     the handler throws
     * @return the port, to be used on the pump's thread only
     * @throws IOException when the system refuses, or the pump has ended
     */
    public DatagramPort open(PortSpec spec, DatagramHandler handler, PumpTask task)
            throws IOException {
        return open("UDP " + spec.local(), () -> loop.open(spec, handler, task));
    }

    /**
     * Opens a network device that belongs to no task. Waits for the pump when called from another
     * thread.
     *
     * @param spec which device
     * @param handler takes its packets, on the pump's thread
     * @return the device, to be used on the pump's thread only
     * @throws IOException when the system refuses, the kind of port has no devices, or the pump has
     *     ended
     */
    public TunDevice open(TunSpec spec, PacketHandler handler) throws IOException {
        return open("network device " + spec.name(), () -> loop.open(spec, handler, null));
    }

    /**
     * Opens a network device that carries the traffic of a task. Waits for the pump when called
     * from another thread.
     *
     * @param spec which device
     * @param handler takes its packets, on the pump's thread
     * @param task whose {@link PumpTask#gatherNs} counts for its packets, and who is retired when
     *     the handler throws or the device disappears
     * @return the device, to be used on the pump's thread only
     * @throws IOException when the system refuses, the kind of port has no devices, or the pump has
     *     ended
     */
    public TunDevice open(TunSpec spec, PacketHandler handler, PumpTask task) throws IOException {
        return open("network device " + spec.name(), () -> loop.open(spec, handler, task));
    }

    /** Makes something on the pump's thread. */
    @FunctionalInterface
    private interface Opening<T> {
        T open() throws IOException;
    }

    private <T> T open(String what, Opening<T> opening) throws IOException {
        if (isPumpThread()) {
            return opening.open();
        }
        var task = new FutureTask<T>(opening::open);
        try {
            execute(task);
            return task.get();
        } catch (RejectedExecutionException ended) {
            throw new IOException("cannot open " + what + ": the pump has ended", ended);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            var thrown = new InterruptedIOException("interrupted while opening " + what);
            thrown.initCause(interrupted);
            throw thrown;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException refused) {
                throw refused;
            }
            throw new IOException("cannot open " + what, failed.getCause());
        }
    }

    /**
     * Begins to serve a task's deadlines; a task that is served already stays.
     *
     * @param task whose
     */
    public void add(PumpTask task) {
        if (isPumpThread()) {
            loop.add(task);
        } else {
            execute(() -> loop.add(task));
        }
    }

    /**
     * Serves a task's deadlines no more. Its ports stay open.
     *
     * @param task whose
     */
    public void remove(PumpTask task) {
        if (isPumpThread()) {
            loop.remove(task);
        } else {
            execute(() -> loop.remove(task));
        }
    }

    /** What it did so far. */
    public PumpStats stats() {
        return loop.stats();
    }

    /**
     * Ends the pump: runs the commands that are left, closes its ports, and ends its thread. Waits
     * for that, unless called on the pump's thread or interrupted. May be called again.
     */
    @Override
    public void close() {
        closing = true;
        loop.gate().wake();
        if (isPumpThread()) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
