package io.rist4j.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortRefusals;
import io.rist4j.net.PortStats;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class RefusalWatchTest {
    private static final Endpoint PEER = Endpoint.ipv4(0x0A000001, 5000);
    private static final Endpoint OTHER = Endpoint.ipv4(0x0A000002, 5000);

    private final List<String> told = new ArrayList<>();
    private final RefusalWatch watch =
            new RefusalWatch((to, kind, bytes, datagrams) ->
                    told.add(kind + " " + bytes + " x" + datagrams + " " + to.port()));
    private final Port port = new Port();

    private static final class Port implements DatagramPort {
        final PortRefusals refusals = new PortRefusals();

        @Override
        public PortRefusals refusals() {
            return refusals;
        }

        @Override
        public ByteBuffer sendBuffer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int claim(Endpoint to, int maxBytes) {
            return 0;
        }

        @Override
        public void commit(int bytes) {}

        @Override
        public void flush() {}

        @Override
        public int receive(int maxDatagrams) {
            return 0;
        }

        @Override
        public Endpoint localEndpoint() {
            return PEER;
        }

        @Override
        public PortStats stats() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private void refuse(PortRefusals.Kind kind, int bytes) {
        port.refusals.count(kind, 1, bytes, PEER);
    }

    @Test
    void tellsAtOnceAndThenEveryTenSecondsWithACount() {
        watch.look(0, port);
        refuse(PortRefusals.Kind.UNREACHABLE, 100);
        watch.look(1, port);
        refuse(PortRefusals.Kind.UNREACHABLE, 200);
        refuse(PortRefusals.Kind.UNREACHABLE, 300);
        watch.look(2, port);
        assertThat(told).containsExactly("UNREACHABLE 100 x1 5000");

        watch.look(1 + RefusalWatch.TELL_EVERY_NS, port);
        watch.look(1 + 2 * RefusalWatch.TELL_EVERY_NS, port);
        assertThat(told).containsExactly("UNREACHABLE 100 x1 5000", "UNREACHABLE 300 x2 5000");
    }

    @Test
    void whatIsTooLongIsNotOfferedAgainAndCounted() {
        assertThat(watch.mayLeave(PEER, 1500)).isTrue();
        refuse(PortRefusals.Kind.TOO_LARGE, 1500);
        watch.look(0, port);

        assertThat(watch.mayLeave(PEER, 1499)).isTrue();
        assertThat(watch.mayLeave(OTHER, 1500)).isTrue();
        assertThat(watch.mayLeave(PEER, 1500)).isFalse();
        for (int i = 0; i < 5; i++) {
            assertThat(watch.probes(1)).isFalse();
        }
        refuse(PortRefusals.Kind.TOO_LARGE, 1600);
        watch.look(RefusalWatch.TELL_EVERY_NS, port);
        assertThat(told).containsExactly("TOO_LARGE 1500 x1 5000", "TOO_LARGE 1600 x6 5000");
        assertThat(watch.mayLeave(PEER, 1500)).isFalse(); // the shorter one counts
    }

    @Test
    void oneASecondIsTriedForThePathMayChange() {
        refuse(PortRefusals.Kind.TOO_LARGE, 1500);
        watch.look(0, port);
        long nowNs = RefusalWatch.PROBE_EVERY_NS;

        assertThat(watch.probes(nowNs)).isTrue();
        refuse(PortRefusals.Kind.TOO_LARGE, 1500); // still too long
        watch.look(nowNs + 1, port);
        assertThat(watch.mayLeave(PEER, 1500)).isFalse();

        nowNs += 1 + RefusalWatch.PROBE_EVERY_NS;
        assertThat(watch.probes(nowNs)).isTrue();
        watch.look(nowNs + 1, port); // not sent yet
        watch.look(nowNs + RefusalWatch.PROBE_EVERY_NS / 2, port);
        assertThat(watch.mayLeave(PEER, 1500)).isTrue();
    }

    @Test
    void anotherSocketOfThePathBeginsAnew() {
        refuse(PortRefusals.Kind.TOO_LARGE, 1500);
        watch.look(0, port);
        watch.look(1, new Port());

        assertThat(watch.mayLeave(PEER, 1500)).isTrue();
    }
}
