package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.flow.Extremes;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

class StatsTest {
    private final Extremes spacing = new Extremes();

    private RistReceiverStats received(int second, long packets) {
        return new RistReceiverStats(
                at(
                        second,
                        packets,
                        Readings.of(RistReceiverStats.Figure.class)
                                .put(RistReceiverStats.Figure.RECEIVED_PACKETS, packets)
                                .put(RistReceiverStats.Figure.DELIVERED_PACKETS, packets)
                                .put(RistReceiverStats.Figure.BUFFER_TIME_NS, packets * packets)
                                .put(RistReceiverStats.Figure.QUEUED_PACKETS, second)
                                .build()),
                spacing.copy());
    }

    private static RistSenderStats sent(int second, long packets) {
        return new RistSenderStats(
                at(
                        second,
                        packets,
                        Readings.of(RistSenderStats.Figure.class)
                                .put(RistSenderStats.Figure.SENT_PACKETS, packets)
                                .put(RistSenderStats.Figure.HISTORY_PACKETS, second)
                                .build()));
    }

    private static <F extends Enum<F> & Readings.Key> StatsMoment<F> at(
            int second, long packets, Readings<F> readings) {
        return new StatsMoment<>(
                Instant.ofEpochSecond(second),
                Duration.ofSeconds(second),
                2,
                true,
                readings,
                List.of(path(0, packets)));
    }

    private static RistPathStats path(int number, long packets) {
        return new RistPathStats(
                number,
                null,
                "",
                true,
                false,
                Readings.of(RistPathStats.Figure.class)
                        .put(RistPathStats.Figure.RECEIVED_PACKETS, packets)
                        .put(RistPathStats.Figure.WEIGHT, 5)
                        .build());
    }

    @Test
    void aChainOfReceiversIntervalsIsOfIntervals() {
        RistReceiverStats first = received(1, 100);
        RistReceiverStats second = received(3, 250).since(first);
        RistReceiverStats third = received(4, 260).since(second);

        assertThat(second.receivedPackets()).isEqualTo(150);
        assertThat(second.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(third.receivedPackets()).isEqualTo(10);
        assertThat(third.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(third.meanBufferTimeNs()).isEqualTo((260 * 260 - 250 * 250) / 10);
        assertThat(third.paths().get(0).receivedPackets()).isEqualTo(10);
        assertThat(third.queuedPackets()).isEqualTo(4);
        assertThat(third.paths().get(0).weight()).isEqualTo(5);
        assertThat(third.since(first).receivedPackets()).isEqualTo(160);
    }

    @Test
    void aChainOfSendersIntervalsIsOfIntervals() {
        RistSenderStats second = sent(3, 250).since(sent(1, 100));
        RistSenderStats third = sent(4, 260).since(second);

        assertThat(second.sentPackets()).isEqualTo(150);
        assertThat(third.sentPackets()).isEqualTo(10);
        assertThat(third.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(third.historyPackets()).isEqualTo(4);
        assertThat(third.paths().get(0).receivedPackets()).isEqualTo(10);
    }

    @Test
    void eachReaderHasExtremesOfItsOwnInterval() {
        RistReceiverStats start = received(0, 0);
        spacing.add(300);
        RistReceiverStats oneReader = received(1, 10);
        spacing.add(10);
        spacing.add(20);
        RistReceiverStats otherReader = received(2, 20);

        assertThat(oneReader.spacingMaxNs()).isEqualTo(300);
        assertThat(oneReader.spacingMinNs()).isEqualTo(300);
        assertThat(otherReader.spacingMaxNs()).as("since the beginning").isEqualTo(300);
        assertThat(otherReader.spacingMinNs()).isEqualTo(10);
        assertThat(otherReader.since(start).spacingMaxNs()).isEqualTo(300);
        assertThat(otherReader.since(oneReader).spacingMaxNs()).isEqualTo(20);
        assertThat(otherReader.since(otherReader).spacingMaxNs()).isZero();
    }

    @Test
    void refusesALaterSnapshotAsTheEarlierOne() {
        assertThatThrownBy(() -> received(1, 100).since(received(2, 200)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the earlier snapshot was taken later");
        assertThatThrownBy(() -> sent(1, 100).since(sent(2, 200)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the earlier snapshot was taken later");
    }

    @Test
    void anotherPathUnderTheSameNumberCountsFromItsBeginning() {
        List<RistPathStats> now = List.of(path(0, 7), path(1, 30));

        List<RistPathStats> since =
                PathSnapshots.since(now, List.of(path(0, 900), path(1, 10), path(2, 5)));

        assertThat(since).extracting(RistPathStats::receivedPackets).containsExactly(7L, 20L);
    }

    @Test
    void printsWhatIsNotZero() {
        assertThat(sent(3, 250).toString())
                .isEqualTo(
                        "RistSenderStats[flow 0x2, connected, 3 s, sentPackets 250, historyPackets 3,"
                                + " paths [RistPathStats[0 with null, alive, weight 5,"
                                + " receivedPackets 250]]]");
        assertThat(received(3, 250).toString())
                .startsWith("RistReceiverStats[flow 0x2, connected, 3 s, receivedPackets 250, ");
    }

    @Test
    void everyNumberHasAMethodAndEveryMethodItsOwnNumber() {
        assertThat(figures(RistSenderStats.Figure.values()))
                .isEqualTo(numbers(RistSenderStats.class, "flowId", "skippedPackets"));
        assertThat(figures(RistPathStats.Figure.values()))
                .isEqualTo(numbers(RistPathStats.class, "path"));
        Set<String> receiver = figures(RistReceiverStats.Figure.values());
        receiver.remove("bufferTimeNs"); // told as a mean
        assertThat(receiver)
                .isEqualTo(
                        numbers(
                                RistReceiverStats.class,
                                "flowId",
                                "meanBufferTimeNs",
                                "spacingMinNs",
                                "spacingMaxNs"));
    }

    @Test
    void everyMethodTellsTheNumberOfItsName() throws Exception {
        for (RistSenderStats.Figure figure : RistSenderStats.Figure.values()) {
            var one = Readings.of(RistSenderStats.Figure.class).put(figure, 77).build();
            tells(new RistSenderStats(at(0, 0, one)), figure);
        }
        for (RistReceiverStats.Figure figure : RistReceiverStats.Figure.values()) {
            if (figure != RistReceiverStats.Figure.BUFFER_TIME_NS) {
                var one = Readings.of(RistReceiverStats.Figure.class).put(figure, 77).build();
                tells(new RistReceiverStats(at(0, 0, one), spacing), figure);
            }
        }
        for (RistPathStats.Figure figure : RistPathStats.Figure.values()) {
            var one = Readings.of(RistPathStats.Figure.class).put(figure, 77).build();
            tells(new RistPathStats(0, null, "", true, true, one), figure);
        }
    }

    private static void tells(Object stats, Enum<?> figure) throws Exception {
        Object told = stats.getClass().getMethod(Readings.accessor(figure)).invoke(stats);
        assertThat(((Number) told).longValue()).as("%s", figure).isEqualTo(77);
    }

    private static Set<String> figures(Enum<?>[] figures) {
        return Arrays.stream(figures)
                .map(Readings::accessor)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> numbers(Class<?> stats, String... others) {
        return Arrays.stream(stats.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()))
                .filter(m -> m.getReturnType() == long.class || m.getReturnType() == int.class)
                .map(Method::getName)
                .filter(name -> !List.of(others).contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
