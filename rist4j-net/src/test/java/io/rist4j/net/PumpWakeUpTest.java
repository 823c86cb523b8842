package io.rist4j.net;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.Wake;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** How many wake-ups a stream costs either end, in virtual time. */
class PumpWakeUpTest {
    private static final long MICROSECOND = 1_000;
    private static final long TOLERANCE_NS = MILLISECOND / 2;
    private static final PortSpec SPEC = PortSpec.bind(Endpoint.ipv4(0x7F000001, 0));

    private final VirtualPoller network = new VirtualPoller();
    private final List<Long> readNs = new ArrayList<>();
    private final List<Long> waitedNs = new ArrayList<>();
    private PumpLoop loop;

    @BeforeEach
    void begin() {
        loop = new PumpLoop(network, network, PumpConfig.defaults());
    }

    private VirtualPoller.VirtualPort open(PumpTask task) throws IOException {
        loop.open(
                SPEC,
                (arrivalNs, from, buffer, at, bytes) -> {
                    readNs.add(network.nowNs());
                    waitedNs.add(network.nowNs() - arrivalNs);
                },
                task);
        return network.port(network.ports() - 1);
    }

    /** Turns the loop until that instant; returns how many turns, that is wake-ups, it took. */
    private int runUntil(long atNs) {
        network.at(atNs, network::wakeUp);
        int rounds = 0;
        while (network.nowNs() < atNs) {
            loop.round();
            rounds++;
        }
        return rounds;
    }

    @ParameterizedTest(name = "{0} packets per second: {1} wake-ups, {2} packets each")
    @CsvSource({"1000, 200, 5", "1600, 200, 8", "4000, 500, 8", "9500, 500, 20", "60000, 500, 121"})
    void aSenderGathersForFiveMillisecondsOrEightPacketsButAtLeastForTwo(
            int rate, int wakeUps, int most) throws IOException {
        var input = open(new RecordingTask().gathering(5 * MILLISECOND));
        input.arriveEvery(SECOND / rate, 0, 2 * SECOND);
        runUntil(SECOND);
        input.mostAtOnce = 0;
        assertThat(runUntil(2 * SECOND)).isBetween(wakeUps * 95 / 100, wakeUps * 105 / 100 + 2);
        assertThat(input.mostAtOnce).isBetween(most - 1, most + 1);
    }

    @Test
    void aSenderTakesTheFirstPacketAfterAPauseAtOnce() throws IOException {
        var input = open(new RecordingTask().gathering(5 * MILLISECOND));
        input.arriveEvery(MILLISECOND, 0, SECOND);
        input.arrive(2 * SECOND);
        runUntil(3 * SECOND);
        assertThat(waitedNs.getLast()).isZero();
    }

    @Test
    void aBurstOfAGigabitPerSecondFitsIntoASmallSocketBuffer() throws IOException {
        network.receiveBufferBytes = 425_984; // what Linux grants anybody: 184 datagrams
        var input = open(new RecordingTask().gathering(5 * MILLISECOND));
        input.arriveEvery(MILLISECOND, 0, SECOND);
        input.arriveEvery(11 * MICROSECOND, SECOND, SECOND + 10 * MILLISECOND);
        runUntil(SECOND + 10 * MILLISECOND);
        assertThat(input.mostAtOnce).isBetween(100, 184 + 10);
    }

    /** A receiver of packets, each due 100 ms after it was sent, give or take 30 µs. */
    private RecordingTask receiver(long everyNs, long untilNs) {
        var random = new Random(7);
        var task = new RecordingTask().gathering(5 * MILLISECOND);
        task.tolerating(TOLERANCE_NS, TOLERANCE_NS);
        for (long atNs = 0; atNs < untilNs; atNs += everyNs) {
            task.due(100 * MILLISECOND + atNs + random.nextLong(60 * MICROSECOND));
        }
        loop.add(task);
        return task;
    }

    private void assertEachServedWithinTheTolerance(RecordingTask task, List<Long> dueNs) {
        for (int i = 0; i < task.servedNs.size(); i++) {
            assertThat(task.servedNs.get(i))
                    .isBetween(dueNs.get(i) - TOLERANCE_NS, dueNs.get(i) + TOLERANCE_NS);
        }
    }

    @ParameterizedTest(name = "packets in bursts of {0}")
    @CsvSource({"1", "2", "5"})
    void aReceiverWakesOnceForTwoPacketsAMillisecondApart(int burst) throws IOException {
        var task = receiver(MILLISECOND, 2 * SECOND);
        var dueNs = new ArrayList<>(task.deadlines);
        var port = open(task);
        for (int i = 0; i < burst; i++) {
            port.arriveEvery(burst * MILLISECOND, burst * MILLISECOND, 2 * SECOND);
        }
        runUntil(SECOND);
        int wakeUps = runUntil(2 * SECOND);
        assertThat(wakeUps).isBetween(500, 720); // 500 for packets exactly a millisecond apart
        assertThat(readNs.stream().filter(atNs -> atNs > SECOND).distinct().count())
                .isLessThanOrEqualTo(wakeUps);
        assertEachServedWithinTheTolerance(task, dueNs);
    }

    @Test
    void aReceiverReadsWithinItsGatherTimeThoughNothingIsDue() throws IOException {
        var task = receiver(4 * MILLISECOND, 2 * SECOND);
        var port = open(task);
        port.arriveEvery(MILLISECOND, 0, 2 * SECOND);
        runUntil(2 * SECOND);
        assertThat(waitedNs).allMatch(ns -> ns <= 5 * MILLISECOND);
    }

    @Test
    void aSparseStreamIsReadAsItComes() throws IOException {
        var task = receiver(20 * MILLISECOND, 2 * SECOND);
        open(task).arriveEvery(20 * MILLISECOND, 3 * MILLISECOND, 2 * SECOND);
        runUntil(2 * SECOND);
        assertThat(waitedNs).containsOnly(0L);
    }

    /** A session without media: a report every 90 to 100 ms. */
    private static final class Reporter implements PumpTask {
        private static final long EVERY_NS = 90 * MILLISECOND;
        private static final long SLACK_NS = 10 * MILLISECOND;

        private long dueNs;
        private int reports;

        Reporter(long firstNs) {
            dueNs = firstNs;
        }

        @Override
        public void wakes(Wake wake) {
            wake.at(dueNs, SLACK_NS, "report");
        }

        @Override
        public void onDeadline(long nowNs) {
            if (dueNs <= nowNs) {
                reports++;
                dueNs = nowNs + EVERY_NS;
            }
        }

        @Override
        public long gatherNs() {
            return 5 * MILLISECOND;
        }
    }

    @ParameterizedTest(name = "{0} sessions: {1} wake-ups a second at most")
    @CsvSource({"1, 23", "10, 160", "100, 215", "1000, 520"})
    void sessionsWithoutMediaShareTheirWakeUps(int sessions, int most) throws IOException {
        var random = new Random(11);
        List<Reporter> reporters = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            var session = new Reporter(random.nextLong(100 * MILLISECOND));
            reporters.add(session);
            loop.add(session);
            open(session)
                    .arriveEvery(90 * MILLISECOND, random.nextLong(90 * MILLISECOND), 2 * SECOND);
        }
        runUntil(SECOND);

        assertThat(runUntil(2 * SECOND)).isLessThanOrEqualTo(most);

        assertThat(reporters).allSatisfy(r -> assertThat(r.reports).isBetween(19, 23));
        assertThat(readNs).as("datagrams, all of them").hasSizeGreaterThan(21 * sessions);
    }

    @Test
    void tellsWhyItWokeUp() throws IOException {
        var session = new Reporter(0);
        loop.add(session);
        open(session).arriveEvery(150 * MILLISECOND, 30 * MILLISECOND, SECOND);
        network.at(500 * MILLISECOND + 1, loop.gate()::wake);
        runUntil(SECOND);

        Map<String, Long> wakeUps = loop.stats().wakeUps();
        assertThat(wakeUps.get("report")).isBetween(3L, 10L);
        assertThat(wakeUps.get(WakeUps.ARRIVAL)).isEqualTo(7L);
        assertThat(wakeUps.get(WakeUps.CALL)).isEqualTo(2L);
        assertThat(wakeUps).doesNotContainKey(WakeUps.GATHERED);
    }

    @Test
    void tellsThatItGathered() throws IOException {
        open(new RecordingTask().gathering(5 * MILLISECOND)).arriveEvery(MILLISECOND, 0, SECOND);
        runUntil(SECOND);

        assertThat(loop.stats().wakeUps().get(WakeUps.GATHERED)).isBetween(190L, 205L);
    }
}
