package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.flow.Extremes;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

class StatsTest {
    private final Extremes spacing = new Extremes();

    private RistReceiverStats received(int second, long packets) {
        return new RistReceiverStats(
                at(
                        second,
                        packets,
                        Numbered.of(ReceiverStatistics.TABLE)
                                .put(ReceiverStatistics.RECEIVED_PACKETS, packets)
                                .put(ReceiverStatistics.DELIVERED_PACKETS, packets)
                                .put(ReceiverStatistics.BUFFER_TIME_NS, packets * packets)
                                .put(ReceiverStatistics.QUEUED_PACKETS, second)
                                .build()),
                spacing.copy());
    }

    private static RistSenderStats sent(int second, long packets) {
        return new RistSenderStats(
                at(
                        second,
                        packets,
                        Numbered.of(SenderStatistics.TABLE)
                                .put(SenderStatistics.SENT_PACKETS, packets)
                                .put(SenderStatistics.HISTORY_PACKETS, second)
                                .build()));
    }

    private static StatsMoment at(int second, long packets, Readings readings) {
        return new StatsMoment(
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
                Numbered.of(PathStatistics.TABLE)
                        .put(PathStatistics.RECEIVED_PACKETS, packets)
                        .put(PathStatistics.WEIGHT, 5)
                        .build());
    }

    @Test
    void rowsSayWhetherALineForPeopleTellsThem() {
        assertThat(told(RistStatistic.Glance.EARLY, ReceiverStatistics.TABLE.statistics()))
                .containsExactly("lost", "recovered");
        assertThat(told(RistStatistic.Glance.EARLY_WHEN_ANY, ReceiverStatistics.TABLE.statistics()))
                .containsExactly("early");
        assertThat(ReceiverStatistics.TABLE.besideLibrist().get("delivered_early"))
                .isSameAs(ReceiverStatistics.EARLY_PACKETS);
        assertThat(told(RistStatistic.Glance.LATE, SenderStatistics.TABLE.statistics()))
                .containsExactly("sent", "again");
        assertThat(told(RistStatistic.Glance.NEVER, PathStatistics.TABLE.statistics()))
                .containsOnly("")
                .hasSize(PathStatistics.TABLE.size());
    }

    private static List<String> told(RistStatistic.Glance where, List<RistStatistic> rows) {
        return rows.stream().filter(row -> row.glance() == where).map(RistStatistic::word).toList();
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

    /** Numbers without a method are told by their descriptors alone. */
    @Test
    void everyMethodHasItsOwnNumber() {
        assertThat(accessors(SenderStatistics.TABLE))
                .containsAll(
                        numbers(
                                RistSenderStats.class,
                                "flowId",
                                "skippedPackets",
                                "evictedPackets",
                                "refusedDatagrams",
                                "unreadableDatagrams"));
        assertThat(accessors(PathStatistics.TABLE))
                .containsAll(numbers(RistPathStats.class, "path"));
        assertThat(accessors(ReceiverStatistics.TABLE))
                .containsAll(
                        numbers(
                                RistReceiverStats.class,
                                "flowId",
                                "meanBufferTimeNs",
                                "spacingMinNs",
                                "spacingMaxNs",
                                "refusedDatagrams",
                                "unreadableDatagrams"));
    }

    @Test
    void everyMethodTellsTheNumberOfItsName() throws Exception {
        for (RistStatistic row : SenderStatistics.TABLE.statistics()) {
            Readings one = Numbered.of(SenderStatistics.TABLE).put(row, 77).build();
            tells(new RistSenderStats(at(0, 0, one)), row);
        }
        for (RistStatistic row : ReceiverStatistics.TABLE.statistics()) {
            Readings one = Numbered.of(ReceiverStatistics.TABLE).put(row, 77).build();
            tells(new RistReceiverStats(at(0, 0, one), spacing), row);
        }
        for (RistStatistic row : PathStatistics.TABLE.statistics()) {
            Readings one = Numbered.of(PathStatistics.TABLE).put(row, 77).build();
            tells(new RistPathStats(0, null, "", true, true, one), row);
        }
    }

    private static void tells(RistNumbers stats, RistStatistic row) throws Exception {
        assertThat(stats.value(row)).as("%s", row).isEqualTo(77);
        assertThat(stats.statistics()).contains(row);
        for (Method method : stats.getClass().getMethods()) {
            if (method.getName().equals(row.accessor())
                    && row.labels().isEmpty()
                    && method.getReturnType() != boolean.class) {
                Object told = method.invoke(stats);
                assertThat(((Number) told).longValue()).as("%s", row).isEqualTo(77);
            }
        }
    }

    @Test
    void refusesANumberOfAnotherKindOfSnapshot() {
        assertThatThrownBy(() -> sent(1, 1).value(ReceiverStatistics.LOST_PACKETS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("receiver lost_packets is no number of a sender");
    }

    /** Metrics are named by them: no two of a kind are alike, and all keep to one spelling. */
    @Test
    void everyNumberIsDescribed() {
        for (StatisticTable<?> table :
                List.of(
                        SenderStatistics.TABLE,
                        ReceiverStatistics.TABLE,
                        PathStatistics.TABLE,
                        PumpStatistics.TABLE)) {
            assertThat(table.statistics())
                    .extracting(RistStatistic::toString)
                    .doesNotHaveDuplicates();
            assertThat(table.statistics())
                    .allSatisfy(row -> {
                        assertThat(row.name()).matches("[a-z]+(_[a-z]+)*").doesNotEndWith("_total");
                        assertThat(row.help()).matches("[A-Z0-9].*[^.]");
                    });
        }
    }

    /** What is counted is shown: whatever a flow, a path or a session counts is read by a row. */
    @Test
    void everyCounterIsShown() throws Exception {
        assertThat(unread("rist4j-core", "core/flow/SenderCounters", "SenderStatistics"))
                .containsExactlyInAnyOrder("retransmitSkipped", "evicted", "quality"); // sums
        assertThat(unread("rist4j-core", "core/flow/ReceiverCounters", "ReceiverStatistics"))
                .isEmpty();
        assertThat(unread("rist4j-core", "core/path/PathCounters", "PathStatistics"))
                .containsExactly("mediaPackets"); // a sum
        assertThat(unread("rist4j-session", "session/SessionCounters", "SessionStatistics"))
                .containsExactly("requestDatagramsSent"); // of receivers only
    }

    /** The public numbers of a class of counters that a table's source does not mention. */
    private static Set<String> unread(String module, String counters, String table)
            throws IOException {
        String counting =
                Files.readString(
                        Path.of("..", module, "src/main/java/io/rist4j", counters + ".java"));
        String showing = Files.readString(Path.of("src/main/java/io/rist4j", table + ".java"));
        return Pattern.compile("public (?:final )?(?:long|int|double|Extremes|BitrateMeter) (\\w+)")
                .matcher(counting)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !Pattern.compile("\\b" + name + "\\b").matcher(showing).find())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> accessors(StatisticTable<?> table) {
        return table.statistics().stream()
                .filter(row -> row.labels().isEmpty())
                .map(RistStatistic::accessor)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> numbers(Class<?> stats, String... others) {
        return Arrays.stream(stats.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()))
                .filter(m -> m.getReturnType() == long.class || m.getReturnType() == int.class)
                .filter(m -> m.getParameterCount() == 0)
                .map(Method::getName)
                .filter(name -> !List.of(others).contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
