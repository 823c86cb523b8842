package io.rist4j.codec.gre;

import static io.rist4j.codec.gre.Capability.ADVANCED_PROFILE;
import static io.rist4j.codec.gre.Capability.BONDING;
import static io.rist4j.codec.gre.Capability.COMPRESSION;
import static io.rist4j.codec.gre.Capability.FRAGMENTATION;
import static io.rist4j.codec.gre.Capability.NULL_PACKET_DELETION;
import static io.rist4j.codec.gre.Capability.REDUCED_OVERHEAD;
import static io.rist4j.codec.gre.Capability.SEAMLESS_SWITCHING;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.codec.Wire;
import io.rist4j.codec.control.KeepAlive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

class PeerCapabilitiesTest {
    private static final long MAC = 0x06de_9363_fae3L;
    private static final Set<Capability> LIBRIST =
            EnumSet.of(BONDING, SEAMLESS_SWITCHING, NULL_PACKET_DELETION, REDUCED_OVERHEAD);

    private final KeepAliveMemory memory = new KeepAliveMemory();

    private boolean hears(int flags, int extension, String json) {
        return memory.onKeepAlive(new KeepAlive(MAC, flags, extension, json));
    }

    private PeerCapabilities latest() {
        return Objects.requireNonNull(memory.latest());
    }

    @Test
    void knowsWhatLibristSaysOfItself() {
        assertThat(Capability.of(0x2520, KeepAlive.NO_EXTENSION)).isEqualTo(LIBRIST);
        assertThat(Capability.flags(LIBRIST)).isEqualTo(0x2520);
        assertThat(Capability.extension(LIBRIST)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0x8000, MORE",
        "0x4000, ROUTING",
        "0x2000, BONDING",
        "0x1000, ADAPTIVE_ENCODING",
        "0x0800, FORWARD_ERROR_CORRECTION",
        "0x0400, SEAMLESS_SWITCHING",
        "0x0200, LOAD_SHARING",
        "0x0100, NULL_PACKET_DELETION",
        "0x0020, REDUCED_OVERHEAD",
        "0x0010, JSON",
        "0x0008, PASSPHRASE_CHANGE",
        "0x0004, COMPRESSION",
        "0x0002, FRAGMENTATION",
        "0x0001, ADVANCED_PROFILE",
    })
    void eachFlagHasItsBit(String flag, Capability capability) {
        int flags = Integer.decode(flag);

        assertThat(Capability.of(flags, KeepAlive.NO_EXTENSION)).containsExactly(capability);
        assertThat(Capability.flags(List.of(capability))).isEqualTo(flags);
    }

    @Test
    void messageKindsAreNoCapabilities() {
        assertThat(Capability.of(KeepAlive.DISCONNECT | KeepAlive.RECONNECT, 0)).isEmpty();
    }

    @Test
    void theExtensionTellsOfTheAdvancedProfile() {
        assertThat(Capability.of(0, 0xFF))
                .containsExactlyInAnyOrder(COMPRESSION, FRAGMENTATION, ADVANCED_PROFILE);
        assertThat(Capability.of(0, 0x80)).containsExactly(ADVANCED_PROFILE);
        assertThat(Capability.extension(Capability.of(0, 0xFF))).isEqualTo(0xE0);
    }

    @Test
    void noticesWhatIsNew() {
        assertThat(memory.latest()).isNull();
        assertThat(hears(0x2520, KeepAlive.NO_EXTENSION, "")).isTrue();
        assertThat(latest()).isEqualTo(new PeerCapabilities(MAC, LIBRIST, ""));
        assertThat(hears(0x2520, KeepAlive.NO_EXTENSION, "")).isFalse();
        assertThat(hears(0x2521, KeepAlive.NO_EXTENSION, "")).isTrue();
        assertThat(latest().has(ADVANCED_PROFILE)).isTrue();
        assertThat(hears(0x2521, 0, "")).isTrue();
        assertThat(hears(0x2521, 0, "{}")).isTrue();
        assertThat(hears(0x2521, 0, "[]")).isTrue();
        assertThat(hears(0x2521, 0, "[]")).isFalse();
        assertThat(latest().json()).isEqualTo("[]");
        assertThat(memory.onKeepAlive(new KeepAlive(1, 0x2521, 0, ""))).isTrue();
        assertThat(latest().macAddress()).isEqualTo(1);
    }

    @Test
    void keepsTheJsonOfAnEarlierMessage() {
        hears(0x2530, KeepAlive.NO_EXTENSION, "{}");

        assertThat(hears(0x2530, KeepAlive.NO_EXTENSION, "")).isFalse();
        assertThat(latest().json()).isEqualTo("{}");
    }

    @Test
    void disconnectingSaysNothingNewOfThePeer() {
        hears(0x2520, KeepAlive.NO_EXTENSION, "");

        assertThat(hears(0x25a0, KeepAlive.NO_EXTENSION, "")).isFalse();
        assertThat(hears(0x2560, KeepAlive.NO_EXTENSION, "")).isFalse();
    }

    @Test
    void showsNoControlCharacters() {
        hears(0, KeepAlive.NO_EXTENSION, "{\r\n\t\"a\": \"\u001b[2J\u009b\u007f\"}");

        assertThat(latest().json()).isEqualTo("{   \"a\": \"?[2J??\"}");
    }

    @Test
    void showsThatTextIsNoUtf8() {
        ByteBuffer b = Wire.hex("06de9363fae3 2530 ff c3a9");

        KeepAlive.read(b, 0, b.capacity(), message -> memory.onKeepAlive((KeepAlive) message));

        assertThat(latest().json()).isEqualTo("\ufffdé");
    }

    @Test
    void addressesAreShownAsPeopleWriteThem() {
        assertThat(new PeerCapabilities(MAC, Set.of(), "").macAddressText())
                .isEqualTo("06:de:93:63:fa:e3");
        assertThat(new PeerCapabilities(0, Set.of(), "").macAddressText())
                .isEqualTo("00:00:00:00:00:00");
    }

    @Test
    void isImmutable() {
        Set<Capability> mutable = EnumSet.of(BONDING);
        var peer = new PeerCapabilities(MAC, mutable, "");

        mutable.add(COMPRESSION);

        assertThat(peer.capabilities()).containsExactly(BONDING);
        assertThatThrownBy(() -> peer.capabilities().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1", "0x1000000000000"})
    void refusesAddressesThatAreNone(String macAddress) {
        assertThatThrownBy(() -> new PeerCapabilities(Long.decode(macAddress), Set.of(), ""))
                .hasMessageEndingWith("is outside 0..2^48-1");
    }
}
