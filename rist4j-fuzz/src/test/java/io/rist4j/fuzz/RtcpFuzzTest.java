package io.rist4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.rist4j.codec.rtcp.BitmaskRequest;
import io.rist4j.codec.rtcp.RangeRequest;
import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;
import java.util.Arrays;

class RtcpFuzzTest {
    private static final String TEN_MINUTES = "10m";

    private static final int WORD_BYTES = 4;
    private static final int MAX_WORDS = 65_536;

    private static final int SOURCE_DESCRIPTION = 0x81ca_0000;
    private static final int RANGE_REQUEST = 0x80cc_0000;
    private static final int SEQUENCE_EXTENSION = 0x81cc_0000;
    private static final int ECHO_REQUEST = 0x82cc_0000;
    private static final int ECHO_RESPONSE = 0x83cc_0000;
    private static final int BITMASK_REQUEST = 0x81cd_0000;
    private static final int RIST = 0x5249_5354;

    private static final byte[] EMPTY_REPORT = words(0x80c9_0001, 7);

    private static byte[] words(int... words) {
        ByteBuffer b = ByteBuffer.allocate(WORD_BYTES * words.length);
        b.asIntBuffer().put(words);
        return b.array();
    }

    /** An RTCP packet of whole words: the given head, then the data cut to whole words. */
    private static byte[] packet(byte[] data, int... head) {
        int bodyWords = Math.min(data.length / WORD_BYTES, MAX_WORDS - head.length);
        head[0] |= head.length + bodyWords - 1;
        byte[] packet = words(head);
        int headBytes = packet.length;
        packet = Arrays.copyOf(packet, headBytes + (WORD_BYTES * bodyWords));
        System.arraycopy(data, 0, packet, headBytes, WORD_BYTES * bodyWords);
        return packet;
    }

    private static CheckingHandler read(Datagram datagram) {
        var handler = new CheckingHandler();

        Verdict verdict = RtcpReader.read(datagram.buffer(), 0, datagram.bytes(), handler);

        assertThat(verdict)
                .isIn(
                        Verdict.OK,
                        Verdict.TRUNCATED,
                        Verdict.BAD_VERSION,
                        Verdict.BAD_LENGTH,
                        Verdict.MISPLACED);
        datagram.assertUntouched();
        int words = datagram.bytes() / WORD_BYTES;
        assertThat(handler.messages()).isLessThanOrEqualTo(words);
        assertThat(handler.runs()).isLessThanOrEqualTo(words * BitmaskRequest.MAX_RUNS_PER_RECORD);
        return handler;
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void compound(byte[] data) {
        read(new Datagram(data));
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void sourceDescription(byte[] chunks) {
        if (chunks.length > 0) {
            int head = SOURCE_DESCRIPTION ^ ((chunks[0] & 0x1F) << 24);
            read(new Datagram(EMPTY_REPORT, packet(chunks, head)));
        }
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void echo(byte[] body) {
        read(
                new Datagram(
                        EMPTY_REPORT,
                        packet(body, ECHO_REQUEST, 7, RIST),
                        packet(body, ECHO_RESPONSE, 7, RIST)));
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void rangeRequest(byte[] records) {
        var datagram = new Datagram(EMPTY_REPORT, packet(records, RANGE_REQUEST, 7, RIST));

        CheckingHandler handler = read(datagram);

        int read = (datagram.bytes() - EMPTY_REPORT.length - RangeRequest.FIXED_BYTES) / WORD_BYTES;
        assertThat(handler.runs()).isEqualTo(read);
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void bitmaskRequest(byte[] records) {
        var datagram = new Datagram(EMPTY_REPORT, packet(records, BITMASK_REQUEST, 7, 8));

        CheckingHandler handler = read(datagram);

        int read =
                (datagram.bytes() - EMPTY_REPORT.length - BitmaskRequest.FIXED_BYTES) / WORD_BYTES;
        assertThat(handler.runs()).isBetween(read, read * BitmaskRequest.MAX_RUNS_PER_RECORD);
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void sequenceExtension(byte[] body) {
        read(new Datagram(EMPTY_REPORT, packet(body, SEQUENCE_EXTENSION, 7, RIST)));
    }

    /** Sequence numbers whose distances are the data's bytes come back out of what is written. */
    @FuzzTest(maxDuration = TEN_MINUTES)
    void packedRequests(byte[] distances) {
        long[] sequences = new long[distances.length];
        long next = 65_000;
        for (int i = 0; i < distances.length; i++) {
            next += 1 + (distances[i] & 0xFF);
            sequences[i] = next;
        }
        ByteBuffer b = ByteBuffer.allocate(EMPTY_REPORT.length + RangeRequest.FIXED_BYTES + 64);
        b.put(0, EMPTY_REPORT);
        for (int from = 0; from < sequences.length; ) {
            int to = sequences.length;
            int ranges = RangeRequest.write(b, EMPTY_REPORT.length, 7, 8, sequences, from, to, 16);
            assertAsks(b, sequences, from, ranges);
            int masks = BitmaskRequest.write(b, EMPTY_REPORT.length, 7, 8, sequences, from, to, 16);
            assertAsks(b, sequences, from, masks);
            from += Math.min(ranges, masks);
        }
    }

    private static void assertAsks(ByteBuffer b, long[] sequences, int from, int count) {
        int[] next = {from};
        var comparing =
                new ControlHandler() {
                    @Override
                    public void onMissing(int mediaSsrc, long first, int additional) {
                        for (int i = 0; i <= additional; i++) {
                            assertThat((first + i) & 0xFFFF)
                                    .isEqualTo(sequences[next[0]++] & 0xFFFF);
                        }
                    }
                };
        int bytes = EMPTY_REPORT.length + RtcpReader.packetBytes(b, EMPTY_REPORT.length);
        assertThat(RtcpReader.read(b, 0, bytes, comparing)).isEqualTo(Verdict.OK);
        assertThat(next[0]).isEqualTo(from + count).isGreaterThan(from);
    }
}
