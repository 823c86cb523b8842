package io.rist4j.net.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

class TunSpecTest {
    @Test
    void readsPrefixesOfBothFamilies() {
        IpPrefix ipv4 = IpPrefix.parse("10.9.0.1/24");
        IpPrefix ipv6 = IpPrefix.parse("fd09::1/64");

        assertThat(ipv4).isEqualTo(new IpPrefix(Endpoint.ipv4(0x0A090001, 0), 24));
        assertThat(ipv4).hasToString("10.9.0.1/24");
        assertThat(ipv6.address()).isEqualTo(Endpoint.of(0xFD09L << 48, 1, 0, 0));
        assertThat(ipv6).hasToString("fd09:0:0:0:0:0:0:1/64");
        assertThat(TunSpec.of("rist0").withAddress(ipv6).withAddress(ipv4))
                .isEqualTo(new TunSpec("rist0", 0, ipv4, ipv6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10.9.0.1        | prefix length missing
                    10.9.0.1/       | prefix length missing
                    10.9.0.1/x      | prefix length missing
                    10.9.0.1/33     | prefix length 33 is outside 1..32 bits
                    10.9.0.1/0      | prefix length 0 is outside 1..32 bits
                    fd09::1/129     | prefix length 129 is outside 1..128 bits
                    localhost/8     | localhost is no IP address
                    abc/8           | abc is no IP address
                    10.9.0.256/8    | 10.9.0.256 is no IP address
                    fd09::1::1/64   | fd09::1::1 is no IP address
                    239.1.1.1/8     | is no unicast address
                    0.0.0.0/8       | is no unicast address
                    """)
    void refusesPrefixesThatAreNone(String text, String why) {
        assertThatThrownBy(() -> IpPrefix.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sixteen-letters-", "a b", "a/b", "a:b", "..", "ä"})
    void refusesNamesThatTheSystemWouldRefuse(String name) {
        assertThatThrownBy(() -> TunSpec.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not 1..15 printable characters");
    }

    @Test
    void refusesMtusOutOfRange() {
        TunSpec spec = TunSpec.of("fifteen-letters");

        assertThat(spec.withMtu(68).mtu()).isEqualTo(68);
        assertThatThrownBy(() -> spec.withMtu(67)).hasMessage("mtu 67 is outside 68..65535 bytes");
        assertThatThrownBy(() -> spec.withMtu(65_536))
                .hasMessage("mtu 65536 is outside 68..65535 bytes");
        assertThatThrownBy(() -> spec.withAddress(IpPrefix.parse("fd09::1/64")).withMtu(1_279))
                .hasMessage("mtu 1279 is outside 1280..65535 bytes with IPv6");
    }

    @Test
    @Timeout(180)
    void portsWithoutDevicesSaySo() {
        try (Pump pump = Pump.start(PumpConfig.defaults().withProvider("nio"))) {
            assertThatThrownBy(
                            () -> pump.open(TunSpec.of("rist0"), (arrivalNs, b, at, bytes) -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "cannot open network device rist0: it needs port provider linux, and"
                                    + " another one serves here");
        }
    }
}
