package io.rist4j.codec.npd;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Captured;
import io.rist4j.codec.Wire;
import io.rist4j.codec.rtp.RistExtension;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Random;

class NullPacketTest {
    private static final String INVALID = "invalid";
    private static final int HEADERS = RtpHeader.FIXED_BYTES + RistExtension.BYTES;

    private final ByteBuffer wire = Wire.dirty(2_000);
    private final ByteBuffer scratch =
            ByteBuffer.allocateDirect(NullPacketInsertion.MAX_PAYLOAD_BYTES);
    private final MediaPacket packet = new MediaPacket();
    private final MediaPacket received = new MediaPacket();

    /** A payload as a picture: n for a null packet, a digit for a packet that holds it. */
    private static ByteBuffer payload(String picture, int bytesEach) {
        ByteBuffer b = ByteBuffer.allocate(picture.length() * bytesEach);
        for (int i = 0; i < picture.length(); i++) {
            int at = i * bytesEach;
            boolean isNull = picture.charAt(i) == 'n';
            for (int j = at + 4; j < at + bytesEach; j++) {
                b.put(j, (byte) (isNull ? 0xFF : picture.charAt(i)));
            }
            b.putInt(at, isNull ? 0x471F_FF10 : 0x4701_0010);
        }
        return b;
    }

    private void holds(ByteBuffer payload) {
        packet.buffer = payload;
        packet.payloadAt = 0;
        packet.payloadBytes = payload.capacity();
    }

    private static int find(ByteBuffer payload, DeletionRule rule) {
        return NullPacketDeletion.find(payload, 0, payload.capacity(), rule);
    }

    /** Writes the packet with its null packets deleted, and reads it. */
    private int send(DeletionRule rule, boolean extendedSequence) {
        int deletion =
                NullPacketDeletion.find(packet.buffer, packet.payloadAt, packet.payloadBytes, rule);
        int bytes = NullPacketDeletion.write(wire, 0, packet, deletion, extendedSequence);
        assertThat(RtpHeader.read(wire, 0, bytes, received)).isEqualTo(Verdict.OK);
        return bytes;
    }

    private Verdict restore() {
        int extension = RistExtension.find(wire, 0, received.payloadAt + received.payloadBytes);
        return extension == RistExtension.NONE
                ? Verdict.OK
                : NullPacketInsertion.restore(wire, extension, received, scratch, false);
    }

    private static String content(MediaPacket p) {
        return Wire.digits(p.buffer, p.payloadAt, p.payloadBytes);
    }

    /** TR-06-2:2022 §8.5. */
    @ParameterizedTest
    @CsvSource({
        "nn1234n, 1100001, 4, 188",
        "n1n, 1010000, 1, 188",
        "nnnnn, 1111100, 0, 188",
        "12nn, 0011000, 2, 188",
        "nn1234n, 1100001, 4, 204",
        "nnnnn, 1111100, 0, 204",
        "nnnnnnn, 1111111, 0, 204",
        "n, 1000000, 0, 188",
    })
    void deletesAndPutsBackAsInTheExampleOfTheTr(
            String picture, String bits, int sent, int bytesEach) {
        ByteBuffer payload = payload(picture, bytesEach);
        holds(payload);

        int bytes = send(DeletionRule.EXACT, false);

        assertThat(bytes).isEqualTo(HEADERS + sent * bytesEach);
        assertThat(RistExtension.deleted(wire, 12)).isEqualTo(Integer.parseInt(bits, 2));
        assertThat(RistExtension.isLongPackets(wire, 12)).isEqualTo(bytesEach == 204);
        assertThat(RistExtension.transportPackets(wire, 12)).isZero();
        assertThat(restore()).isEqualTo(Verdict.OK);
        assertThat(content(received)).isEqualTo(Wire.digits(payload, 0, payload.capacity()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"npd-media-1100001", "npd-media-none", "npd-media-allnull"})
    void deletesJustWhatLibristDeleted(String name) {
        Captured captured = Captured.named(name);
        wire.put(0, captured.bytes());
        RtpHeader.read(wire, 0, captured.bytes().length, received);
        assertThat(restore()).isEqualTo(Verdict.OK);
        assertThat(received.payloadBytes).isEqualTo(7 * 188);

        int deletion =
                NullPacketDeletion.find(
                        received.buffer,
                        received.payloadAt,
                        received.payloadBytes,
                        DeletionRule.EVERY);
        ByteBuffer again = Wire.dirty(2_000);
        int bytes = NullPacketDeletion.write(again, 0, received, deletion, false);

        assertThat(Wire.digits(again, 0, bytes)).isEqualTo(captured.hex());
    }

    @ParameterizedTest
    @EnumSource(DeletionRule.class)
    void aStreamComesOutAsItWentIn(DeletionRule rule) {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            int bytesEach = random.nextBoolean() ? 188 : 204;
            var picture = new StringBuilder();
            int packets = 1 + random.nextInt(7);
            for (int j = 0; j < packets; j++) {
                picture.append(random.nextInt(3) == 0 ? '5' : 'n');
            }
            ByteBuffer payload = payload(picture.toString(), bytesEach);
            holds(payload);
            packet.sequence = random.nextInt() & 0xFFFF_FFFFL;
            packet.retransmission = random.nextBoolean();

            send(rule, random.nextBoolean());

            assertThat(restore()).as("seed %d", seed).isEqualTo(Verdict.OK);
            assertThat(content(received))
                    .as("seed %d, %s", seed, picture)
                    .isEqualTo(Wire.digits(payload, 0, payload.capacity()));
            assertThat(received.sequence).isEqualTo(packet.sequence & 0xFFFF);
            assertThat(received.retransmission).isEqualTo(packet.retransmission);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0x11", // continuity counter
        "3, 0x90", // scrambled
        "3, 0x30", // adaptation field
        "4, 0x00", // content
        "187, 0xfe",
    })
    void sendsNullPacketsThatWouldComeBackOtherwise(int offset, String value) {
        ByteBuffer payload = payload("1n2", 188);
        payload.put(188 + offset, Integer.decode(value).byteValue());

        assertThat(find(payload, DeletionRule.EXACT)).isEqualTo(NullPacketDeletion.NOTHING);
        assertThat(find(payload, DeletionRule.EVERY)).isEqualTo(0b010_0000);
    }

    @Test
    void theContentOfANullPacketIsLostWhenEveryOneIsDeleted() {
        ByteBuffer payload = payload("1n2", 188);
        payload.putInt(188, 0x471F_FF1A);
        payload.put(300, (byte) 0);
        holds(payload);

        send(DeletionRule.EVERY, false);

        assertThat(restore()).isEqualTo(Verdict.OK);
        ByteBuffer canonical = payload("1n2", 188);
        assertThat(content(received)).isEqualTo(Wire.digits(canonical, 0, canonical.capacity()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x9F, 0x5F, 0x3F, 0x1E})
    void flagsOrAnotherIdentifierMakeItNoNullPacket(int secondByte) {
        ByteBuffer payload = payload("1n2", 188);
        payload.put(188 + 1, (byte) secondByte);

        assertThat(find(payload, DeletionRule.EVERY)).isEqualTo(NullPacketDeletion.NOTHING);
        assertThat(find(payload, DeletionRule.EXACT)).isEqualTo(NullPacketDeletion.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 187, 189, 203, 205, 375, 8 * 188, 8 * 204, 9_588})
    void findsNothingInWhatIsNoTransportStream(int bytes) {
        ByteBuffer payload = ByteBuffer.allocate(bytes);
        for (int i = 0; i + 4 <= bytes; i += 4) {
            payload.putInt(i, 0x471F_FF10);
        }

        assertThat(find(payload, DeletionRule.EVERY)).isEqualTo(NullPacketDeletion.NOTHING);
    }

    @ParameterizedTest
    @EnumSource(DeletionRule.class)
    void sendsNullPacketsWithParity(DeletionRule rule) {
        ByteBuffer payload = payload("1nn", 204);
        payload.put(204 + 203, (byte) 0x5A);
        holds(payload);

        send(rule, false);

        assertThat(RistExtension.deleted(wire, 12)).isEqualTo(0b001_0000);
        assertThat(restore()).isEqualTo(Verdict.OK);
        assertThat(content(received)).isEqualTo(Wire.digits(payload, 0, payload.capacity()));
    }

    @Test
    void findsNothingWhereOneSyncByteIsMissing() {
        ByteBuffer payload = payload("n1n", 188);
        payload.put(2 * 188, (byte) 0x48);

        assertThat(find(payload, DeletionRule.EVERY)).isEqualTo(NullPacketDeletion.NOTHING);
    }

    @Test
    void findsNothingWithoutNullPackets() {
        assertThat(find(payload("1234567", 188), DeletionRule.EVERY))
                .isEqualTo(NullPacketDeletion.NOTHING);
    }

    @ParameterizedTest
    @CsvSource({
        "false, 8021 0007 00000000 00000000",
        "true, 9021 0007 00000000 00000000 52490001 40001234",
    })
    void sendsTheExtensionOnlyWithSomethingToTell(boolean extendedSequence, String head) {
        holds(payload("1", 188));
        packet.sequence = 0x5_1234_0007L;
        packet.payloadType = 33;

        int bytes = send(DeletionRule.EVERY, extendedSequence);

        String expected = head.replace(" ", "");
        assertThat(Wire.digits(wire, 0, expected.length() / 2)).isEqualTo(expected);
        assertThat(bytes).isEqualTo(expected.length() / 2 + 188);
        assertThat(restore()).isEqualTo(Verdict.OK);
        assertThat(content(received)).isEqualTo(content(packet));
    }

    @Test
    void bothUsesShareOneExtension() {
        holds(payload("1n", 188));
        packet.sequence = 0xFFFF_FFFFL;

        int bytes = send(DeletionRule.EXACT, true);

        assertThat(bytes).isEqualTo(HEADERS + 188);
        assertThat(Wire.digits(wire, 12, 8)).isEqualTo("52490001c020ffff");
        assertThat(RistExtension.sequence(wire, 12, received.sequence)).isEqualTo(0xFFFF_FFFFL);
    }

    /** Every combination of bits and payload, against the words of §8.5 and libRIST's count. */
    @ParameterizedTest
    @ValueSource(ints = {188, 204})
    void refusesJustTheCombinationsThatNeitherCountMakesSenseOf(int bytesEach) {
        for (int deleted = 0; deleted < 128; deleted++) {
            for (int arrived = 0; arrived <= 8; arrived++) {
                ByteBuffer payload = payload("12345678".substring(0, arrived), bytesEach);
                holds(payload);
                RistExtension.write(wire, 0, deleted, bytesEach == 204, RistExtension.NONE);
                String expected = modelOf(deleted, arrived);
                int packets = Integer.bitCount(deleted) + arrived;
                if (expected.equals(INVALID) && packets <= 7 && deleted < 1 << packets) {
                    expected = modelOf(deleted << (7 - packets), arrived);
                }

                Verdict verdict = NullPacketInsertion.restore(wire, 0, packet, scratch, false);

                String what = "%7s and %d".formatted(Integer.toBinaryString(deleted), arrived);
                if (expected.equals(INVALID)) {
                    assertThat(verdict).as(what).isEqualTo(Verdict.BAD_LENGTH);
                    assertThat(packet.buffer).isSameAs(payload);
                    assertThat(packet.payloadBytes).isEqualTo(payload.capacity());
                } else {
                    assertThat(verdict).as(what).isEqualTo(Verdict.OK);
                    ByteBuffer whole = payload(expected, bytesEach);
                    assertThat(content(packet))
                            .as(what)
                            .isEqualTo(Wire.digits(whole, 0, whole.capacity()));
                }
            }
        }
    }

    /** What comes out as a picture, or {@link #INVALID}. */
    private static String modelOf(int deleted, int arrived) {
        if (deleted == 0) {
            return "12345678".substring(0, arrived);
        }
        if (Integer.bitCount(deleted) + arrived > 7) {
            return INVALID; // too many packets
        }
        var picture = new StringBuilder();
        int next = 0;
        for (int bit = 6; bit >= 0; bit--) {
            if (((deleted >> bit) & 1) != 0) {
                picture.append('n');
            } else if (next < arrived) {
                picture.append("12345678".charAt(next++));
            } else {
                boolean moreToInsert = (deleted & ((1 << bit) - 1)) != 0;
                return moreToInsert ? INVALID : picture.toString(); // not enough packets
            }
        }
        return picture.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 187, 189, 376 + 204, 7 * 188 + 1, 5_000})
    void leavesPayloadsThatAreNoTransportPackets(int bytes) {
        ByteBuffer payload = ByteBuffer.allocate(bytes);
        holds(payload);
        RistExtension.write(wire, 0, 0x40, false, RistExtension.NONE);

        assertThat(NullPacketInsertion.restore(wire, 0, packet, scratch, false))
                .isEqualTo(Verdict.BAD_LENGTH);

        assertThat(packet.buffer).isSameAs(payload);
        assertThat(packet.payloadBytes).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {188, 204})
    void theLengthOfThePayloadCountsMoreThanTheFlag(int bytesEach) {
        holds(payload("12", bytesEach));
        RistExtension.write(wire, 0, 0x40, bytesEach == 188, RistExtension.NONE);

        assertThat(NullPacketInsertion.restore(wire, 0, packet, scratch, false))
                .isEqualTo(Verdict.OK);

        assertThat(packet.payloadBytes).isEqualTo(3 * bytesEach);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x08, 0x38})
    void theSizeFieldIsNotLookedAt(int size) {
        holds(payload("12", 188));
        RistExtension.write(wire, 0, 0x40, false, RistExtension.NONE);
        wire.put(4, (byte) (0x80 | size));

        assertThat(NullPacketInsertion.restore(wire, 0, packet, scratch, false))
                .isEqualTo(Verdict.OK);

        assertThat(packet.payloadBytes).isEqualTo(3 * 188);
    }

    @Test
    void bitsMeanNothingWithoutTheirFlag() {
        holds(payload("12", 188));
        RistExtension.write(wire, 0, 0x40, false, 5);
        wire.put(4, (byte) 0x40);

        assertThat(NullPacketInsertion.restore(wire, 0, packet, scratch, false))
                .isEqualTo(Verdict.OK);

        assertThat(packet.payloadBytes).isEqualTo(2 * 188);
    }

    @Test
    void aRetransmissionIsWrittenLikeItsOriginal() {
        holds(payload("1n2n", 188));
        int bytes = send(DeletionRule.EXACT, false);
        String original = Wire.digits(wire, 0, bytes);
        packet.retransmission = true;

        int again = send(DeletionRule.EXACT, false);

        wire.put(11, (byte) (wire.get(11) & ~1));
        assertThat(Wire.digits(wire, 0, again)).isEqualTo(original);
    }
}
