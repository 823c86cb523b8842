package io.rist4j.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

class ExpositionTest {
    private final Exposition exposition = new Exposition();

    @Test
    void writesSamplesOfOneNameTogether() {
        exposition.counter("rist_x_packets", "What x counts", Map.of("flow", "1"), 12);
        exposition.gauge("rist_y", "How y stands", Map.of(), 2.5);
        exposition.counter("rist_x_packets", "What x counts", Map.of("flow", "2"), 1L << 60);
        exposition.time("rist_z", "How long z is", Map.of(), 1_500_000, false);
        exposition.time("rist_z_sum", "How long all of z is", Map.of(), 3_000_000_000L, true);

        assertThat(exposition.text())
                .isEqualTo(
                        """
                        # HELP rist_x_packets_total What x counts
                        # TYPE rist_x_packets_total counter
                        rist_x_packets_total{flow="1"} 12
                        rist_x_packets_total{flow="2"} 1152921504606846976
                        # HELP rist_y How y stands
                        # TYPE rist_y gauge
                        rist_y 2.5
                        # HELP rist_z_seconds How long z is
                        # TYPE rist_z_seconds gauge
                        rist_z_seconds 0.0015
                        # HELP rist_z_sum_seconds_total How long all of z is
                        # TYPE rist_z_sum_seconds_total counter
                        rist_z_sum_seconds_total 3
                        """);
    }

    @Test
    void letsNoNameOfAPeerBreakALine() {
        exposition.gauge("rist_y", "How y stands", Map.of("cname", "a\"b\\c\nd\u202E\uD800"), 1);

        assertThat(exposition.text()).endsWith("\nrist_y{cname=\"a\\\"b\\\\c?d??\"} 1\n");
    }

    @Test
    void isEmptyWithoutMetrics() {
        assertThat(exposition.text()).isEmpty();
    }
}
