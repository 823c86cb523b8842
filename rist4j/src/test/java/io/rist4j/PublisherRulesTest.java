package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** {@link RistReceiver#asPublisher} passes the Reactive Streams TCK. */
class PublisherRulesTest {
    /** What the TCK calls; TestNG makes one and runs its tests. */
    public static final class Rules extends FlowPublisherVerification<RistBlock> {
        private static final long NOTHING_MORE_MS = 50;

        private static final long SIGNAL_MS = 5_000;

        /** With the patience for a signal that a busy machine needs. */
        public Rules() {
            super(new TestEnvironment(SIGNAL_MS, NOTHING_MORE_MS, false), 300);
        }

        @Override
        public long maxElementsFromPublisher() {
            return 100;
        }

        /** One subscriber at a time: the rules for several are optional. */
        @Override
        public void
                optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne() {
            notVerified();
        }

        /** As above. */
        @Override
        public void
                optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront() {
            notVerified();
        }

        /** As above. */
        @Override
        public void
                optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected() {
            notVerified();
        }

        /** A receiver that has so many packets queued, and has ended. */
        @Override
        public Flow.Publisher<RistBlock> createFlowPublisher(long elements) {
            try {
                int port = FreePorts.evenPort();
                try (RistReceiver rx =
                                RistReceiver.listen("rist://@127.0.0.1:" + port + "?buffer=100");
                        RistSender tx =
                                RistSender.dial("rist://127.0.0.1:" + port + "?buffer=100")) {
                    tx.awaitConnected(PATIENCE);
                    for (int i = 0; i < Math.min(elements, 200); i++) {
                        tx.send(ByteBuffer.allocate(100).putInt(0, i));
                    }
                    long queued = Math.min(elements, 200);
                    Await.until("queued", () -> rx.stats().queuedPackets() == queued);
                    return rx.asPublisher();
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** One whose session failed. */
        @Override
        public Flow.Publisher<RistBlock> createFailedFlowPublisher() {
            try {
                int port = FreePorts.evenPort();
                RistReceiver rx = RistReceiver.listen("rist://@127.0.0.1:" + port);
                rx.core().fail(new IllegalStateException("a test's"));
                Await.until("it has failed", () -> rx.core().isClosed());
                return rx.asPublisher();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @Test
    void areKept() {
        var results = new TestListenerAdapter();
        var tests = new TestNG(false);
        tests.setUseDefaultListeners(false);
        tests.setTestClasses(new Class<?>[] {Rules.class});
        tests.addListener(results);
        tests.run();

        assertThat(failures(results.getFailedTests())).isEmpty();
        assertThat(failures(results.getConfigurationFailures())).isEmpty();
        assertThat(results.getPassedTests()).hasSizeGreaterThan(20);
    }

    private static List<String> failures(List<ITestResult> results) {
        return results.stream().map(r -> r.getName() + ": " + r.getThrowable()).toList();
    }
}
