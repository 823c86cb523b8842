package io.rist4j;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.time.SessionTime;
import io.rist4j.host.PacketQueue;
import io.rist4j.host.PumpShare;
import io.rist4j.host.SessionHost;
import io.rist4j.net.Pump;
import io.rist4j.session.Role;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The life of a handle and its session on its pump: opening, waiting for a peer, closing. What the
 * session tells meanwhile is passed on by {@link SessionNews}.
 */
final class HandleCore implements PacketOrigin {
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
    private final List<Published<?>> published = new CopyOnWriteArrayList<>();
    private final SessionNews news;
    private final HandleEnd end = new HandleEnd();
    private Runnable afterClose = () -> {};
    private final HandlePlaces places;
    private final PeerPresence presence;
    private final NetworkThreadCalls calls;
    private final HandleSettings settings;

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
        if (queue != null) {
            queues.add(queue);
        }
        share = ownPump == null ? PumpShare.acquire() : null;
        pump = share == null ? requirePump(ownPump) : share.pump();
        presence = new PeerPresence(pump.clock(), places::ofPeer);
        callbacks = new HandleCallbacks(hooks, this::whose, () -> pump.clock().nowNs());
        news = new SessionNews(this, callbacks, presence, peers);
        boolean mayDrop = plan.overflowOr(OverflowPolicy.BLOCK) == OverflowPolicy.DROP_OLDEST;
        host =
                new SessionHost(
                        pump,
                        plan.config(),
                        plan.identity(),
                        role == Role.SENDER ? queue : null,
                        mayDrop,
                        plan.redials() ? plan::resolve : null,
                        news);
        calls = new NetworkThreadCalls(pump, host, this, end::refusal);
        settings = new HandleSettings(plan.settings(), host, calls);
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
                + end;
    }

    private static Pump requirePump(@Nullable RistPump pump) {
        if (pump == null) {
            throw new IllegalStateException("neither a pump nor a share of one");
        }
        return pump.pump();
    }

    /** The settings as they stand. */
    HandleSettings settings() {
        return settings;
    }

    /** What is told, and to whom. Set before {@link #open}. */
    SessionNews news() {
        return news;
    }

    /** Whether it has ended, why, and who waits for that. */
    HandleEnd end() {
        return end;
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

    /** About a second has passed. */
    void refresh() {
        published.forEach(Published::refresh);
    }

    /** Adds a queue whose waiters are to see the end. */
    void addQueue(PacketQueue further) {
        queues.add(further);
    }

    /** Sets what happens at the end. Before {@link #open}. */
    void setAfterClose(Runnable action) {
        afterClose = action;
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
        return end.isOpen();
    }

    /** Whether the session has ended, so that nothing changes any more. */
    @Override
    public boolean isClosed() {
        return end.isOver();
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
        notePlaces();
        return null;
    }

    /** The system has chosen ports. */
    void notePlaces() {
        places.note(host.ports());
    }

    private static RistException notOpened(@Nullable Throwable cause) {
        String message = cause == null ? "cannot open" : String.valueOf(cause.getMessage());
        return cause instanceof IOException
                ? new RistBindException(message, cause)
                : new RistException(message, cause);
    }

    /** Nobody has the handle: its pump need not know it any more. */
    private void onNotOpened() {
        end.come(null);
        afterEnd();
    }

    private void releasePump() {
        if (share != null) {
            share.release();
        }
    }

    void awaitConnected(Duration timeout) throws IOException {
        presence.await(timeout, end::checkOpen);
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
        closeLater(saturatedNs(timeout));
        if (Pump.isAnyPumpThread()) {
            return;
        }
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            abort();
            Thread.currentThread().interrupt();
        }
    }

    /** The same without waiting. The future completes on the network thread. */
    CompletableFuture<@Nullable Void> closeLater(Duration timeout) {
        closeLater(saturatedNs(timeout));
        return end.future();
    }

    void abort() {
        closeLater(0);
    }

    /** The same, in nanoseconds; less than none is none. */
    void closeLater(long timeoutNs) {
        end.ask();
        wake();
        beginClose(Math.max(0, timeoutNs));
    }

    private void beginClose(long timeoutNs) {
        if (pump.isPumpThread()) {
            host.close(timeoutNs);
            return;
        }
        try {
            pump.execute(host, () -> host.close(timeoutNs));
        } catch (RejectedExecutionException over) {
            if (!end.isOver()) {
                news.onClosed(null);
            }
        }
    }

    /** Has all look again who wait for something of the session. */
    void wake() {
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

    /** The program's code that is called for a purpose, on this handle's network thread. */
    UserCode userCode(String purpose) {
        return callbacks.code(purpose);
    }

    /** The session is over: nothing changes any more. On the network thread. */
    void onEnd(@Nullable Throwable why) {
        end.come(why);
    }

    /** Everybody has been told of the end. */
    void afterEnd() {
        afterClose.run();
        releasePump();
        end.tell();
    }
}
