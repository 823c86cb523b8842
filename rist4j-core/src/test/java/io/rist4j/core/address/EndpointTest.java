package io.rist4j.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;

class EndpointTest {
    private static final Endpoint FOUR = Endpoint.ipv4(0xC000_0201, 5_000);
    private static final Endpoint SIX =
            Endpoint.of(0x2001_0db8_0000_0000L, 0x0000_0000_0000_0001L, 0, 5_000);

    private static Endpoint ofHex(String address) {
        return Endpoint.ofBytes(HexFormat.of().parseHex(address), 0, 0);
    }

    @Test
    void isAValueOfAddressScopeAndPort() {
        assertThat(Endpoint.ipv4(0xC000_0201, 5_000)).isEqualTo(FOUR).hasSameHashCodeAs(FOUR);
        assertThat(FOUR)
                .isNotEqualTo(Endpoint.ipv4(0xC000_0202, 5_000))
                .isNotEqualTo(Endpoint.ipv4(0xC000_0201, 5_001))
                .isNotEqualTo(SIX)
                .isNotEqualTo(null)
                .isNotEqualTo("192.0.2.1:5000");
        assertThat(SIX)
                .isNotEqualTo(Endpoint.of(SIX.high(), SIX.low(), 2, 5_000))
                .isNotEqualTo(Endpoint.of(SIX.high() + 1, SIX.low(), 0, 5_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0000201", "00000000", "ffffffff", "20010db8000000000000000000000001"})
    void keepsTheBytesOfAnAddress(String address) {
        Endpoint endpoint = ofHex(address);

        assertThat(HexFormat.of().formatHex(endpoint.addressBytes())).isEqualTo(address);
        assertThat(endpoint.isIpv4()).isEqualTo(address.length() == 8);
    }

    @Test
    void takesAMappedAddressForIpv4() {
        Endpoint mapped =
                Endpoint.ofBytes(
                        HexFormat.of().parseHex("00000000000000000000ffffc0000201"), 0, 5_000);

        assertThat(mapped).isEqualTo(FOUR);
        assertThat(mapped.addressBytes()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    void refusesAddressesOfOtherLengths(int bytes) {
        assertThatThrownBy(() -> Endpoint.ofBytes(new byte[bytes], 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address of " + bytes + " bytes; 4 or 16 expected");
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, true, false",
        "00000000000000000000000000000000, true, false",
        "00000001, false, false",
        "00000000000000000000000000000001, false, false",
        "dfffffff, false, false",
        "e0000000, false, true",
        "efffffff, false, true",
        "f0000000, false, false",
        "feffffffffffffffffffffffffffffff, false, false",
        "ff020000000000000000000000000001, false, true",
    })
    void knowsWildcardsAndGroups(String address, boolean wildcard, boolean multicast) {
        assertThat(ofHex(address).isWildcard()).isEqualTo(wildcard);
        assertThat(ofHex(address).isMulticast()).isEqualTo(multicast);
    }

    @Test
    void knowsItsNetwork() {
        long network = Endpoint.ipv4(0xC000_0200, 0).network();
        assertThat(FOUR.network()).isEqualTo(network);
        assertThat(Endpoint.ipv4(0xC000_02FF, 9).network()).isEqualTo(network);
        assertThat(Endpoint.ipv4(0xC000_0301, 5_000).network()).isNotEqualTo(network);
        assertThat(Endpoint.of(SIX.high(), 99, 0, 9).network()).isEqualTo(SIX.network());
        assertThat(Endpoint.of(SIX.high() + 1, SIX.low(), 0, 5_000).network())
                .isNotEqualTo(SIX.network());
    }

    @Test
    void changesThePortAlone() {
        Endpoint moved = Endpoint.of(1, 2, 3, 4).withPort(5);

        assertThat(moved).isEqualTo(Endpoint.of(1, 2, 3, 5));
        assertThat(FOUR.withPort(5_000)).isSameAs(FOUR);
    }

    @Test
    void comparesAddressesWhateverThePort() {
        assertThat(FOUR.hasAddressOf(FOUR.withPort(1))).isTrue();
        assertThat(FOUR.hasAddressOf(SIX)).isFalse();
        assertThat(SIX.hasAddressOf(Endpoint.of(SIX.high(), SIX.low(), 1, 5_000))).isFalse();
        assertThat(SIX.hasAddressOf(Endpoint.of(SIX.high(), 0, 0, 5_000))).isFalse();
    }

    @Test
    void readsAsPeopleWriteIt() {
        assertThat(FOUR).hasToString("192.0.2.1:5000");
        assertThat(Endpoint.ipv4(-1, 65_535)).hasToString("255.255.255.255:65535");
        assertThat(SIX).hasToString("[2001:db8:0:0:0:0:0:1]:5000");
        assertThat(Endpoint.of(0xfe80L << 48, 0xffff_ffff_0000_000aL, 7, 9))
                .hasToString("[fe80:0:0:0:ffff:ffff:0:a%7]:9");
    }

    @Test
    void spreadsNeighbouringEndpointsOverHashCodes() {
        var random = new Random(3);
        Set<Integer> hashes = new HashSet<>();
        int base = random.nextInt();
        for (int address = 0; address < 16; address++) {
            for (int port = 5_000; port < 5_064; port++) {
                hashes.add(Endpoint.ipv4(base + address, port).hashCode());
            }
        }
        assertThat(hashes).hasSizeGreaterThan(16 * 64 / 2);
    }
}
