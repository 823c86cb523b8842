package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/** Records the numbers in the blocks that it is given, and asks for more only when told to. */
final class DemandingSubscriber implements Flow.Subscriber<RistBlock> {
    private final List<Integer> numbers;
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private volatile Flow.@Nullable Subscription subscription;

    /** What a test wants done with a block. */
    interface Step {
        void run() throws InterruptedException;
    }

    private volatile Step step = () -> {};
    private volatile boolean complete;
    private volatile @Nullable Throwable error;

    DemandingSubscriber(List<Integer> numbers) {
        this.numbers = numbers;
    }

    void onBlock(Step then) {
        step = then;
    }

    void demand(long blocks) throws InterruptedException {
        subscription().request(blocks);
    }

    void cancel() throws InterruptedException {
        subscription().cancel();
    }

    private Flow.Subscription subscription() throws InterruptedException {
        subscribed.await();
        Flow.Subscription given = subscription;
        if (given == null) {
            throw new IllegalStateException("subscribed to nothing");
        }
        return given;
    }

    boolean isComplete() {
        return complete;
    }

    @Nullable Throwable error() {
        return error;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        subscribed.countDown();
    }

    @Override
    public void onNext(RistBlock block) {
        numbers.add(block.payload().getInt());
        try {
            step.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        error = thrown;
    }

    @Override
    public void onComplete() {
        complete = true;
    }
}
