package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands the packets of a receiver to one subscriber, no more than it asks for, by the rules of
 * Reactive Streams. Its own code is never interrupted: only this class waits for packets.
 */
final class BlockSubscription implements Flow.Subscription {
    /** Waits end with a signal; this is for the one that came a moment too early. */
    private static final long RECHECK_NS = 500_000_000L;

    private static final Logger LOG = System.getLogger(UserCode.LOGGER);

    private final ReceiverQueue queue;
    private final Flow.Subscriber<? super RistBlock> subscriber;
    private final AtomicReference<@Nullable BlockSubscription> place;
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException badRequest;
    private volatile @Nullable Thread thread;

    /**
     * @param place of the receiver's one subscription at a time, which a terminated one leaves
     */
    BlockSubscription(
            ReceiverQueue queue,
            Flow.Subscriber<? super RistBlock> subscriber,
            AtomicReference<@Nullable BlockSubscription> place) {
        this.queue = queue;
        this.subscriber = Objects.requireNonNull(subscriber);
        this.place = place;
    }

    /** Begins, unless another subscriber is there. */
    void start() {
        boolean isFirst = place.compareAndSet(null, this);
        Thread created =
                Thread.ofVirtual()
                        .name("rist4j-subscriber")
                        .unstarted(isFirst ? this::run : this::refuse);
        thread = created;
        created.start();
    }

    private void refuse() {
        try {
            subscriber.onSubscribe(this);
            subscriber.onError(new IllegalStateException("the receiver has a subscriber already"));
        } catch (Throwable thrown) {
            report(thrown);
        }
    }

    private void run() {
        try {
            subscriber.onSubscribe(this);
            while (!cancelled) {
                serve();
            }
        } catch (IOException failed) {
            if (terminate()) {
                tell(failed);
            }
        } catch (Throwable thrown) {
            // the rules have it that a subscriber which throws has cancelled; it is told all the
            // same
            boolean wasLive = terminate();
            report(thrown);
            if (wasLive) {
                tell(thrown);
            }
        }
    }

    private void serve() throws IOException {
        IllegalArgumentException bad = badRequest;
        if (bad != null) {
            if (terminate()) {
                tell(bad);
            }
        } else if (queue.isOver()) {
            queue.throwCause();
            if (terminate()) {
                subscriber.onComplete();
            }
        } else if (demand.get() == 0) {
            LockSupport.parkNanos(this, RECHECK_NS);
        } else if (queue.size() == 0) {
            queue.awaitChange(RECHECK_NS);
        } else {
            handOver();
        }
    }

    private void handOver() throws IOException {
        RistBlock block;
        try {
            block = queue.receiveBlock(Duration.ZERO);
        } catch (RistTimeoutException nothingYet) {
            return; // dropped meanwhile, or taken by somebody else
        } catch (RistOverflowException dropped) {
            return; // the next block tells how many
        }
        if (block != null) {
            demand.getAndUpdate(d -> d == Long.MAX_VALUE ? d : d - 1);
            subscriber.onNext(block); // even if it was cancelled meanwhile: nothing taken is lost
        }
    }

    /** Ends it and leaves the place to another. Returns whether it was live. */
    private boolean terminate() {
        boolean wasLive = !cancelled;
        cancelled = true;
        place.compareAndSet(this, null);
        return wasLive;
    }

    private void tell(Throwable failure) {
        try {
            subscriber.onError(failure);
        } catch (Throwable thrown) {
            report(thrown);
        }
    }

    private static void report(Throwable thrown) {
        LOG.log(Level.ERROR, "a subscriber threw, which cancels its subscription", thrown);
    }

    @Override
    public void request(long blocks) {
        if (cancelled) {
            return;
        }
        if (blocks <= 0) {
            badRequest = new IllegalArgumentException("demand " + blocks + " is below 1");
        } else {
            demand.getAndUpdate(d -> d + blocks < 0 ? Long.MAX_VALUE : d + blocks);
        }
        wake();
    }

    @Override
    public void cancel() {
        terminate();
        wake();
    }

    private void wake() {
        Thread waiting = thread;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }
}
