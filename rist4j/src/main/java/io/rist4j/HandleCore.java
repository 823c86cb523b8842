package io.rist4j;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.time.SessionTime;
import io.rist4j.host.HostListener;
import io.rist4j.host.PacketQueue;
import io.rist4j.host.PumpShare;
import io.rist4j.host.SessionHost;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortRefusals;
import io.rist4j.net.Pump;
import io.rist4j.session.FlowIdentity;
import io.rist4j.session.Newcomer;
import io.rist4j.session.Role;
import io.rist4j.session.SessionEvent;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The life of a handle: opening, connecting, events, closing; and its session on its pump. */
final class HandleCore implements HostListener, PacketOrigin {
    /** What a receiver does with packets. */
    interface Output {
        void onBlock(MediaBlock block);

        void onRoundEnd();

        /** No more packets come. */
        default void onClosed() {}
    }

    /** Is told of a receiver's flows where there are several. */
    interface FlowListener {
        void onFlowOpened(int flow, RistFlowIdentity identity);

        void onFlowEnded(int flow);
    }

    private record Refused(long atNs, NewcomerRefusal who) {}

    /** What failed so shortly before a wait counts as its reason: it is told now and then only. */
    private static final long REFUSED_BEFORE_NS = 10 * SessionTime.SECOND;

    private final SessionPlan plan;
    private final Role role;
    private final Pump pump;
    private final @Nullable PumpShare share;
    private final HandleCallbacks callbacks;
    private final SessionHost host;
    private final List<PacketQueue> queues = new CopyOnWriteArrayList<>();
    private final PeerTable peers;
    private final List<Published<?>> published = new CopyOnWriteArrayList<>();
    private @Nullable Output output;
    private @Nullable FlowListener flows;
    private Runnable afterClose = () -> {};
    private boolean endsWithPeer;
    private volatile List<InetSocketAddress> localAddresses = List.of();
    private volatile RistConfig settings;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private volatile boolean connected;
    private volatile @Nullable Refused refused;
    private volatile boolean closing;
    private volatile boolean closed;
    private volatile @Nullable Throwable cause;

    /**
     * @param queue of a sender its payloads, of a receiver its packets; null when there is none
     */
    HandleCore(
            Role role,
            SessionPlan plan,
            @Nullable RistPump ownPump,
            HandleHooks hooks,
            @Nullable PacketQueue queue,
            PeerTable peers) {
        this.plan = plan;
        this.role = role;
        settings = plan.settings();
        if (queue != null) {
            queues.add(queue);
        }
        this.peers = peers;
        share = ownPump == null ? PumpShare.acquire() : null;
        pump = share == null ? requirePump(ownPump) : share.pump();
        callbacks = new HandleCallbacks(hooks, this::whose, () -> pump.clock().nowNs());
        boolean mayDrop =
                plan.settings().overflowPolicy().orElse(OverflowPolicy.BLOCK)
                        == OverflowPolicy.DROP_OLDEST;
        host =
                new SessionHost(
                        pump,
                        plan.config(),
                        plan.identity(),
                        role == Role.SENDER ? queue : null,
                        mayDrop,
                        plan.settings().redial() ? plan::resolve : null,
                        this);
        if (plan.config().tunnel().security().users() instanceof UsersFile file) {
            host.watchUsers(file::look);
        }
    }

    private String whose() {
        return role.name().toLowerCase(Locale.ROOT) + where(0);
    }

    /** {@code on HOST:PORT} or {@code to HOST:PORT}, with the port that the system chose. */
    private String where(int path) {
        RistUri uri = plan.uris().get(path);
        return (uri.isListening() ? " on " : " to ") + hostAndPort(path);
    }

    private String hostAndPort(int path) {
        RistUri uri = plan.uris().get(path);
        List<InetSocketAddress> locals = localAddresses;
        if (uri.port() != 0 || locals.isEmpty()) {
            return uri.hostAndPort();
        }
        int socketsOfPath = locals.size() / plan.uris().size();
        return uri.hostAndPort(locals.get(path * socketsOfPath).getPort());
    }

    /** What it is and how it stands, in one line and without secrets. */
    String describe() {
        var text = new StringBuilder(role.name().toLowerCase(Locale.ROOT));
        for (int path = 0; path < plan.uris().size(); path++) {
            text.append(where(path));
        }
        return text.append(", profile ")
                .append(plan.settings().profile().name().toLowerCase(Locale.ROOT))
                .append(connected ? ", connected, " : ", not connected, ")
                .append(isOpen() ? "open" : closed ? "closed" : "closing")
                .toString();
    }

    private static Pump requirePump(@Nullable RistPump pump) {
        if (pump == null) {
            throw new IllegalStateException("neither a pump nor a share of one");
        }
        return pump.pump();
    }

    /** The settings as they stand. */
    RistConfig settings() {
        return settings;
    }

    /** Another secret takes the place of the one that the settings have, if they have one. */
    void changeSecret(char[] secret) {
        onPump(
                "changeSecret",
                () -> {
                    takeSecret(secret);
                    return true;
                });
    }

    /** The same without waiting. The secret is copied before this returns. */
    CompletableFuture<@Nullable Void> changeSecretLater(char[] secret) {
        char[] copy = secret.clone();
        return later(() -> takeSecret(copy))
                .whenComplete((done, failure) -> Arrays.fill(copy, '\0'));
    }

    private void takeSecret(char[] secret) {
        host.changeSecret(secret);
        if (settings instanceof MainConfig main && main.secret().isPresent()) {
            settings = main.toBuilder().secret(secret).build();
        }
    }

    /** Sets where a receiver's packets go. Before {@link #open}. */
    void setOutput(Output receiver) {
        output = receiver;
    }

    /** Something that readers may have without waiting. Before {@link #open}. */
    <T> Published<T> publish(Supplier<T> question) {
        var made = new Published<T>(this, question);
        published.add(made);
        return made;
    }

    /** The session part has ended, and its statistics do not change any more. */
    void unpublish(Published<?> over) {
        published.remove(over);
    }

    @Override
    public void onSecond() {
        published.forEach(Published::refresh);
    }

    /** Adds a queue whose waiters are to see the end. */
    void addQueue(PacketQueue further) {
        queues.add(further);
    }

    /** Sets who is told of flows. Before {@link #open}. */
    void setFlows(FlowListener listener) {
        flows = listener;
    }

    /** Sets what happens at the end. Before {@link #open}. */
    void setAfterClose(Runnable action) {
        afterClose = action;
    }

    /** Closes when the last peer has gone. Before {@link #open}. */
    void setEndsWithPeer() {
        endsWithPeer = true;
    }

    SessionPlan plan() {
        return plan;
    }

    Pump pump() {
        return pump;
    }

    SessionHost host() {
        return host;
    }

    List<InetSocketAddress> localAddresses() {
        return localAddresses;
    }

    boolean isConnected() {
        return connected;
    }

    boolean isOpen() {
        return !closing && !closed;
    }

    /** Whether the session has ended, so that nothing changes any more. */
    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Opens the sockets. */
    void open() throws RistException, InterruptedIOException {
        var opening = new FutureTask<@Nullable Void>(this::openOnPump);
        try {
            if (pump.isPumpThread()) {
                opening.run();
            } else {
                mayWait("open", "open it on a thread of your own");
                pump.execute(host, opening);
            }
            opening.get();
        } catch (ExecutionException failed) {
            onNotOpened();
            throw notOpened(failed.getCause());
        } catch (RejectedExecutionException over) {
            onNotOpened();
            throw new RistClosedException("the pump is closed", over);
        } catch (InterruptedException interrupted) {
            abort();
            Thread.currentThread().interrupt();
            throw interruption("opening", interrupted);
        }
    }

    private @Nullable Void openOnPump() throws IOException {
        host.open(plan.sockets());
        noteLocalAddresses();
        return null;
    }

    private void noteLocalAddresses() {
        var locals = new ArrayList<InetSocketAddress>();
        for (DatagramPort port : host.ports()) {
            locals.add(Addresses.socketAddress(port.localEndpoint()));
        }
        localAddresses = List.copyOf(locals);
    }

    private static RistException notOpened(@Nullable Throwable cause) {
        String message = cause == null ? "cannot open" : String.valueOf(cause.getMessage());
        return cause instanceof IOException
                ? new RistBindException(message, cause)
                : new RistException(message, cause);
    }

    /** Nobody has the handle: its pump need not know it any more. */
    private void onNotOpened() {
        closing = true;
        closed = true;
        afterClose.run();
        releasePump();
        ended.countDown();
    }

    private void releasePump() {
        if (share != null) {
            share.release();
        }
    }

    /** Refuses to go on with a handle that is closed. */
    void checkOpen() throws RistClosedException {
        if (closing || closed) {
            throw closedException();
        }
    }

    RistClosedException closedException() {
        Throwable why = cause;
        return new RistClosedException(
                why == null ? "the handle is closed" : "the session failed: " + why, why);
    }

    /** What ended the session, null when it was closed or goes on. */
    @Nullable Throwable cause() {
        return cause;
    }

    void awaitConnected(Duration timeout) throws IOException {
        long refusedSinceNs = pump.clock().nowNs() - REFUSED_BEFORE_NS;
        long leftNs = saturatedNs(timeout);
        if (!connected && leftNs > 0) {
            checkOpen();
            mayWait("awaitConnected", "listen to RistEvent.Connected");
        }
        try {
            lock.lockInterruptibly();
            try {
                while (!connected) {
                    checkOpen();
                    if (leftNs <= 0) {
                        throw noPeer(timeout, refusedSinceNs);
                    }
                    leftNs = changed.awaitNanos(leftNs);
                }
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw interruption("waiting for a peer", interrupted);
        }
    }

    private RistException noPeer(Duration timeout, long refusedSinceNs) {
        String message = "no peer within " + DurationKind.text(timeout) + whom();
        Refused last = refused;
        return last == null || last.atNs() < refusedSinceNs
                ? new RistTimeoutException(message)
                : new RistAuthenticationException(
                        message + ": " + last.who().text(), last.who().reason());
    }

    private String whom() {
        return (plan.uris().get(0).isListening() ? " on " : " at ") + hostAndPort(0);
    }

    static long saturatedNs(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? 0 : SessionTime.NEVER;
        }
    }

    static InterruptedIOException interruption(String during, InterruptedException why) {
        var thrown = new InterruptedIOException("interrupted while " + during);
        thrown.initCause(why);
        return thrown;
    }

    void close(Duration timeout) {
        long timeoutNs = Math.max(0, saturatedNs(timeout));
        closing = true;
        wake();
        beginClose(timeoutNs);
        if (Pump.isAnyPumpThread()) {
            return;
        }
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            abort();
            Thread.currentThread().interrupt();
        }
    }

    /** The same without waiting. The future completes on the network thread. */
    CompletableFuture<@Nullable Void> closeLater(Duration timeout) {
        closing = true;
        wake();
        beginClose(Math.max(0, saturatedNs(timeout)));
        return end;
    }

    void abort() {
        closing = true;
        wake();
        beginClose(0);
    }

    private void beginClose(long timeoutNs) {
        if (pump.isPumpThread()) {
            host.close(timeoutNs);
            return;
        }
        try {
            pump.execute(host, () -> host.close(timeoutNs));
        } catch (RejectedExecutionException over) {
            if (!closed) {
                onClosed(null);
            }
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (PacketQueue waited : queues) {
            waited.signalTaker();
            waited.signalPutter();
        }
    }

    /** A receiver's recovery buffer, about. */
    @Override
    public long bufferNs() {
        return host.session().receiverFlow().bufferNs();
    }

    /**
     * Refuses a call that would wait on a network thread.
     *
     * @param call its name
     */
    static void mayWait(String call) {
        mayWait(call, "call it on a thread of your own");
    }

    /** The same, with what to do instead. */
    static void mayWait(String call, String instead) {
        if (Pump.isAnyPumpThread()) {
            throw new RistNetworkThreadException(call, instead);
        }
    }

    /**
     * Runs something on the network thread, without waiting for it on another network thread. Not
     * at all once the session has ended.
     */
    void command(Runnable action) {
        if (Pump.isAnyPumpThread() && !pump.isPumpThread()) {
            var unused = later(action); // its session has ended, or does it
        } else {
            onPump(
                    "closing",
                    () -> {
                        action.run();
                        return true;
                    });
        }
    }

    /** Runs something on the network thread, soon. The future completes there. */
    CompletableFuture<@Nullable Void> later(Runnable action) {
        var done = new CompletableFuture<@Nullable Void>();
        Runnable command =
                () -> {
                    try {
                        action.run();
                        done.complete(null);
                    } catch (RuntimeException refused) {
                        done.completeExceptionally(refused);
                    }
                };
        if (closed) {
            done.completeExceptionally(closedException());
        } else {
            try {
                pump.execute(host, command);
            } catch (RejectedExecutionException over) {
                done.completeExceptionally(closedException());
            }
        }
        return done;
    }

    /**
     * Computes something from the session, on its thread; once it has ended, on the caller's.
     *
     * @param call its name, for a caller that must not wait for it
     */
    <T> T onPump(String call, Supplier<T> question) {
        if (pump.isPumpThread()) {
            pump.touch(host);
            return question.get();
        }
        if (closed) {
            return question.get();
        }
        mayWait(call);
        var answer = new FutureTask<T>(question::get);
        try {
            pump.execute(host, answer);
        } catch (RejectedExecutionException over) {
            return question.get();
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException again) {
                    interrupted = true; // the answer is microseconds away
                } catch (ExecutionException failed) {
                    throw failed.getCause() instanceof RuntimeException refused
                            ? refused
                            : new IllegalStateException(failed.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The program's own code made it impossible to go on. On the network thread. */
    void fail(Throwable why) {
        pump.execute(host, () -> host.onFailure(why));
    }

    @Override
    public void onBlock(MediaBlock block) {
        Output to = output;
        if (to != null) {
            to.onBlock(block);
        }
    }

    @Override
    public void onRoundEnd() {
        Output to = output;
        if (to != null) {
            to.onRoundEnd();
        }
    }

    @Override
    public void onOutOfBand(int path, int protocolType, ByteBuffer from, int at, int bytes) {
        callbacks.onDatagram(path, protocolType, from, at, bytes);
    }

    @Override
    public void onRedialled(int path, Endpoint peer) {
        noteLocalAddresses();
        tell(new RistEvent.Redialled(path, Addresses.socketAddress(peer)));
    }

    @Override
    public void onSendRefused(
            Endpoint peer, PortRefusals.Kind kind, int bytes, int mtuBytes, long datagrams) {
        RistEvent.RefusalReason reason =
                switch (kind) {
                    case TOO_LARGE -> RistEvent.RefusalReason.TOO_LARGE;
                    case UNREACHABLE -> RistEvent.RefusalReason.UNREACHABLE;
                    case CONNECTION_REFUSED -> RistEvent.RefusalReason.CONNECTION_REFUSED;
                    case NO_ROOM -> RistEvent.RefusalReason.NO_ROOM;
                    case NOT_PERMITTED -> RistEvent.RefusalReason.NOT_PERMITTED;
                    case OTHER -> RistEvent.RefusalReason.OTHER;
                };
        tell(
                new RistEvent.SendRefused(
                        Addresses.socketAddress(peer), reason, bytes, mtuBytes, datagrams));
    }

    @Override
    public boolean admits(Newcomer newcomer) {
        return callbacks.admits(newcomer);
    }

    @Override
    public boolean admitsFlow(FlowIdentity flow) {
        return callbacks.admitsFlow(flow);
    }

    @Override
    public void onEvent(SessionEvent event) {
        switch (event) {
            case SessionEvent.Connected e -> {
                connected = true;
                refused = null;
                wake();
                tell(new RistEvent.Connected(Addresses.socketAddress(e.peer()), e.canonicalName()));
            }
            case SessionEvent.PathUp e -> {
                InetSocketAddress peer = Addresses.socketAddress(e.peer());
                peers.set(e.path(), peer);
                tell(new RistEvent.PathUp(e.path(), peer));
            }
            case SessionEvent.PathDown e ->
                    tell(new RistEvent.PathDown(e.path(), Addresses.socketAddress(e.peer())));
            case SessionEvent.TimedOut e -> {
                connected = false;
                tell(new RistEvent.TimedOut());
                if (endsWithPeer) {
                    closing = true;
                    host.close(SessionTime.NEVER);
                }
            }
            case SessionEvent.PeerLeft e ->
                    tell(new RistEvent.PeerLeft(Addresses.socketAddress(e.peer())));
            case SessionEvent.FlowStarted e ->
                    tell(new RistEvent.FlowStarted(e.flowId(), reason(e)));
            case SessionEvent.FlowOpened e -> {
                RistFlowIdentity identity = RistFlowIdentity.of(e.identity());
                tell(new RistEvent.FlowOpened(identity));
                if (flows != null) {
                    flows.onFlowOpened(e.flow(), identity);
                }
            }
            case SessionEvent.FlowEnded e -> {
                if (flows != null) {
                    flows.onFlowEnded(e.flow());
                }
                tell(new RistEvent.FlowEnded(e.flowId()));
            }
            case SessionEvent.LimitReached e ->
                    tell(
                            new RistEvent.LimitReached(
                                    e.flowId(),
                                    RistEvent.Limit.valueOf(e.limit().name()),
                                    e.packets()));
            case SessionEvent.FlowRefused e ->
                    tell(new RistEvent.FlowRefused(e.flowId(), Addresses.socketAddress(e.peer())));
            case SessionEvent.Authenticated e -> tell(TunnelEvents.of(e));
            case SessionEvent.InClear e -> tell(TunnelEvents.of(e));
            case SessionEvent.AuthenticationFailed e -> tell(TunnelEvents.of(e));
            case SessionEvent.SecretsDiffer e -> tell(TunnelEvents.of(e));
            case SessionEvent.NotAdmitted e -> tell(TunnelEvents.of(e));
            case SessionEvent.PeerCapable e -> tell(TunnelEvents.of(e));
            case SessionEvent.BufferTold e -> tell(TunnelEvents.of(e));
        }
    }

    private static RistEvent.StartReason reason(SessionEvent.FlowStarted event) {
        return switch (event.reason()) {
            case FIRST_PACKET -> RistEvent.StartReason.FIRST_PACKET;
            case NEW_SOURCE -> RistEvent.StartReason.NEW_SOURCE;
            case AFTER_SILENCE -> RistEvent.StartReason.AFTER_SILENCE;
            case JUMP -> RistEvent.StartReason.JUMP;
        };
    }

    private void tell(RistEvent event) {
        NewcomerRefusal who = NewcomerRefusal.of(event);
        if (who != null) {
            refused = new Refused(pump.clock().nowNs(), who);
        }
        callbacks.tell(event);
    }

    /** The program's code that is called for a purpose, on this handle's network thread. */
    UserCode userCode(String purpose) {
        return callbacks.code(purpose);
    }

    @Override
    public void onClosed(@Nullable Throwable why) {
        cause = why;
        connected = false;
        closing = true;
        closed = true;
        onRoundEnd();
        Output last = output;
        if (last != null) {
            last.onClosed();
        }
        wake();
        tell(new RistEvent.Closed(why));
        afterClose.run();
        releasePump();
        ended.countDown();
        end.complete(null);
    }

    /** Waits for the end, at most so long. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(saturatedNs(timeout), TimeUnit.NANOSECONDS);
    }
}
