package io.rist4j.net;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The decisions of the pump, in virtual time. */
class PumpLoopTest {
    private static final long MICROSECOND = 1_000;
    private static final PortSpec SPEC = PortSpec.bind(Endpoint.ipv4(0x7F000001, 0));

    private final VirtualPoller network = new VirtualPoller();
    private final List<Object> failed = new ArrayList<>();
    private final PumpLoop loop =
            new PumpLoop(
                    network,
                    network,
                    PumpConfig.defaults()
                            .withFailureListener((source, cause) -> failed.add(source)));
    private int received;

    private VirtualPoller.VirtualPort open(PumpTask task) throws IOException {
        return open(task, (arrivalNs, from, buffer, at, bytes) -> received++);
    }

    private VirtualPoller.VirtualPort open(PumpTask task, DatagramHandler handler)
            throws IOException {
        loop.open(SPEC, handler, task);
        return network.port(network.ports() - 1);
    }

    /** Turns the loop until that instant; returns how many turns it took. */
    private int runUntil(long atNs) {
        network.at(atNs, network::wakeUp);
        int rounds = 0;
        while (network.nowNs() < atNs) {
            loop.round();
            rounds++;
        }
        return rounds;
    }

    @Test
    void waitsForEachArrivalAtALowRate() throws IOException {
        var port = open(new RecordingTask().gathering(2 * MILLISECOND));
        port.arriveEvery(2 * MILLISECOND, 0, SECOND);
        int rounds = runUntil(SECOND);
        assertThat(received).isEqualTo(500);
        assertThat(rounds).isBetween(500, 503);
        assertThat(loop.stats().gathers()).isZero();
    }

    @Test
    void letsArrivalsGatherUnderLoad() throws IOException {
        var port = open(new RecordingTask().gathering(MILLISECOND));
        port.arriveEvery(105 * MICROSECOND, 0, SECOND);
        runUntil(100 * MILLISECOND);
        int rounds = runUntil(SECOND);
        assertThat(received).isEqualTo(9524);
        assertThat(rounds).isBetween(899, 902);
        assertThat(loop.stats().gathering()).isTrue();
        assertThat(loop.stats().arrivalEventsPerSecond()).isBetween(9_000d, 10_000d);
    }

    @Test
    void twoArrivalsAreEnoughToGather() throws IOException {
        var port = open(new RecordingTask().gathering(2 * MILLISECOND));
        port.arriveEvery(MILLISECOND, 0, SECOND);
        runUntil(100 * MILLISECOND);
        assertThat(runUntil(SECOND)).isBetween(449, 453);
        assertThat(received).isEqualTo(1000);
    }

    @Test
    void sleepsWhenTheLoadHasEnded() throws IOException {
        var port = open(new RecordingTask().gathering(MILLISECOND));
        port.arriveEvery(100 * MICROSECOND, 0, SECOND);
        runUntil(SECOND);
        assertThat(runUntil(2 * SECOND)).isLessThan(60);
        assertThat(runUntil(3600 * SECOND)).isLessThan(3);
    }

    @Test
    void takesABurstForOneArrival() throws IOException {
        var port = open(new RecordingTask().gathering(MILLISECOND));
        for (long burstNs = 0; burstNs < SECOND; burstNs += 2 * MILLISECOND) {
            for (int i = 0; i < 19; i++) {
                port.arrive(burstNs);
            }
        }
        int rounds = runUntil(SECOND);
        assertThat(received).isEqualTo(500 * 19);
        assertThat(rounds).isBetween(500, 503);
        assertThat(loop.stats().gathers()).isZero();
    }

    @Test
    void needsNoTimerForDeadlinesBetweenArrivals() throws IOException {
        var task = new RecordingTask().tolerating(MILLISECOND / 2, 6 * MILLISECOND / 10);
        var port = open(task.gathering(MILLISECOND));
        loop.add(task);
        port.arriveEvery(MILLISECOND, 0, SECOND);
        for (long dueNs = 370 * MICROSECOND; dueNs < SECOND; dueNs += MILLISECOND) {
            task.due(dueNs);
        }
        int rounds = runUntil(SECOND);
        assertThat(rounds).isBetween(1000, 1003);
        assertThat(network.timedOut).isZero();
        assertThat(task.servedNs).hasSize(1000);
    }

    @Test
    void servesDeadlinesCloseTogetherInOneWakeUp() {
        var first = new RecordingTask().tolerating(0, MILLISECOND / 2).due(10 * MILLISECOND);
        var second =
                new RecordingTask()
                        .tolerating(0, MILLISECOND)
                        .due(10 * MILLISECOND + 300 * MICROSECOND);
        loop.add(first);
        loop.add(second);
        runUntil(20 * MILLISECOND);
        long latestNs = 10 * MILLISECOND + MILLISECOND / 2;
        assertThat(first.servedNs).containsExactly(latestNs);
        assertThat(second.servedNs).containsExactly(latestNs);
        assertThat(network.timedOut).isEqualTo(1);
    }

    @Test
    void neverWakesForTheEarlySideOfADeadline() {
        var task = new RecordingTask().tolerating(5 * MILLISECOND, 0).due(10 * MILLISECOND);
        loop.add(task);
        runUntil(20 * MILLISECOND);
        assertThat(task.servedNs).containsExactly(10 * MILLISECOND);
    }

    @Test
    void servesADeadlineEarlyWhenAwakeAnyway() throws IOException {
        var task = new RecordingTask().tolerating(5 * MILLISECOND, 0).due(10 * MILLISECOND);
        open(task).arrive(7 * MILLISECOND);
        loop.add(task);
        runUntil(20 * MILLISECOND);
        assertThat(task.servedNs).containsExactly(7 * MILLISECOND);
        assertThat(network.timedOut).isZero();
    }

    @Test
    void keepsDeadlinesWhileArrivalsGather() throws IOException {
        var task = new RecordingTask().gathering(2 * MILLISECOND).tolerating(0, 200 * MICROSECOND);
        var port = open(task);
        loop.add(task);
        port.arriveEvery(100 * MICROSECOND, 0, SECOND);
        for (long dueNs = 3 * MILLISECOND; dueNs < SECOND; dueNs += 3 * MILLISECOND) {
            task.due(dueNs);
        }
        runUntil(SECOND);
        assertThat(task.servedNs).hasSize(333);
        for (int i = 0; i < task.servedNs.size(); i++) {
            long dueNs = 3 * MILLISECOND * (i + 1L);
            assertThat(task.servedNs.get(i)).isBetween(dueNs, dueNs + 200 * MICROSECOND);
        }
    }

    @Test
    void gathersForAsLongAsTheStrictestTaskWithTrafficAllows() throws IOException {
        var patient = open(new RecordingTask().gathering(2 * MILLISECOND));
        var strict = open(new RecordingTask().gathering(MILLISECOND / 2));
        open(new RecordingTask().gathering(0)); // without traffic: has no say
        patient.arriveEvery(100 * MICROSECOND, 0, SECOND);
        strict.arriveEvery(100 * MICROSECOND, 0, SECOND);
        runUntil(100 * MILLISECOND);
        assertThat(runUntil(SECOND)).isBetween(1799, 1803);
    }

    @Test
    void gathersForAPortOfNobodyAsTheTasksAllow() throws IOException {
        loop.open(SPEC, (arrivalNs, from, buffer, at, bytes) -> received++, null);
        loop.add(new RecordingTask().gathering(2 * MILLISECOND));
        loop.add(new RecordingTask().gathering(MILLISECOND));
        loop.add(new RecordingTask()); // a timer, for example, has no say
        network.port(0).arriveEvery(100 * MICROSECOND, 0, SECOND);
        runUntil(100 * MILLISECOND);
        assertThat(runUntil(SECOND)).isBetween(899, 903);
    }

    @Test
    void gathersNothingForAPortOfNobodyWhenNoTaskAllowsIt() throws IOException {
        loop.open(SPEC, (arrivalNs, from, buffer, at, bytes) -> received++, null);
        loop.add(new RecordingTask());
        network.port(0).arriveEvery(100 * MICROSECOND, 0, SECOND);
        runUntil(SECOND);
        assertThat(loop.stats().gathers()).isZero();
    }

    @Test
    void gathersNothingForATaskThatForbidsIt() throws IOException {
        var port = open(new RecordingTask());
        port.arriveEvery(100 * MICROSECOND, 0, SECOND);
        runUntil(SECOND);
        assertThat(loop.stats().gathers()).isZero();
    }

    @Test
    void doesNotSpinWithATaskThatIsStuckInThePast() {
        loop.add(
                new PumpTask() {
                    @Override
                    public long deadlineNs() {
                        return 1;
                    }

                    @Override
                    public void onDeadline(long nowNs) {}
                });
        int rounds = runUntil(SECOND);
        assertThat(rounds).isLessThan(PumpLoop.STALL_ROUNDS + 1100);
        assertThat(loop.stats().stalls()).isPositive();
    }

    @Test
    void servesTasksAndOtherPortsDuringAFlood() throws IOException {
        var flooded = open(new RecordingTask());
        var quietArrivals = new ArrayList<Long>();
        var quiet =
                open(
                        new RecordingTask(),
                        (arrivalNs, from, buffer, at, bytes) -> quietArrivals.add((long) received));
        for (int i = 0; i < 100_000; i++) {
            flooded.arrive(MILLISECOND);
        }
        quiet.arrive(MILLISECOND);
        var task = new RecordingTask().due(MILLISECOND);
        loop.add(task);
        loop.round();
        assertThat(task.servedNs).containsExactly(MILLISECOND);
        assertThat(quietArrivals).hasSize(1);
        assertThat(received).isEqualTo(256);
    }

    @Test
    void removesAThrowingTaskAndGoesOnWithTheOthers() {
        var thrown = new IllegalStateException("on purpose");
        var other = new RecordingTask().due(MILLISECOND, 2 * MILLISECOND);
        var causes = new ArrayList<Throwable>();
        PumpTask bad =
                new PumpTask() {
                    @Override
                    public long deadlineNs() {
                        return MILLISECOND;
                    }

                    @Override
                    public void onDeadline(long nowNs) {
                        throw thrown;
                    }

                    @Override
                    public void onFailure(Throwable cause) {
                        causes.add(cause);
                    }
                };
        loop.add(bad);
        loop.add(other);
        runUntil(5 * MILLISECOND);
        assertThat(other.servedNs).containsExactly(MILLISECOND, 2 * MILLISECOND);
        assertThat(failed).containsExactly(bad);
        assertThat(causes).containsExactly(thrown);
        assertThat(loop.stats().failures()).isEqualTo(1);
    }

    @Test
    void retiresTheTaskOfAThrowingHandler() throws IOException {
        var task = new RecordingTask().due(10 * MILLISECOND);
        loop.add(task);
        var first =
                open(
                        task,
                        (arrivalNs, from, buffer, at, bytes) -> {
                            throw new IllegalStateException("on purpose");
                        });
        var second = open(task);
        var others = open(new RecordingTask());
        first.arrive(MILLISECOND);
        first.arrive(MILLISECOND);
        others.arrive(2 * MILLISECOND);
        runUntil(20 * MILLISECOND);
        assertThat(first.closed).isTrue();
        assertThat(second.closed).isTrue();
        assertThat(others.closed).isFalse();
        assertThat(received).isEqualTo(1);
        assertThat(task.servedNs).isEmpty();
        assertThat(task.failure).hasMessage("on purpose");
        assertThat(failed).hasSize(1);
    }

    @Test
    void retiresTheTaskOfAPortThatFails() throws IOException {
        var task = new RecordingTask().due(10 * MILLISECOND);
        loop.add(task);
        open(task).failure = new IllegalStateException("on purpose");
        var others = open(new RecordingTask());
        others.arrive(2 * MILLISECOND);
        runUntil(20 * MILLISECOND);
        assertThat(network.port(0).closed).isTrue();
        assertThat(task.failure).hasMessage("on purpose");
        assertThat(received).isEqualTo(1);
    }

    @Test
    void goesOnAfterAThrowingCommand() {
        var ran = new ArrayList<String>();
        loop.submit(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.submit(() -> ran.add("next"));
        loop.round();
        assertThat(ran).containsExactly("next");
        assertThat(failed).hasSize(1);
    }

    @Test
    void flushesPortsAfterTheTasks() throws IOException {
        var port = open(new RecordingTask());
        var flushesWhenServed = new ArrayList<Integer>();
        loop.add(
                new PumpTask() {
                    @Override
                    public long deadlineNs() {
                        return flushesWhenServed.isEmpty() ? MILLISECOND : Long.MAX_VALUE;
                    }

                    @Override
                    public void onDeadline(long nowNs) {
                        flushesWhenServed.add(port.flushes);
                    }
                });
        loop.round();
        assertThat(flushesWhenServed).containsExactly(0);
        assertThat(port.flushes).isEqualTo(1);
    }

    @Test
    void aCommandEndsGathering() throws IOException {
        var port = open(new RecordingTask().gathering(2 * MILLISECOND));
        port.arriveEvery(100 * MICROSECOND, 0, SECOND);
        runUntil(SECOND / 2);
        var ranNs = new ArrayList<Long>();
        long calledNs = network.nowNs() + 300 * MICROSECOND;
        network.at(
                calledNs,
                () -> {
                    loop.submit(() -> ranNs.add(network.nowNs()));
                    loop.gate().wake();
                });
        runUntil(SECOND);
        assertThat(ranNs).containsExactly(calledNs);
    }

    @Test
    void workFromAQueueIsLeftToGatherUnderLoad() {
        var task = new RecordingTask().gathering(2 * MILLISECOND);
        loop.add(task);
        for (long atNs = 0; atNs < SECOND; atNs += 100 * MICROSECOND) {
            long dueNs = atNs;
            network.at(
                    atNs,
                    () -> {
                        task.due(dueNs);
                        loop.gate().wakeSoon();
                    });
        }
        runUntil(100 * MILLISECOND);
        assertThat(runUntil(SECOND)).isBetween(449, 453);
        assertThat(task.servedNs).hasSize(10_000);
    }

    @Test
    void workFromAQueueEndsAWait() {
        var task = new RecordingTask().gathering(2 * MILLISECOND);
        loop.add(task);
        network.at(
                SECOND,
                () -> {
                    task.due(SECOND);
                    loop.gate().wakeSoon();
                });
        runUntil(2 * SECOND);
        assertThat(task.servedNs).containsExactly(SECOND);
    }

    @Test
    void aHandlerMayCloseItsOwnPort() throws IOException {
        var opened = new ArrayList<DatagramPort>();
        opened.add(
                loop.open(
                        SPEC,
                        (arrivalNs, from, buffer, at, bytes) -> {
                            received++;
                            opened.get(0).close();
                            assertThat(network.port(0).closed).isFalse();
                        },
                        null));
        network.port(0).arrive(MILLISECOND);
        network.port(0).arrive(MILLISECOND);
        runUntil(2 * MILLISECOND);
        assertThat(received).isEqualTo(1);
        assertThat(network.port(0).closed).isTrue();
    }
}
