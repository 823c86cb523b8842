package io.rist4j.net;

import static io.rist4j.core.time.SessionTime.NEVER;

import io.rist4j.core.time.SessionTime;
import io.rist4j.net.tun.PacketHandler;
import io.rist4j.net.tun.TunDevice;
import io.rist4j.net.tun.TunSpec;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The rounds of a pump: wait, read ports, run commands, serve deadlines, send. Belongs to one
 * thread, but for {@link #submit}; time and ports are given, so a test can turn it by hand.
 */
final class PumpLoop {
    /** Commands run in one round before ports have their turn again. */
    private static final int COMMAND_BUDGET = 1024;

    /** A task may be behind for so many rounds before it is taken for stuck. */
    static final int STALL_ROUNDS = 1000;

    /** What a stuck task waits in each further round, in ns. */
    static final long STALL_PAUSE_NS = SessionTime.MILLISECOND;

    private static final Logger LOG = System.getLogger(PumpLoop.class.getName());

    private final SessionClock clock;
    private final PortPoller poller;
    private final PumpConfig config;
    private final WakeGate gate;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Roster tasks = new Roster(this::fail);
    private final Traffic traffic = new Traffic();
    private final WaitPolicy policy = new WaitPolicy();
    private final ArrivalMeter signals = new ArrivalMeter(true);

    // replaced when they change, so a round can go on with the array it began with
    private PumpSource[] ports = {};
    private final List<PumpSource> written = new ArrayList<>();

    /** Those that may have something to read, and those among them that are just being read. */
    private List<PumpSource> readable = new ArrayList<>();

    private List<PumpSource> reading = new ArrayList<>();

    /** Those to which something came in this round. */
    private final List<PumpSource> came = new ArrayList<>();

    private boolean portsPending;
    private boolean gathered;
    private int overdueRounds;
    private long roundEndNs;
    private volatile double eventsPerNs;
    private volatile boolean gathering;

    private final Counter rounds = new Counter();
    private final Counter awaits = new Counter();
    private final Counter gathers = new Counter();
    private final Counter datagrams = new Counter();
    private final Counter commandsRun = new Counter();
    private final Counter deadlines = new Counter();
    private final Counter failures = new Counter();
    private final Counter stalls = new Counter();
    private final Counter busyNs = new Counter();
    private final Counter waitNs = new Counter();
    private final WakeUps wakeUps = new WakeUps();

    PumpLoop(SessionClock clock, PortPoller poller, PumpConfig config) {
        this.clock = clock;
        this.poller = poller;
        this.config = config;
        gate = new WakeGate(poller);
        roundEndNs = clock.nowNs();
    }

    /** Takes a command for the next round, without waking the pump. From any thread. */
    void submit(Runnable command) {
        commands.add(command);
    }

    /** Takes a command back. Returns false when it has been run. From any thread. */
    boolean withdraw(Runnable command) {
        return commands.remove(command);
    }

    WakeGate gate() {
        return gate;
    }

    DatagramPort open(PortSpec spec, DatagramHandler handler, @Nullable PumpTask task)
            throws IOException {
        var port = new PumpPort(this, poller, spec, clock, handler, task);
        serve(port);
        return port;
    }

    TunDevice open(TunSpec spec, PacketHandler handler, @Nullable PumpTask task)
            throws IOException {
        var device = new PumpTun(this, poller, spec, clock, handler, task);
        serve(device);
        return device;
    }

    private void serve(PumpSource source) {
        ports = Arrays.copyOf(ports, ports.length + 1);
        ports[ports.length - 1] = source;
        traffic.onPorts(ports);
        source.onReadable(); // something may have come before it was polled
    }

    /** A port may have something to read. */
    void onReadable(PumpSource source) {
        readable.add(source);
    }

    /** A port has something to send at the end of the round. */
    void onWritten(PumpSource source) {
        written.add(source);
    }

    void forget(PumpSource source) {
        ports = Arrays.stream(ports).filter(p -> !p.equals(source)).toArray(PumpSource[]::new);
        traffic.onPorts(ports);
    }

    void add(PumpTask task) {
        tasks.add(task);
    }

    void remove(PumpTask task) {
        tasks.remove(task);
    }

    /** Something has happened to a task by another way than its ports. */
    void touch(PumpTask task) {
        tasks.touch(task);
    }

    /** The same, told by another thread; nothing wakes up for it. From any thread. */
    void signal(PumpTask task) {
        tasks.signal(task);
    }

    /** One turn: waits as long as nothing is to be done, then does what is. */
    void round() {
        awaitWork();
        int received = readPorts();
        runCommands();
        tasks.refresh();
        deadlines.add(tasks.serve(clock.nowNs()));
        flushWritten();
        measure(received);
    }

    private void flushWritten() {
        for (int i = 0; i < written.size(); i++) {
            written.get(i).flush();
        }
        written.clear();
    }

    private void awaitWork() {
        tasks.refresh();
        long nowNs = clock.nowNs();
        long untilWakeNs = untilWakeNs(nowNs);
        long durationNs = untilWakeNs;
        boolean gather = false;
        if (portsPending || !commands.isEmpty()) {
            durationNs = 0;
        } else if (untilWakeNs > 0) {
            overdueRounds = 0;
            long gatherNs = gatherNs(untilWakeNs);
            gather = gatherNs > 0;
            durationNs = gather ? gatherNs : untilWakeNs;
        } else if (++overdueRounds > STALL_ROUNDS) {
            stalls.increment();
            durationNs = STALL_PAUSE_NS;
        }
        waitFor(durationNs, gather);
        long awakeNs = clock.nowNs();
        busyNs.add(nowNs - roundEndNs);
        waitNs.add(awakeNs - nowNs);
        gathered = gather;
        if (durationNs > 0) {
            wakeUps.count(reason(awakeNs - nowNs, durationNs, untilWakeNs));
        }
    }

    /** What ended a wait. */
    private String reason(long waitedNs, long durationNs, long untilWakeNs) {
        if (waitedNs >= durationNs) {
            return durationNs == untilWakeNs ? tasks.reason() : WakeUps.GATHERED;
        }
        return readable.isEmpty() ? WakeUps.CALL : WakeUps.ARRIVAL;
    }

    private void waitFor(long durationNs, boolean gather) {
        if (durationNs == 0 || !gate.enter(gather)) {
            poller.await(0);
            return;
        }
        if (gather) {
            gathers.increment();
            poller.pause(durationNs);
        } else {
            awaits.increment();
            poller.await(durationNs);
        }
        gate.leave();
    }

    /** How long the deadlines allow to wait from now, 0 when one has passed. */
    private long untilWakeNs(long nowNs) {
        long wakeNs = tasks.latestNs();
        return wakeNs == NEVER ? NEVER : Math.max(0, wakeNs - nowNs);
    }

    /** How long arrivals may gather now, 0 when the next is to be waited for. */
    private long gatherNs(long untilWakeNs) {
        traffic.measure(clock.nowNs(), tasks, signals, config.maxGatherNs());
        long gatherNs = policy.gatherNs(traffic, untilWakeNs);
        eventsPerNs = traffic.eventsPerNs();
        gathering = policy.isGathering();
        return gatherNs;
    }

    private int readPorts() {
        int received = 0;
        portsPending = false;
        List<PumpSource> now = readable;
        readable = reading;
        reading = now;
        for (int i = 0; i < now.size(); i++) {
            received += read(now.get(i));
        }
        now.clear();
        return received;
    }

    private int read(PumpSource port) {
        port.takeTurn();
        int count = port.receive(config.receiveBudget());
        if (count > 0) {
            touchOwner(port);
            came.add(port);
        }
        if (count >= config.receiveBudget()) {
            port.onReadable(); // the others have their turn before the rest of it
            portsPending = true;
        }
        return count;
    }

    private void touchOwner(PumpSource port) {
        PumpTask task = port.task();
        if (task == null) {
            tasks.touchAll();
        } else {
            tasks.touch(task);
        }
    }

    private void runCommands() {
        for (int i = 0; i < COMMAND_BUDGET; i++) {
            Runnable command = commands.poll();
            if (command == null) {
                return;
            }
            commandsRun.increment();
            if (command instanceof Errand errand) {
                tasks.touch(errand.task());
            } else {
                tasks.touchAll();
            }
            try {
                command.run();
            } catch (Throwable cause) {
                report(command, "a command threw", cause);
            }
        }
    }

    private void measure(int received) {
        long nowNs = clock.nowNs();
        long elapsedNs = nowNs - roundEndNs;
        roundEndNs = nowNs;
        rounds.increment();
        datagrams.add(received);
        int told = gate.takeArrivals();
        for (int i = (int) Math.min(told, 1 + elapsedNs / ArrivalMeter.EVENT_NS); i > 0; i--) {
            signals.onArrival(nowNs - (i - 1) * ArrivalMeter.EVENT_NS);
        }
        signals.endRound(nowNs, elapsedNs, gathered);
        traffic.endRound(came, nowNs, elapsedNs, gathered);
        came.clear();
    }

    /** Takes a task out of service. */
    private void fail(PumpTask task, Throwable cause) {
        if (!tasks.has(task)) {
            return;
        }
        report(task, "a task threw and was removed", cause);
        retire(task, cause);
    }

    /** Takes the owner of a port out of service, or the port alone when it has none. */
    void fail(PumpSource port, Throwable cause) {
        report(port.handler(), "a port or its handler threw and the port was closed", cause);
        port.close();
        PumpTask task = port.task();
        if (task != null) {
            retire(task, cause);
        }
    }

    private void retire(PumpTask task, Throwable cause) {
        remove(task);
        for (PumpSource port : ports) {
            if (task.equals(port.task())) {
                port.close();
            }
        }
        try {
            task.onFailure(cause);
        } catch (Throwable again) {
            LOG.log(Level.ERROR, "the failure callback of a task threw", again);
        }
    }

    private void report(Object source, String what, Throwable cause) {
        failures.increment();
        LOG.log(Level.ERROR, what, cause);
        try {
            config.failureListener().onFailure(source, cause);
        } catch (Throwable again) {
            LOG.log(Level.ERROR, "the failure listener threw", again);
        }
    }

    /** Tells of a failure that is nobody's own, for example of the system's polling. */
    void broken(Throwable cause) {
        report(poller, "a round of the pump threw", cause);
    }

    /** Runs the commands that are left and closes the ports. */
    void close() {
        while (!commands.isEmpty()) {
            runCommands();
        }
        for (PumpSource port : ports) {
            port.close();
        }
        poller.close();
    }

    /** From any thread. */
    PumpStats stats() {
        return new PumpStats(
                config.provider(),
                rounds.get(),
                awaits.get(),
                gathers.get(),
                gathering,
                eventsPerNs * SessionTime.SECOND,
                datagrams.get(),
                commandsRun.get(),
                deadlines.get(),
                failures.get(),
                stalls.get(),
                busyNs.get(),
                waitNs.get(),
                wakeUps.counts());
    }
}
