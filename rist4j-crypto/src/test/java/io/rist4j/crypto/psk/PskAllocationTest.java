package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.crypto.AllocationMeter;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.host.Worker;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;

class PskAllocationTest {
    private static final int BYTES = 1_344;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sealsAndOpensWithoutAllocating(boolean isDirect) {
        var secret = Passphrase.ofText("no garbage".toCharArray());
        var sender =
                new PskSender(
                        0,
                        secret,
                        PskSealing.ofBits(256),
                        new NonceHistory(),
                        new SeededOctets(1),
                        Worker.inline());
        var receiver =
                new PskReceiver(
                        secret,
                        new NonceHistory(),
                        PskReceiver.sharedBudget(),
                        Worker.inline(),
                        (nowNs, nonce) -> {});
        ByteBuffer b = isDirect ? ByteBuffer.allocateDirect(BYTES) : ByteBuffer.allocate(BYTES);
        int[] sequence = {0};

        long bytes =
                AllocationMeter.leastOf(
                        20,
                        () -> {
                            for (int i = 0; i < 1_000; i++) {
                                int nonce = sender.nonce(0, ++sequence[0]);
                                sender.seal(b, 0, BYTES);
                                receiver.open(0, b, 0, BYTES, nonce, sequence[0], true, false);
                                receiver.onRead(0, true);
                            }
                        });

        assertThat(bytes).isZero();
        assertThat(b.get(BYTES - 1)).isZero();
    }
}
