package io.rist4j.net;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.Wake;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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
    void onlyPortsThatHaveSomethingToReadAreRead() throws IOException {
        List<VirtualPoller.VirtualPort> silent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            silent.add(open(new RecordingTask()));
        }
        var port = open(new RecordingTask());
        port.arriveEvery(MILLISECOND, 0, SECOND);
        runUntil(SECOND);
        assertThat(received).isEqualTo(1000);
        assertThat(silent).allSatisfy(other -> assertThat(other.reads).isEqualTo(1)); // once open
    }

    @Test
    void manyWhoEachHaveLittleGatherToo() throws IOException {
        int ports = 500;
        for (int i = 0; i < ports; i++) {
            var task = new RecordingTask().gathering(2 * MILLISECOND);
            loop.add(task);
            var port = open(task);
            port.arriveEvery(50 * MILLISECOND, i * 50L * MILLISECOND / ports, SECOND);
        }
        runUntil(100 * MILLISECOND);
        int rounds = runUntil(SECOND);
        assertThat(received).isEqualTo(20 * ports);
        assertThat(rounds).isBetween(440, 470);
    }

    @Test
    void oneWhoHasLittleIsServedAtOnceBesideManyWhoAreSilent() throws IOException {
        for (int i = 0; i < 100; i++) {
            var task = new RecordingTask().gathering(2 * MILLISECOND);
            loop.add(task);
            open(task);
        }
        var port = open(new RecordingTask().gathering(2 * MILLISECOND));
        port.arriveEvery(50 * MILLISECOND, 0, SECOND);
        runUntil(SECOND);
        assertThat(received).isEqualTo(20);
        assertThat(loop.stats().gathers()).isZero();
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
                    public void wakes(Wake wake) {
                        wake.at(1, "test");
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
                    public void wakes(Wake wake) {
                        wake.at(MILLISECOND, "test");
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
    void flushesWrittenPortsAfterTheTasks() throws IOException {
        var silent = open(new RecordingTask());
        DatagramPort written = loop.open(SPEC, (atNs, from, b, at, bytes) -> {}, null);
        var port = network.port(network.ports() - 1);
        var flushesWhenServed = new ArrayList<Integer>();
        loop.add(
                new PumpTask() {
                    @Override
                    public void wakes(Wake wake) {
                        wake.at(flushesWhenServed.isEmpty() ? MILLISECOND : Long.MAX_VALUE, "test");
                    }

                    @Override
                    public void onDeadline(long nowNs) {
                        written.claim(Endpoint.ipv4(0x7F000001, 9), 1);
                        written.commit(1);
                        flushesWhenServed.add(port.flushes);
                    }
                });
        loop.round();
        assertThat(flushesWhenServed).containsExactly(0);
        assertThat(port.flushes).isEqualTo(1);
        assertThat(silent.flushes).isZero();
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
                        loop.signal(task);
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
                    loop.signal(task);
                    loop.gate().wakeSoon();
                });
        runUntil(2 * SECOND);
        assertThat(task.servedNs).containsExactly(SECOND);
    }

    @Test
    void asksATaskOnlyWhenSomethingHappenedToIt() throws IOException {
        var idle = new RecordingTask().due(SECOND);
        var busy = new RecordingTask();
        loop.add(idle);
        loop.add(busy);
        open(busy).arriveEvery(10 * MILLISECOND, 0, SECOND / 2);
        runUntil(SECOND / 2);
        assertThat(busy.asked).isGreaterThan(50);
        assertThat(idle.asked).isEqualTo(1);
        runUntil(2 * SECOND);
        assertThat(idle.servedNs).containsExactly(SECOND);
        assertThat(idle.asked).isEqualTo(2);
    }

    @Test
    void aCommandOfNobodyHasEverybodyAskedAgain() {
        var task = new RecordingTask();
        loop.add(task);
        network.at(
                MILLISECOND,
                () -> {
                    loop.submit(() -> task.due(2 * MILLISECOND));
                    loop.gate().wake();
                });
        runUntil(5 * MILLISECOND);
        assertThat(task.servedNs).containsExactly(2 * MILLISECOND);
    }

    @Test
    void aCommandOfOneTaskHasItAskedAgainAlone() {
        var task = new RecordingTask();
        var other = new RecordingTask();
        loop.add(task);
        loop.add(other);
        network.at(
                MILLISECOND,
                () -> {
                    loop.submit(new Errand(task, () -> task.due(2 * MILLISECOND)));
                    loop.gate().wake();
                });
        runUntil(5 * MILLISECOND);
        assertThat(task.servedNs).containsExactly(2 * MILLISECOND);
        assertThat(other.asked).isEqualTo(1);
    }

    @Test
    void aTouchedTaskIsAskedAgain() throws IOException {
        var touched = new RecordingTask();
        loop.add(touched);
        open(
                        new RecordingTask(),
                        (arrivalNs, from, buffer, at, bytes) -> {
                            touched.due(2 * MILLISECOND);
                            loop.touch(touched);
                        })
                .arrive(MILLISECOND);
        runUntil(5 * MILLISECOND);
        assertThat(touched.servedNs).containsExactly(2 * MILLISECOND);
    }

    @Test
    void servesManyTasksInTheOrderOfTheirDeadlines() {
        var random = new Random(11);
        var served = new ArrayList<Long>();
        for (int i = 0; i < 300; i++) {
            long dueNs = random.nextLong(SECOND);
            loop.add(
                    new PumpTask() {
                        private long nextNs = dueNs;

                        @Override
                        public void wakes(Wake wake) {
                            wake.at(nextNs, "test");
                        }

                        @Override
                        public void onDeadline(long nowNs) {
                            assertThat(nowNs).isEqualTo(nextNs);
                            served.add(nextNs);
                            nextNs = served.size() < 2_000 ? nowNs + 1 + dueNs / 7 : Long.MAX_VALUE;
                        }
                    });
        }
        runUntil(10 * SECOND);
        assertThat(served).hasSizeGreaterThan(2_000).isSorted();
    }

    @Test
    void aRemovedTaskIsForgotten() {
        var task = new RecordingTask().due(MILLISECOND);
        loop.add(task);
        loop.remove(task);
        runUntil(2 * MILLISECOND);
        assertThat(task.servedNs).isEmpty();
        loop.add(task);
        runUntil(3 * MILLISECOND);
        assertThat(task.servedNs).hasSize(1);
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
