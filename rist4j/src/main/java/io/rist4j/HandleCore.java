package io.rist4j;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.time.SessionTime;
import io.rist4j.host.HostListener;
import io.rist4j.host.PacketQueue;
import io.rist4j.host.PumpShare;
import io.rist4j.host.SessionHost;
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
    private final HandlePlaces places;
    private final PeerPresence presence;
    private final NetworkThreadCalls calls;
    private volatile RistConfig settings;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
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
        places = new HandlePlaces(plan.uris());
        settings = plan.settings();
        if (queue != null) {
            queues.add(queue);
        }
        this.peers = peers;
        share = ownPump == null ? PumpShare.acquire() : null;
        pump = share == null ? requirePump(ownPump) : share.pump();
        presence = new PeerPresence(pump.clock(), places::ofPeer);
        callbacks = new HandleCallbacks(hooks, this::whose, () -> pump.clock().nowNs());
        boolean mayDrop = plan.overflowOr(OverflowPolicy.BLOCK) == OverflowPolicy.DROP_OLDEST;
        host =
                new SessionHost(
                        pump,
                        plan.config(),
                        plan.identity(),
                        role == Role.SENDER ? queue : null,
                        mayDrop,
                        plan.redials() ? plan::resolve : null,
                        this);
        calls = new NetworkThreadCalls(pump, host, this, this::closedException);
        if (plan.config().tunnel().security().users() instanceof UsersFile file) {
            host.watchUsers(file::look);
        }
    }

    private String whose() {
        return role.name().toLowerCase(Locale.ROOT) + places.first();
    }

    /** What it is and how it stands, in one line and without secrets. */
    String describe() {
        return role.name().toLowerCase(Locale.ROOT)
                + places.all()
                + ", profile "
                + plan.settings().profile()
                + (isConnected() ? ", connected, " : ", not connected, ")
                + (isOpen() ? "open" : closed ? "closed" : "closing");
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

    /** A session keeps the kind of protection that it was opened with. */
    void requireSecret() {
        if (!(settings instanceof MainConfig main) || main.secret().isEmpty()) {
            throw new RistConfigException(
                    "secret", "secret cannot be changed: this session was opened without one");
        }
    }

    /** Another secret takes the place of the one that the settings have. */
    void changeSecret(char[] secret) {
        calls.ask(
                "changeSecret",
                () -> {
                    takeSecret(secret);
                    return true;
                });
    }

    /** The same without waiting. The secret is copied before this returns. */
    CompletableFuture<@Nullable Void> changeSecretLater(char[] secret) {
        char[] copy = secret.clone();
        return calls.later(() -> takeSecret(copy))
                .whenComplete((done, failure) -> Arrays.fill(copy, '\0'));
    }

    private void takeSecret(char[] secret) {
        host.changeSecret(secret);
        if (settings instanceof MainConfig main) {
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

    /** What has the network thread do something. */
    NetworkThreadCalls calls() {
        return calls;
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
        return places.localAddresses();
    }

    boolean isConnected() {
        return presence.isConnected();
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
                NetworkThreadCalls.mayWait("open", "open it on a thread of your own");
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
        places.note(host.ports());
        return null;
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
        presence.await(timeout, this::checkOpen);
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
        presence.wake();
        for (PacketQueue waited : queues) {
            waited.signalTaker();
            waited.signalPutter();
        }
    }

    /** A receiver's recovery buffer, about. */
    @Override
    public long bufferNs() {
        return host.session().shortestBufferNs();
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
        places.note(host.ports());
        tell(new RistEvent.Redialled(path, Addresses.socketAddress(peer)));
    }

    @Override
    public void onSendRefused(
            Endpoint peer, PortRefusals.Kind kind, int bytes, int mtuBytes, long datagrams) {
        tell(HandleEvents.sendRefused(peer, kind, bytes, mtuBytes, datagrams));
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
        beforeTelling(event);
        tell(HandleEvents.of(event));
        afterTelling(event);
    }

    private void beforeTelling(SessionEvent event) {
        if (event instanceof SessionEvent.Connected) {
            presence.onConnected();
            wake();
        } else if (event instanceof SessionEvent.TimedOut) {
            presence.onGone();
        } else if (event instanceof SessionEvent.PathUp up) {
            peers.set(up.path(), Addresses.socketAddress(up.peer()));
        } else if (event instanceof SessionEvent.FlowEnded over && flows != null) {
            flows.onFlowEnded(over.flow());
        }
    }

    private void afterTelling(SessionEvent event) {
        if (event instanceof SessionEvent.FlowOpened opened && flows != null) {
            flows.onFlowOpened(opened.flow(), RistFlowIdentity.of(opened.identity()));
        } else if (event instanceof SessionEvent.TimedOut && endsWithPeer) {
            closing = true;
            host.close(SessionTime.NEVER);
        }
    }

    private void tell(RistEvent event) {
        NewcomerRefusal who = NewcomerRefusal.orProof(event);
        if (who != null) {
            presence.onRefused(who);
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
        presence.onGone();
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
