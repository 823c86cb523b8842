package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import io.rist4j.core.address.Endpoint;
import io.rist4j.host.SessionHost;
import io.rist4j.host.SocketOptions;
import io.rist4j.session.PathConfig;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Paths that come and go while a stream runs, with their sockets. */
@Timeout(120)
class HostPathsTest {
    private static final SocketOptions OPTIONS = new SocketOptions(null, null, -1, false, false);
    private int sent;
    private int received;

    private static <T> T onPump(HandleCore core, Callable<T> action) throws Exception {
        var task = new FutureTask<>(action);
        core.pump().execute(core.host(), task);
        return task.get();
    }

    private void stream(RistSender tx, RistReceiver rx) throws Exception {
        for (int i = 0; i < 50; i++) {
            tx.send(ByteBuffer.allocate(100).putInt(0, sent++));
        }
        while (received < sent) {
            RistBlock block = requireNonNull(rx.receiveBlock(PATIENCE));
            assertThat(block.payload().getInt(block.payload().position())).isEqualTo(received++);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "main"})
    void oneIsAddedAndTheOtherRemoved(String profile) throws Exception {
        String query = "?buffer=200&profile=" + profile;
        int second = FreePorts.evenPort();
        try (RistReceiver rx =
                RistReceiver.listen(
                        "rist://@127.0.0.1:0" + query, "rist://@127.0.0.1:" + second + query)) {
            try (RistSender tx =
                    RistSender.dial("rist://127.0.0.1:" + rx.localAddress().getPort() + query)) {
                tx.awaitConnected(PATIENCE);
                stream(tx, rx);
                HandleCore core = tx.core();
                SessionHost host = core.host();
                PathConfig path = PathConfig.dial(Endpoint.ipv4(0x7F000001, second));
                int added = onPump(core, () -> host.addPath(path, OPTIONS));
                assertThat(added).isEqualTo(1);
                Await.until("both are there", () -> rx.stats().paths().size() == 2);
                stream(tx, rx);
                int ports = host.ports().size();

                onPump(
                        core,
                        () -> {
                            host.removePath(0);
                            return 0;
                        });
                stream(tx, rx);
                assertThat(tx.stats().paths()).hasSize(1);
                assertThat(tx.stats().sentPackets()).isEqualTo(150);
                assertThat(tx.isConnected()).isTrue();

                assertThat(onPump(core, () -> host.addPath(path, OPTIONS))).isZero();
                assertThat(host.ports()).hasSize(ports);
            }
        }
    }
}
