package io.rist4j.codec.gre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.codec.Wire;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Random;

class GreHeaderTest {
    private final GrePacket packet = new GrePacket();

    private Verdict read(String hex) {
        ByteBuffer b = Wire.hex(hex);
        return GreHeader.read(b, 0, b.capacity(), packet);
    }

    @ParameterizedTest
    @CsvSource({
        "0000 88b6 aabb, 0, false, 0, false, 0, 4",
        "1000 88b6 00000007 aabb, 0, false, 0, true, 7, 8",
        "1008 88b6 00000007 aabb, 1, false, 0, true, 7, 8",
        "1010 88b6 00000007 aabb, 2, false, 0, true, 7, 8",
        "3008 88b6 80bba688 00000007 aabb, 1, false, 0x80bba688, true, 7, 12",
        "3048 88b6 80bba688 00000007 aabb, 1, true, 0x80bba688, true, 7, 12",
        "3050 88b6 80bba688 ffffffff aabb, 2, true, 0x80bba688, true, 4294967295, 12",
        "2010 88b6 80bba688 aabb, 2, false, 0x80bba688, false, 0, 8",
        "9010 88b6 12340000 00000007 aabb, 2, false, 0, true, 7, 12",
        "a010 88b6 12340000 80bba688 aabb, 2, false, 0x80bba688, false, 0, 12",
        "b050 88b6 12340000 80bba688 80000000 aabb, 2, true, 0x80bba688, true, 2147483648, 16",
    })
    void readsEveryCombinationOfFields(
            String hex,
            int version,
            boolean longKey,
            String nonce,
            boolean hasSequence,
            long sequence,
            int bodyAt) {
        assertThat(read(hex)).isEqualTo(Verdict.OK);

        assertThat(packet.version).isEqualTo(version);
        assertThat(packet.longKey).isEqualTo(longKey);
        assertThat(packet.hasNonce).isEqualTo(!nonce.equals("0"));
        assertThat(packet.nonce).isEqualTo(Long.decode(nonce).intValue());
        assertThat(packet.hasSequence).isEqualTo(hasSequence);
        assertThat(packet.sequence).isEqualTo(sequence);
        assertThat(packet.protocolType).isEqualTo(ProtocolTypes.REDUCED_OVERHEAD);
        assertThat(packet.bodyAt).isEqualTo(bodyAt);
        assertThat(packet.bodyBytes).isEqualTo(2);
        assertThat(Wire.digits(packet.buffer, packet.bodyAt, 2)).isEqualTo("aabb");
    }

    @ParameterizedTest
    @CsvSource({"0000, 0", "0008, 1", "0010, 2", "0018, 2", "0020, 2"})
    void readsEditionsTwoAheadAsTheNewest(String flags, int version) {
        assertThat(read(flags + "88b6")).isEqualTo(Verdict.OK);

        assertThat(packet.version).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0028", "0030", "0038"})
    void trapT47RefusesLaterEditions(String flags) {
        assertThat(read(flags + "88b6")).isEqualTo(Verdict.BAD_VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000", "5010", "1011", "1012", "1014", "ffff"})
    void trapT46RefusesRoutingAndOtherVersionsOfGre(String flags) {
        assertThat(read(flags + "88b6 00000000 00000000 00000000")).isEqualTo(Verdict.BAD_VERSION);
    }

    @Test
    void ignoresReservedBits() {
        assertThat(read("1f90 88b6 00000007")).isEqualTo(Verdict.OK);

        assertThat(packet.version).isEqualTo(2);
        assertThat(packet.longKey).isFalse();
        assertThat(packet.sequence).isEqualTo(7);
    }

    @Test
    void refusesEveryLengthBelowTheFieldsAndChangesNothing() {
        byte[] whole = new byte[GreHeader.MAX_BYTES];
        for (int flags = 0; flags < 16; flags++) {
            if ((flags & 4) != 0) {
                continue; // routing
            }
            whole[0] = (byte) (flags << 4);
            int headerBytes = 4 + 4 * Integer.bitCount(flags);
            for (int bytes = 0; bytes <= whole.length; bytes++) {
                ByteBuffer exact = ByteBuffer.wrap(whole, 0, bytes).slice();
                packet.bodyAt = -7;

                Verdict verdict = GreHeader.read(exact, 0, bytes, packet);

                boolean fits = bytes >= headerBytes;
                assertThat(verdict).isEqualTo(fits ? Verdict.OK : Verdict.TRUNCATED);
                assertThat(packet.bodyAt).isEqualTo(fits ? headerBytes : -7);
            }
        }
    }

    @Test
    void forgetsWhatTheLastPacketHad() {
        read("3048 88b6 80bba688 00000007");

        assertThat(read("0010 cce0")).isEqualTo(Verdict.OK);

        assertThat(packet.longKey).isFalse();
        assertThat(packet.hasNonce).isFalse();
        assertThat(packet.nonce).isZero();
        assertThat(packet.hasSequence).isFalse();
        assertThat(packet.sequence).isZero();
        assertThat(packet.bodyBytes).isZero();
    }

    @Test
    void readsBackWhatItWrote() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            int at = random.nextInt(5);
            int form = random.nextInt(3);
            int version = random.nextInt(3);
            int type = random.nextInt(0x10000);
            int nonce = random.nextInt();
            boolean longKey = random.nextBoolean();
            long sequence = random.nextLong();
            ByteBuffer b = Wire.dirty(at + GreHeader.MAX_BYTES);

            int bytes =
                    switch (form) {
                        case 0 -> GreHeader.writeUnsequenced(b, at, version, type);
                        case 1 -> GreHeader.write(b, at, version, type, sequence);
                        default ->
                                GreHeader.writeEncrypted(
                                        b, at, version, type, longKey, nonce, sequence);
                    };

            assertThat(GreHeader.read(b, at, bytes + 3, packet)).isEqualTo(Verdict.OK);
            assertThat(packet.bodyAt).as("seed %d", seed).isEqualTo(at + bytes);
            assertThat(packet.bodyBytes).isEqualTo(3);
            assertThat(packet.version).isEqualTo(version);
            assertThat(packet.protocolType).isEqualTo(type);
            assertThat(packet.hasSequence).isEqualTo(form > 0);
            assertThat(packet.sequence).isEqualTo(form > 0 ? sequence & 0xFFFF_FFFFL : 0);
            assertThat(packet.hasNonce).isEqualTo(form == 2);
            assertThat(packet.nonce).isEqualTo(form == 2 ? nonce : 0);
            assertThat(packet.longKey).isEqualTo(form == 2 && longKey && version > 0);
        }
    }

    @Test
    void sequenceNumbersWrapAt32Bits() {
        ByteBuffer b = Wire.dirty(GreHeader.MAX_BYTES);

        GreHeader.write(b, 0, 2, ProtocolTypes.VSF, 0x1_0000_0000L);

        assertThat(Wire.digits(b, 0, 8)).isEqualTo("1010cce000000000");
    }

    @Test
    void doesNotTellTheKeyLengthInTheEditionThatHasNone() {
        ByteBuffer b = Wire.dirty(GreHeader.MAX_BYTES);

        GreHeader.writeEncrypted(b, 0, 0, ProtocolTypes.REDUCED_OVERHEAD, true, 1, 2);

        assertThat(Wire.digits(b, 0, 12)).isEqualTo("300088b60000000100000002");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void writesNoVersionThatPeersWouldTakeUp(int version) {
        ByteBuffer b = Wire.dirty(GreHeader.MAX_BYTES);

        assertThatThrownBy(() -> GreHeader.write(b, 0, version, ProtocolTypes.VSF, 0))
                .hasMessage("version %d is outside 0..2", version);
    }

    @Test
    void authenticationIsNeverEncrypted() {
        assertThat(read("3050 888e 80bba688 00000007 01")).isEqualTo(Verdict.OK);

        assertThat(packet.hasNonce).isTrue();
        assertThat(packet.isEncrypted()).isFalse();
    }
}
