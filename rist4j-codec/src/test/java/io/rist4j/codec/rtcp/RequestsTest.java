package io.rist4j.codec.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.codec.Captured;
import io.rist4j.codec.RecordingHandler;
import io.rist4j.codec.Wire;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

class RequestsTest {
    private static final int MEDIA = 0xAABBCC00;
    private static final int REPORT_BYTES = 8;

    private final ByteBuffer b = ByteBuffer.allocateDirect(300_000);
    private final RecordingHandler handler = new RecordingHandler();

    /** Both formats, for what holds of both. */
    enum Format {
        RANGE,
        BITMASK;

        int write(ByteBuffer b, int at, long[] sequences, int from, int to, int maxRecords) {
            return this == RANGE
                    ? RangeRequest.write(b, at, 0, MEDIA, sequences, from, to, maxRecords)
                    : BitmaskRequest.write(b, at, 0, MEDIA, sequences, from, to, maxRecords);
        }
    }

    /** The sequence numbers that a compound of an empty report and one request asks for. */
    private List<Long> asked() {
        var asked = new ArrayList<Long>();
        var collector =
                new ControlHandler() {
                    @Override
                    public void onMissing(int mediaSsrc, long first, int additional) {
                        assertThat(mediaSsrc).isEqualTo(MEDIA);
                        for (int i = 0; i <= additional; i++) {
                            asked.add((first + i) & 0xFFFF);
                        }
                    }
                };
        RtcpWriter.emptyReceiverReport(b, 0, 1);
        int bytes = REPORT_BYTES + RtcpReader.packetBytes(b, REPORT_BYTES);
        assertThat(RtcpReader.read(b, 0, bytes, collector)).isEqualTo(Verdict.OK);
        return asked;
    }

    private String written() {
        return Wire.digits(b, REPORT_BYTES, RtcpReader.packetBytes(b, REPORT_BYTES));
    }

    private List<String> missingIn(String digits) {
        ByteBuffer wire = Wire.hex("80c90001 00000001" + digits);
        assertThat(RtcpReader.read(wire, 0, wire.capacity(), handler)).isEqualTo(Verdict.OK);
        return handler.messages("missing");
    }

    private static long[] appendixA() {
        return LongStream.concat(LongStream.of(100), LongStream.rangeClosed(103, 122)).toArray();
    }

    @Test
    void writesTheRangesOfAppendixA() {
        int packed = Format.RANGE.write(b, REPORT_BYTES, appendixA(), 0, 21, 16);

        assertThat(packed).isEqualTo(21);
        assertThat(written()).isEqualTo("80cc0004aabbcc00524953540064000000670013");
    }

    @Test
    void writesTheBitmasksOfAppendixA() {
        int packed = Format.BITMASK.write(b, REPORT_BYTES, appendixA(), 0, 21, 16);

        assertThat(packed).isEqualTo(21);
        assertThat(written()).isEqualTo("81cd000400000000aabbcc000064fffc0075001f");
    }

    @Test
    void readsBothRequestsOfAppendixA() {
        assertThat(missingIn("80cc0004 aabbcc00 52495354 00640000 00670013"))
                .containsExactly("missing aabbcc00 100+0", "missing aabbcc00 103+19");
        handler.messages().clear();

        assertThat(missingIn("81cd0004 12345678 aabbcc00 0064fffc 0075001f"))
                .containsExactly(
                        "missing aabbcc00 100+0",
                        "missing aabbcc00 103+13",
                        "missing aabbcc00 117+5");
    }

    @ParameterizedTest
    @CsvSource({
        "simple-nack-range-single, missing a4995b58 59+0",
        "simple-nack-range-burst5, missing a4995b58 98+4",
        "simple-nack-range-burst31, missing a4995b58 187+30",
        "simple-nack-bitmask-single, missing 09c59ea6 59+0",
        "simple-nack-bitmask-5, missing 09c59ea6 98+4",
        "simple-nack-bitmask-17, missing 09c59ea6 160+16",
        "gst-nack-bitmask, missing 3a02f60e 59+0",
    })
    void readsCapturedRequests(String name, String expected) {
        ByteBuffer wire = Captured.named(name).buffer();

        assertThat(RtcpReader.read(wire, 0, wire.capacity(), handler)).isEqualTo(Verdict.OK);

        assertThat(handler.messages("missing")).containsExactly(expected);
    }

    @Test
    void readsSeveralRangesFromGstreamer() {
        ByteBuffer wire = Captured.named("gst-nack-range").buffer();

        RtcpReader.read(wire, 0, wire.capacity(), handler);

        assertThat(handler.messages("missing"))
                .containsExactly("missing 3a02f60e 89+22", "missing 3a02f60e 120+4");
    }

    @Test
    void carriesThePacketSenderInBitmasksOnly() {
        BitmaskRequest.write(b, REPORT_BYTES, 0x12345678, MEDIA, new long[] {1}, 0, 1, 1);
        assertThat(written()).isEqualTo("81cd000312345678aabbcc0000010000");

        RangeRequest.write(b, REPORT_BYTES, 0x12345678, MEDIA, new long[] {1}, 0, 1, 1);
        assertThat(written()).isEqualTo("80cc0003aabbcc005249535400010000");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void asksForExactlyWhatItPacked(Format format) {
        for (long seed = 1; seed <= 300; seed++) {
            var random = new Random(seed);
            long[] sequences = new long[1 + random.nextInt(400)];
            long next = random.nextInt(1 << 20);
            for (int i = 0; i < sequences.length; i++) {
                sequences[i] = next;
                next += random.nextInt(4) > 0 ? 1 : 1 + random.nextInt(40);
            }
            int maxRecords = 1 + random.nextInt(40);
            var asked = new ArrayList<Long>();
            int from = 0;
            while (from < sequences.length) {
                int packed =
                        format.write(
                                b, REPORT_BYTES, sequences, from, sequences.length, maxRecords);
                assertThat(packed).as("seed %d", seed).isPositive();
                assertThat(RtcpReader.packetBytes(b, REPORT_BYTES))
                        .as("seed %d", seed)
                        .isBetween(16, 12 + (4 * maxRecords));
                asked.addAll(asked());
                from += packed;
            }
            assertThat(asked)
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(
                            Arrays.stream(sequences).map(s -> s & 0xFFFF).boxed().toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void packsOnlyItsShareOfTheArray(Format format) {
        long[] sequences = {1, 5, 6, 7, 100};

        assertThat(format.write(b, REPORT_BYTES, sequences, 1, 3, 16)).isEqualTo(2);

        assertThat(asked()).containsExactly(5L, 6L);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void stopsAtTheMostRecordsItMayWrite(Format format) {
        long[] sequences = {100, 101, 200, 300, 301};

        assertThat(format.write(b, REPORT_BYTES, sequences, 0, 5, 2)).isEqualTo(3);

        assertThat(asked()).containsExactly(100L, 101L, 200L);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "2, 1, 1", "0, 1, 0"})
    void refusesToWriteARequestForNothing(int from, int to, int maxRecords) {
        for (Format format : Format.values()) {
            assertThatThrownBy(() -> format.write(b, 0, new long[] {1, 2}, from, to, maxRecords))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("in " + maxRecords + " records");
        }
    }

    @Test
    void trapT10ReadsMoreRecordsThanTheSpecificationAllows() {
        long[] sequences = LongStream.range(0, 199).map(i -> 3 * i).toArray();
        assertThat(Format.RANGE.write(b, REPORT_BYTES, sequences, 0, 199, 199)).isEqualTo(199);
        assertThat(RtcpReader.packetBytes(b, REPORT_BYTES)).isEqualTo(12 + (199 * 4));

        assertThat(asked()).hasSize(199).startsWith(0L, 3L).endsWith(594L);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void trapT10WritesNoMoreRecordsThanTheSpecificationAllows(Format format) {
        long[] sequences = LongStream.range(0, 100).map(i -> 100 * i).toArray();

        assertThat(format.write(b, REPORT_BYTES, sequences, 0, 100, RangeRequest.MAX_RECORDS))
                .isEqualTo(16);

        assertThat(RtcpReader.packetBytes(b, REPORT_BYTES)).isEqualTo(12 + (16 * 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aabbcc00", "aabbcc01", "00000000"})
    void trapT11ReadsAnyMediaSource(String media) {
        assertThat(missingIn("80cc0003 " + media + " 52495354 00640000"))
                .containsExactly("missing " + media + " 100+0");
        handler.messages().clear();

        assertThat(missingIn("81cd0003 00000000 " + media + " 00640000"))
                .containsExactly("missing " + media + " 100+0");
    }

    @ParameterizedTest
    @ValueSource(longs = {65_533, 0x1_FFFDL, 0x7_FFFF_FFFDL})
    void trapT14WritesARunOverTheWrapInOneRecord(long first) {
        long[] widened = LongStream.range(first, first + 6).toArray();
        long[] wrapping = Arrays.stream(widened).map(s -> s & 0xFFFF).toArray();
        for (long[] sequences : List.of(widened, wrapping)) {
            assertThat(Format.RANGE.write(b, REPORT_BYTES, sequences, 0, 6, 16)).isEqualTo(6);
            assertThat(written()).isEqualTo("80cc0003aabbcc0052495354fffd0005");

            assertThat(Format.BITMASK.write(b, REPORT_BYTES, sequences, 0, 6, 16)).isEqualTo(6);
            assertThat(written()).isEqualTo("81cd000300000000aabbcc00fffd001f");
        }
    }

    @Test
    void trapT14ReadsRunsThatAPeerSplitAtTheWrap() {
        assertThat(missingIn("80cc0004 aabbcc00 52495354 fffd0002 00000002"))
                .containsExactly("missing aabbcc00 65533+2", "missing aabbcc00 0+2");
    }

    @Test
    void trapT14ReadsABitmaskOverTheWrap() {
        assertThat(missingIn("81cd0003 00000000 aabbcc00 fffe8003"))
                .containsExactly("missing aabbcc00 65534+2", "missing aabbcc00 14+0");
    }

    @Test
    void trapT14BeginsANewRecordWhenOneIsFull() {
        long[] sequences = LongStream.range(7, 7 + 65_540).toArray();

        assertThat(Format.RANGE.write(b, REPORT_BYTES, sequences, 0, 65_540, 16)).isEqualTo(65_540);

        assertThat(written()).isEqualTo("80cc0004aabbcc00524953540007ffff00070003");
    }

    @Test
    void trapT13TheSuccessorOfAnOddNumberIsTheNextOne() {
        assertThat(RequestPacking.distance(7, 8)).isEqualTo(1);
        assertThat(RequestPacking.distance(65_535, 0)).isEqualTo(1);
        assertThat(RequestPacking.distance(65_535, 65_536)).isEqualTo(1);
        assertThat(RequestPacking.distance(8, 7)).isEqualTo(65_535);
    }

    @Test
    void trapT15TellsOfAGiantRangeInOneCall() {
        assertThat(missingIn("80cc0003 aabbcc00 52495354 1234ffff"))
                .containsExactly("missing aabbcc00 4660+65535");
    }

    @Test
    void readsEveryBitmaskOverTheWrap() {
        int first = 0xFFF8;
        int[] read = new int[1];
        var collector =
                new ControlHandler() {
                    @Override
                    public void onMissing(int mediaSsrc, long from, int additional) {
                        for (int i = 0; i <= additional; i++) {
                            read[0] |= 1 << (((int) from + i - first) & 0xFFFF);
                        }
                    }
                };
        b.putLong(0, 0x80c90001_00000001L);
        b.putLong(8, 0x81cd0003_00000000L);
        for (int mask = 0; mask <= 0xFFFF; mask++) {
            b.putInt(20, (first << 16) | mask);
            read[0] = 0;

            RtcpReader.read(b, 0, 24, collector);

            assertThat(read[0]).isEqualTo((mask << 1) | 1);
        }
    }

    @Test
    void tellsOfAtMostNineRunsForOneBitmask() {
        assertThat(missingIn("81cd0003 00000000 aabbcc00 0000aaaa"))
                .hasSize(BitmaskRequest.MAX_RUNS_PER_RECORD);
    }

    @Test
    void writesAndReadsTheSequenceExtension() {
        int bytes = RtcpWriter.emptyReceiverReport(b, 0, 1);
        bytes += SequenceExtension.write(b, bytes, MEDIA, 0xFFFE);
        RangeRequest.write(b, bytes, 0, MEDIA, new long[] {0xFFFE_0005L}, 0, 1, 1);
        bytes += RtcpReader.packetBytes(b, bytes);

        assertThat(Wire.digits(b, 8, 16)).isEqualTo("81cc0003aabbcc0052495354fffe0000");
        assertThat(RtcpReader.read(b, 0, bytes, handler)).isEqualTo(Verdict.OK);
        assertThat(handler.messages())
                .containsExactly(
                        "emptyRR 00000001", "extseq aabbcc00 65534", "missing aabbcc00 5+0");
    }

    @Test
    void oneSequenceExtensionReachesAsFarAsTheUpperHalf() {
        long[] missing = {0x1_FFFE, 0x1_FFFF, 0x2_0000, 0x2_8000, 0x4_0000};

        assertThat(SequenceExtension.reach(missing, 0, 5)).isEqualTo(2);
        assertThat(SequenceExtension.reach(missing, 1, 5)).isEqualTo(2);
        assertThat(SequenceExtension.reach(missing, 2, 5)).isEqualTo(4);
        assertThat(SequenceExtension.reach(missing, 2, 3)).isEqualTo(3);
        assertThat(SequenceExtension.reach(missing, 4, 5)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void extendedRequestsAskForJustWhatIsMissing(Format format) {
        long[] missing = {0xFFFE_FFFDL, 0xFFFE_FFFEL, 0xFFFE_FFFFL, 0xFFFF_0000L, 0xFFFF_0002L};
        int at = RtcpWriter.emptyReceiverReport(b, 0, 1);
        for (int from = 0; from < missing.length; ) {
            int to = SequenceExtension.reach(missing, from, missing.length);
            at += SequenceExtension.write(b, at, MEDIA, (int) (missing[from] >>> 16));
            from += format.write(b, at, missing, from, to, 16);
            at += RtcpReader.packetBytes(b, at);
        }
        List<Long> asked = new ArrayList<>();
        var extending =
                new ControlHandler() {
                    private int high;

                    @Override
                    public void onSequenceExtension(int mediaSsrc, int upper) {
                        high = upper;
                    }

                    @Override
                    public void onMissing(int mediaSsrc, long first, int additional) {
                        for (int i = 0; i <= additional; i++) {
                            asked.add(SequenceExtension.extend(high, first) + i);
                        }
                    }
                };

        assertThat(RtcpReader.read(b, 0, at, extending)).isEqualTo(Verdict.OK);

        assertThat(asked).containsExactlyElementsOf(LongStream.of(missing).boxed().toList());
    }

    @Test
    void readsARequestWithoutRecords() {
        assertThat(missingIn("80cc0002 aabbcc00 52495354 81cd0002 00000000 aabbcc00")).isEmpty();
    }
}
