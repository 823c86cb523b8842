package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.session.MainNet.Protection;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A transport below the links, which know nothing of it, on every profile and for both roles. */
class DatagramTransportTest {
    private static final int PACKETS = 1_500;

    private final List<ToyTransport> transports = new ArrayList<>();

    private SessionConfig config(
            Profile profile, Role role, String name, PathConfig path, Protection protection) {
        PathConfig carried =
                path.withTransport(outlet -> {
                    var transport = new ToyTransport(outlet);
                    transports.add(transport);
                    return transport;
                });
        boolean isDialling = path.contact() == PathConfig.Contact.DIAL;
        return SessionConfig.of(profile, role, name, List.of(carried))
                .withTunnel(TunnelConfig.of(protection.of(isDialling)));
    }

    @ParameterizedTest
    @CsvSource({
        "SIMPLE, SENDER, CLEAR, 2",
        "SIMPLE, RECEIVER, CLEAR, 2",
        "MAIN, SENDER, CLEAR, 1",
        "MAIN, RECEIVER, CLEAR, 1",
        "MAIN, SENDER, PSK, 1",
        "MAIN, RECEIVER, PSK_AND_SRP, 1",
        "MAIN, SENDER, SRP, 1",
    })
    void everythingPassesThroughIt(
            Profile profile, Role dialler, Protection protection, int sockets) {
        Role listener = dialler == Role.SENDER ? Role.RECEIVER : Role.SENDER;
        var ends =
                new TwoEnds(
                        config(
                                profile,
                                dialler,
                                "alice",
                                PathConfig.dial(TwoEnds.LISTENER),
                                protection),
                        config(
                                profile,
                                listener,
                                "bob",
                                PathConfig.listen(TwoEnds.LISTENER),
                                protection));
        assertThat(transports).hasSize(2 * sockets);
        var random = new SplittableRandom(7);
        int[] first = {0};
        ends.loss =
                (fromDialler, datagram) -> {
                    if (datagram.octet(0) == ToyTransport.HELLO) {
                        return first[0]++ < sockets; // the greeting has to be repeated
                    }
                    return random.nextInt(10) == 0;
                };
        ends.start();
        ends.runUntil(1_500 * TwoEnds.MS);
        for (int i = 0; i < PACKETS; i++) {
            ends.send(ByteBuffer.allocate(188).putInt(0, i));
            ends.runUntil(ends.nowNs + 2 * TwoEnds.MS);
        }
        ends.runUntil(ends.nowNs + 2_000 * TwoEnds.MS);

        assertThat(transports.get(0).hellos).isEqualTo(2);
        assertThat(ends.seen).allMatch(seen -> isOfTransport(seen.datagram()));
        int flow = ends.sender().sending().flow(0).flowId();
        List<Integer> delivered =
                Objects.requireNonNull(ends.receiverSink().numbersByFlow.get(flow));
        // what was lost before the stream's first packet that came cannot be missed
        int from = delivered.getFirst();
        assertThat(from).isLessThan(40);
        assertThat(delivered).isEqualTo(IntStream.range(from, PACKETS).boxed().toList());
        assertThat(ends.sender().sending().flow(0).counters().retransmitted()).isPositive();

        ends.sender().close(ends.nowNs);
        ends.receiver().close(ends.nowNs);
        assertThat(transports).allMatch(transport -> transport.isClosed);
    }

    private static boolean isOfTransport(RecordingSink.Datagram datagram) {
        return datagram.length() == 1 || datagram.octet(0) == ToyTransport.DATA;
    }

    @ParameterizedTest
    @CsvSource({"SIMPLE", "MAIN"})
    void whatItRefusesIsCountedAndGoesNoFurther(Profile profile) {
        var ends =
                new TwoEnds(
                        config(
                                profile,
                                Role.SENDER,
                                "alice",
                                PathConfig.dial(TwoEnds.LISTENER),
                                Protection.CLEAR),
                        config(
                                profile,
                                Role.RECEIVER,
                                "bob",
                                PathConfig.listen(TwoEnds.LISTENER),
                                Protection.CLEAR));
        ends.start();
        ends.runUntil(500 * TwoEnds.MS);
        Session receiver = ends.receiver();
        assertThat(receiver.counters().datagrams(Verdict.HANDSHAKE)).isPositive();
        assertThat(receiver.counters().datagrams(Verdict.NOT_ENCRYPTED)).isZero();

        var plain = ByteBuffer.allocate(40).put(0, (byte) 0x80);
        assertThat(receiver.onDatagram(ends.nowNs, ends.nowNs, 0, TwoEnds.DIALLER, plain, 0, 40))
                .isEqualTo(Verdict.NOT_ENCRYPTED);
        var strange = ByteBuffer.allocate(40).put(0, (byte) ToyTransport.DATA);
        Endpoint stranger = TwoEnds.DIALLER.withPort(9);
        assertThat(receiver.onDatagram(ends.nowNs, ends.nowNs, 0, stranger, strange, 0, 40))
                .isEqualTo(Verdict.UNAUTHENTICATED);
        assertThat(receiver.counters().datagrams(Verdict.NOT_ENCRYPTED)).isEqualTo(1);
        assertThat(receiver.counters().datagrams(Verdict.UNAUTHENTICATED)).isEqualTo(1);
    }
}
