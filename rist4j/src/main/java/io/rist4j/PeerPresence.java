package io.rist4j;

import io.rist4j.core.time.SessionTime;
import io.rist4j.net.SessionClock;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Whether a peer is there, who could not be let in, and who waits for one. */
final class PeerPresence {
    /** A thing that may refuse to go on. */
    @FunctionalInterface
    interface Check {
        void run() throws IOException;
    }

    private record Refused(long atNs, NewcomerRefusal who) {}

    /** What failed so shortly before a wait counts as its reason: it is told now and then only. */
    private static final long REFUSED_BEFORE_NS = 10 * SessionTime.SECOND;

    /** A peer is there so soon after a user was proved. */
    private static final long FOLLOWS_PROOF_NS = SessionTime.SECOND;

    private final SessionClock clock;
    private final Supplier<String> place;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean connected;
    private volatile @Nullable Refused refused;

    /**
     * @param place where a peer was to come, for messages
     */
    PeerPresence(SessionClock clock, Supplier<String> place) {
        this.clock = clock;
        this.place = place;
    }

    boolean isConnected() {
        return connected;
    }

    void onConnected() {
        connected = true;
        refused = null;
    }

    void onGone() {
        connected = false;
    }

    void onRefused(NewcomerRefusal who) {
        boolean isProof = who.reason() == RistAuthenticationException.Reason.NOT_UNDERSTOOD;
        if (!(isProof && connected)) {
            refused = new Refused(clock.nowNs(), who);
        }
    }

    /** Has those who wait look again. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a peer.
     *
     * @param isOpen throws when none can come any more
     */
    void await(Duration timeout, Check isOpen) throws IOException {
        long refusedSinceNs = clock.nowNs() - REFUSED_BEFORE_NS;
        long leftNs = HandleCore.saturatedNs(timeout);
        if (!connected && leftNs > 0) {
            isOpen.run();
            NetworkThreadCalls.mayWait("awaitConnected", "listen to RistEvent.Connected");
        }
        try {
            lock.lockInterruptibly();
            try {
                while (!connected) {
                    isOpen.run();
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
            throw HandleCore.interruption("waiting for a peer", interrupted);
        }
    }

    private boolean isYoungProof(Refused last) {
        return last.who().reason() == RistAuthenticationException.Reason.NOT_UNDERSTOOD
                && clock.nowNs() - last.atNs() < FOLLOWS_PROOF_NS;
    }

    private RistException noPeer(Duration timeout, long refusedSinceNs) {
        String message = "no peer within " + DurationKind.text(timeout) + place.get();
        Refused last = refused;
        return last == null || last.atNs() < refusedSinceNs || isYoungProof(last)
                ? new RistTimeoutException(message)
                : new RistAuthenticationException(
                        message + ": " + last.who().text(), last.who().reason());
    }
}
