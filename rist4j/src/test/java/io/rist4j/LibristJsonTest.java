package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.Extremes;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class LibristJsonTest {
    private static final RistPathStats PATH = path(0, 2);

    private static RistPathStats path(int number, int ports) {
        return new RistPathStats(
                number,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000),
                "a\"b\\c\nü\u202E\uD800",
                true,
                true,
                Numbered.of(PathStatistics.TABLE)
                        .put(PathStatistics.PORTS, ports)
                        .put(PathStatistics.RTT_LAST_NS, 2_500_000)
                        .put(PathStatistics.RTT_SMOOTHED_NS, 3_000_000)
                        .put(PathStatistics.RTT_MIN_NS, 1_000_000)
                        .put(PathStatistics.SENT_PACKETS, 100)
                        .put(PathStatistics.RETRANSMITTED_PACKETS, 7)
                        .put(PathStatistics.RECEIVED_PACKETS, 60)
                        .put(PathStatistics.CONTROL_SENT_PACKETS, 11)
                        .put(PathStatistics.CONTROL_RECEIVED_PACKETS, 12)
                        .put(PathStatistics.SENT_BITS_PER_SECOND, 8_000_000)
                        .put(PathStatistics.RETRANSMITTED_BITS_PER_SECOND, 400_000)
                        .put(PathStatistics.RECEIVED_BITS_PER_SECOND, 7_900_000)
                        .build());
    }

    private static RistSenderStats sender(RistPathStats... paths) {
        var counts =
                Numbered.of(SenderStatistics.TABLE)
                        .put(SenderStatistics.SENT_PACKETS, 100)
                        .put(SenderStatistics.RETRANSMITTED_PACKETS, 7)
                        .put(SenderStatistics.SKIPPED_RECENT_PACKETS, 2)
                        .put(SenderStatistics.SKIPPED_BITRATE_PACKETS, 3)
                        .put(SenderStatistics.SKIPPED_UNKNOWN_PACKETS, 1)
                        .put(SenderStatistics.SKIPPED_EXPIRED_PACKETS, 1)
                        .put(SenderStatistics.SKIPPED_EXHAUSTED_PACKETS, 1)
                        .put(SenderStatistics.SKIPPED_EXCESS_PACKETS, 1)
                        .put(SenderStatistics.EVICTED_MEMORY_PACKETS, 21)
                        .build();
        return new RistSenderStats(
                new StatsMoment(
                        Instant.EPOCH,
                        Duration.ofSeconds(1),
                        0x89ABCDEE,
                        true,
                        counts,
                        List.of(paths)));
    }

    @Test
    void writesASendersPathAsTwoPeers() {
        RistSenderStats stats = sender(PATH);

        assertThat(stats.toLibristJson())
                .containsExactly(
                        "{\"sender-stats\":{\"peer\":{\"flow_id\":2309737966,\"id\":1,\"cname\":"
                                + "\"a\\\"b\\\\c\\u000aü\\u202e\\ud800\",\"type\":\"data\",\"stats\":{"
                                + "\"quality\":86.21,\"sent\":100,\"received\":0,\"retransmitted\":7,"
                                + "\"bandwidth\":8000000,\"retry_bandwidth\":400000,"
                                + "\"bandwidth_skipped\":3,\"bloat_skipped\":2,"
                                + "\"retransmit_skipped\":4,\"rtt\":2.50,\"avg_rtt\":3,"
                                + "\"retry_buffer_size\":0,\"cooldown_time\":0,"
                                + "\"history_evicted\":21}}}}",
                        "{\"sender-stats\":{\"peer\":{\"flow_id\":2309737966,\"id\":2,\"cname\":"
                                + "\"a\\\"b\\\\c\\u000aü\\u202e\\ud800\",\"type\":\"rtcp\",\"stats\":{"
                                + "\"quality\":100,\"sent\":0,\"received\":12,\"retransmitted\":0,"
                                + "\"bandwidth\":0,\"retry_bandwidth\":0,\"bandwidth_skipped\":0,"
                                + "\"bloat_skipped\":0,\"retransmit_skipped\":0,\"rtt\":2.50,"
                                + "\"avg_rtt\":3,\"retry_buffer_size\":0,\"cooldown_time\":0,"
                                + "\"history_evicted\":0}}}}");
    }

    /** As libRIST does: a tunnel's only peer carries media and takes reports. */
    @Test
    void writesASendersTunnelAsOnePeer() {
        RistSenderStats stats = sender(path(0, 1), path(1, 1));

        assertThat(stats.toLibristJson()).hasSize(2);
        assertThat(stats.toLibristJson().getLast())
                .contains("\"id\":2,")
                .contains("\"type\":\"data\"")
                .contains("\"sent\":100,\"received\":12,\"retransmitted\":7,");
    }

    @Test
    void writesAReceiversFlowWithItsPeers() {
        var counts =
                Numbered.of(ReceiverStatistics.TABLE)
                        .put(ReceiverStatistics.RECEIVED_PACKETS, 900)
                        .put(ReceiverStatistics.MISSING_PACKETS, 100)
                        .put(ReceiverStatistics.RECOVERED_PACKETS, 98)
                        .put(ReceiverStatistics.RECOVERED_ONE_ROUND_PACKETS, 50)
                        .put(ReceiverStatistics.RECOVERED_TWO_ROUNDS_PACKETS, 30)
                        .put(ReceiverStatistics.RECOVERED_THREE_ROUNDS_PACKETS, 10)
                        .put(ReceiverStatistics.RECOVERED_FOUR_ROUNDS_PACKETS, 5)
                        .put(ReceiverStatistics.RECOVERED_MORE_ROUNDS_PACKETS, 3)
                        .put(ReceiverStatistics.DELIVERED_PACKETS, 890)
                        .put(ReceiverStatistics.LOST_PACKETS, 2)
                        .put(ReceiverStatistics.DUPLICATE_PACKETS, 4)
                        .put(ReceiverStatistics.REORDERED_PACKETS, 6)
                        .put(ReceiverStatistics.LATE_PACKETS, 7)
                        .put(ReceiverStatistics.OVERFULL_PACKETS, 8)
                        .put(ReceiverStatistics.EARLY_PACKETS, 31)
                        .put(ReceiverStatistics.UNASKABLE_PACKETS, 32)
                        .put(ReceiverStatistics.REQUESTED_PACKETS, 150)
                        .put(ReceiverStatistics.MISSING_QUEUE_PACKETS, 9)
                        .put(ReceiverStatistics.MISSING_QUEUE_MOST_PACKETS, 3571)
                        .put(ReceiverStatistics.BUFFER_TIME_NS, 890 * 999_600_000L)
                        .put(ReceiverStatistics.SPACING_NS, 105_000)
                        .put(ReceiverStatistics.BITS_PER_SECOND, 9_500_000)
                        .build();
        var spacing = new Extremes();
        spacing.add(95_000);
        spacing.add(2_000_000);
        spacing.add(105_000);
        var stats =
                new RistReceiverStats(
                        new StatsMoment(
                                Instant.EPOCH,
                                Duration.ofSeconds(1),
                                0x10,
                                true,
                                counts,
                                List.of(PATH)),
                        spacing);

        assertThat(stats.toLibristJson())
                .isEqualTo(
                        "{\"receiver-stats\":{\"flowinstant\":{\"flow_id\":16,\"dead\":0,\"stats\":{"
                                + "\"quality\":90,\"received\":900,\"dropped_late\":7,"
                                + "\"dropped_full\":8,\"missing\":100,\"recovered_total\":98,"
                                + "\"reordered\":6,\"retries\":150,\"recovered_one_nack\":50,"
                                + "\"recovered_two_nacks\":30,\"recovered_three_nacks\":10,"
                                + "\"recovered_four_nacks\":5,\"recovered_more_nacks\":3,\"lost\":2,"
                                + "\"avg_buffer_time\":1000,\"duplicates\":4,\"missing_queue\":9,"
                                + "\"missing_queue_max\":3571,\"min_inter_packet_spacing\":95,"
                                + "\"cur_inter_packet_spacing\":105,"
                                + "\"max_inter_packet_spacing\":2000,\"bitrate\":9500000,"
                                + "\"delivered_early\":31,\"unaskable\":32},"
                                + "\"peers\":[{\"id\":1,\"dead\":0,\"stats\":{\"received_data\":60,"
                                + "\"received_rtcp\":12,\"sent_rtcp\":11,\"rtt\":2.50,"
                                + "\"avg_rtt\":3,\"bitrate\":7900000,\"avg_bitrate\":7900000}}]}}}");
    }
}
