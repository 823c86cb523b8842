package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Hands the packets of a receiver to one subscriber, no more than it asks for. */
final class BlockSubscription implements Flow.Subscription {
    private static final Duration RECHECK = Duration.ofSeconds(1);

    private final ReceiverQueue queue;
    private final Flow.Subscriber<? super RistBlock> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException badRequest;
    private volatile @Nullable Thread thread;

    BlockSubscription(ReceiverQueue queue, Flow.Subscriber<? super RistBlock> subscriber) {
        this.queue = queue;
        this.subscriber = Objects.requireNonNull(subscriber);
    }

    /** Begins, unless another subscriber was first. */
    void start(AtomicBoolean taken) {
        boolean isFirst = taken.compareAndSet(false, true);
        thread =
                Thread.ofVirtual()
                        .name("rist4j-subscriber")
                        .unstarted(isFirst ? this::run : this::refuse);
        Thread created = thread;
        if (created != null) {
            created.start();
        }
    }

    private void refuse() {
        subscriber.onSubscribe(this);
        subscriber.onError(new IllegalStateException("the receiver has a subscriber already"));
    }

    private void run() {
        subscriber.onSubscribe(this);
        try {
            while (!cancelled) {
                IllegalArgumentException bad = badRequest;
                if (bad != null) {
                    cancelled = true;
                    subscriber.onError(bad);
                } else if (demand.get() == 0) {
                    LockSupport.park(this);
                } else {
                    handOver();
                }
            }
        } catch (IOException failed) {
            if (!cancelled) {
                subscriber.onError(failed);
            }
        }
    }

    private void handOver() throws IOException {
        RistBlock block;
        try {
            block = queue.receiveBlock(RECHECK);
        } catch (RistTimeoutException nothingYet) {
            return;
        } catch (RistOverflowException dropped) {
            return; // the next block tells how many
        }
        if (block == null) {
            if (!cancelled) {
                cancelled = true;
                subscriber.onComplete();
            }
        } else if (!cancelled) {
            demand.decrementAndGet();
            subscriber.onNext(block);
        }
    }

    @Override
    public void request(long blocks) {
        if (blocks <= 0) {
            badRequest = new IllegalArgumentException("demand " + blocks + " is below 1");
        } else {
            demand.getAndUpdate(d -> d + blocks < 0 ? Long.MAX_VALUE : d + blocks);
        }
        LockSupport.unpark(thread);
    }

    @Override
    public void cancel() {
        cancelled = true;
        Thread waiting = thread;
        if (waiting != null) {
            waiting.interrupt(); // out of a wait for a packet
        }
    }
}
