package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class LibristJsonTest {
    private static final RistPathStats PATH =
            new RistPathStats(
                    0,
                    0,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000),
                    "a\"b\\c\nü\u202E\uD800",
                    true,
                    0,
                    0,
                    true,
                    2_500_000,
                    3_000_000,
                    1_000_000,
                    100,
                    131_600,
                    7,
                    9_212,
                    60,
                    70_000,
                    11,
                    900,
                    12,
                    1_000,
                    8_000_000,
                    400_000,
                    7_900_000);

    @Test
    void writesASendersPathAsTwoPeers() {
        var stats =
                new RistSenderStats(
                        Instant.EPOCH,
                        Duration.ofSeconds(1),
                        0x89ABCDEE,
                        true,
                        100,
                        131_600,
                        7,
                        9_212,
                        1,
                        5,
                        9,
                        2,
                        3,
                        1,
                        1,
                        1,
                        1,
                        21,
                        0,
                        0,
                        100,
                        131_600,
                        8_000_000,
                        400_000,
                        11,
                        12,
                        0,
                        List.of(PATH));

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

    @Test
    void writesAReceiversFlowWithItsPeers() {
        var stats =
                new RistReceiverStats(
                        Instant.EPOCH,
                        Duration.ofSeconds(1),
                        0x10,
                        true,
                        900,
                        1_000,
                        90,
                        890,
                        1_171_240,
                        2,
                        1,
                        100,
                        98,
                        50,
                        30,
                        10,
                        5,
                        3,
                        0,
                        4,
                        6,
                        7,
                        8,
                        31,
                        32,
                        0,
                        150,
                        20,
                        0,
                        0,
                        0,
                        0,
                        0,
                        9,
                        3571,
                        1_000_000_000,
                        999_600_000,
                        105_000,
                        95_000,
                        2_000_000,
                        9_500_000,
                        10,
                        3,
                        20,
                        0,
                        List.of(PATH));

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
