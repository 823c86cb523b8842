package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.flow.SenderFlowConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Senders that tell 32 bits of their sequence numbers. */
class ExtendedSequenceTest {
    private static final long FIRST = 0x7_FFF0L;

    private static TwoEnds ends(Profile profile) {
        SessionConfig sender =
                config(profile, Role.SENDER, "alice", PathConfig.dial(TwoEnds.LISTENER))
                        .withSender(SenderFlowConfig.builder().sequenceBits(32).build())
                        .withMedia(
                                new MediaConfig(false, MediaConfig.DEFAULT.deletionRule(), true));
        return new TwoEnds(
                sender,
                config(profile, Role.RECEIVER, "bob", PathConfig.listen(TwoEnds.LISTENER)),
                FIRST);
    }

    private static SessionConfig config(Profile profile, Role role, String name, PathConfig path) {
        return SessionConfig.of(profile, role, name, List.of(path));
    }

    @ParameterizedTest
    @EnumSource(names = {"SIMPLE", "MAIN"})
    void arriveWholeAndAreAskedForWhole(Profile profile) {
        var random = new Random(31);
        TwoEnds ends = ends(profile);
        ends.loss = (fromDialler, datagram) -> random.nextInt(100) < 20;
        ends.start();
        ends.runUntil(1_000 * TwoEnds.MS);
        for (int i = 0; i < 500; i++) {
            ends.send(ByteBuffer.allocate(188).putInt(0, i));
            ends.runUntil(ends.nowNs + 2 * TwoEnds.MS);
        }
        ends.runUntil(ends.nowNs + 1_500 * TwoEnds.MS);

        var expected = new ArrayList<Long>();
        for (long sequence = FIRST; expected.size() < 500; sequence++) {
            expected.add(sequence);
        }
        assertThat(ends.listenerSink.delivered).isEqualTo(expected);
        assertThat(ends.seen)
                .filteredOn(seen -> !seen.fromDialler() && tellsUpperHalf(seen.datagram().bytes()))
                .isNotEmpty();
    }

    /** Whether an EXTSEQ message of an upper half 7 or 8 is in there. */
    private static boolean tellsUpperHalf(ByteBuffer bytes) {
        for (int at = 0; at + 16 <= bytes.limit(); at++) {
            boolean isExtension =
                    bytes.getInt(at) == 0x81CC_0003 && bytes.getInt(at + 8) == 0x5249_5354;
            if (isExtension && (bytes.getShort(at + 12) == 7 || bytes.getShort(at + 12) == 8)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aRequestOfSixteenBitsFindsTheNearestPacket() {
        TwoEnds ends = ends(Profile.MAIN);
        ends.start();
        ends.runUntil(300 * TwoEnds.MS);
        for (int i = 0; i < 40; i++) {
            ends.send(ByteBuffer.allocate(188).putInt(0, i));
        }
        long before = ends.dialler.sending().flow(0).counters().retransmitted();
        ByteBuffer request = Frames.request(1, 0x5551, 0x1000, (int) FIRST & 0xFFFF, 19);
        ends.dialler.onDatagram(
                ends.nowNs, ends.nowNs, 0, TwoEnds.LISTENER, request, 0, request.limit());

        assertThat(ends.dialler.sending().flow(0).counters().retransmitted() - before)
                .isEqualTo(20);
    }

    @Test
    void moreBitsThanAreToldAreRefused() {
        SessionConfig config =
                config(Profile.MAIN, Role.SENDER, "alice", PathConfig.dial(TwoEnds.LISTENER))
                        .withSender(SenderFlowConfig.builder().sequenceBits(32).build());
        assertThatThrownBy(() ->
                        Session.assemble(
                                config,
                                new SessionIdentity(0x1000, 0, 1),
                                TwoEnds.services(1),
                                new RecordingSink()))
                .hasMessageContaining("sequenceBits 32 does not fit extendedSequence false");
    }
}
