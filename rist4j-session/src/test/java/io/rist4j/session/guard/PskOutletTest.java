package io.rist4j.session.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Random;

/** What goes out, under which secret and from which of its datagrams on. */
class PskOutletTest {
    private static final PskSealing SEALING = PskSealing.ofBits(256);

    private final GrePacket packet = new GrePacket();
    private int derived;
    private final TunnelSecurity security =
            new TunnelSecurity(
                    SecurityConfig.NONE,
                    (nowNs, computation) -> {
                        derived++;
                        computation.compute();
                        computation.onComputed(nowNs);
                    },
                    new Random(3)::nextBytes);
    private final PskOutlet outlet = new PskOutlet(security);

    private static Passphrase text(String text) {
        return Passphrase.ofText(text.toCharArray());
    }

    private ByteBuffer write(boolean inClear) {
        var b = ByteBuffer.allocate(64);
        int type = inClear ? ProtocolTypes.EAPOL : ProtocolTypes.REDUCED_OVERHEAD;
        int head = outlet.begin(0, b, 0, 1, type, inClear);
        b.putInt(head, 0x47474747);
        int bytes = outlet.end(b, 0, head + 4);
        assertThat(GreHeader.read(b, 0, bytes, packet)).isEqualTo(Verdict.OK);
        return ByteBuffer.allocate(bytes).put(0, b, 0, bytes);
    }

    /** Whether what it writes now opens under a secret, and under none. */
    private boolean isUnder(String secret) {
        ByteBuffer b = write(false);
        var intake =
                new PskIntake(
                        new TunnelSecurity(
                                SecurityConfig.NONE,
                                (nowNs, computation) -> {
                                    computation.compute();
                                    computation.onComputed(nowNs);
                                },
                                new Random(4)::nextBytes),
                        0,
                        new QuietSink());
        intake.expect(0, text(secret), false);
        return intake.open(0, 0, packet, b, 0, b.capacity()) == Verdict.OK
                && b.getInt(packet.bodyAt) == 0x47474747;
    }

    @Test
    void withoutASecretEverythingGoesInClearUnderOneSequence() {
        assertThat(outlet.isSealing()).isFalse();
        assertThat(outlet.isOdd()).isFalse();
        for (int sequence = 0; sequence < 4; sequence++) {
            ByteBuffer b = write(sequence % 2 == 0);
            assertThat(packet.isEncrypted()).isFalse();
            assertThat(packet.sequence).isEqualTo(sequence);
            assertThat(b.getInt(packet.bodyAt)).isEqualTo(0x47474747);
        }
        outlet.change(0, text("one"));
        assertThat(outlet.isSealing()).isFalse();
    }

    @Test
    void underASecretAllButTheProofIsSealed() {
        outlet.sealUnder(0, text("one"), SEALING);
        assertThat(outlet.isSealing()).isTrue();
        write(true);
        assertThat(packet.isEncrypted()).isFalse();
        assertThat(isUnder("one")).isTrue();
        assertThat(packet.isEncrypted()).isTrue();
        assertThat(packet.sequence).isEqualTo(1);
        assertThat(packet.longKey).isTrue();
        assertThat(security.ownNonces().contains(packet.nonce)).isTrue();
        assertThat(isUnder("another")).isFalse();
        assertThat(packet.sequence).isEqualTo(2);
    }

    @Test
    void whatIsSealedWhenNeededDerivesNothingBefore() {
        outlet.sealWhenNeeded(text("one"), true);
        assertThat(outlet.isSealing()).isTrue();
        assertThat(outlet.isOdd()).isTrue();
        write(true);
        assertThat(packet.isEncrypted()).isFalse();
        assertThat(derived).isZero();
        assertThat(isUnder("one")).isTrue();
        assertThat(packet.nonce).as("of the odd slot").isNegative();
        assertThat(derived).isPositive();
        assertThat(outlet.isOdd()).isTrue();
        assertThat(isUnder("one")).isTrue();
    }

    @Test
    void itMayBeTheEvenSlotToo() {
        outlet.sealWhenNeeded(text("one"), false);
        assertThat(outlet.isOdd()).isFalse();
        write(false);
        assertThat(packet.nonce).isPositive();
        assertThat(outlet.isOdd()).isFalse();
    }

    @Test
    void aChangeBeforeTheFirstDatagramChangesTheSlotToo() {
        outlet.sealWhenNeeded(text("one"), false);
        outlet.change(0, text("two"));
        assertThat(outlet.isOdd()).isTrue();
        assertThat(derived).isZero();
        assertThat(isUnder("two")).isTrue();
        assertThat(packet.nonce).isNegative();
    }

    @Test
    void anotherSecretTakesThePlaceOfTheOneThatIsAwaited() {
        outlet.sealWhenNeeded(text("one"), false);
        outlet.sealUnder(0, text("two"), SEALING);
        assertThat(isUnder("two")).isTrue();
        assertThat(outlet.isUnderOther(text("two"))).isFalse();
        assertThat(outlet.isUnderOther(text("one"))).isTrue();
    }

    @Test
    void aSecretMayBeChangedWithinItsSlotAndWithIt() {
        outlet.sealUnder(0, text("one"), SEALING);
        assertThat(isUnder("one")).isTrue();
        outlet.sealUnder(0, text("two"), SEALING);
        assertThat(isUnder("two")).isTrue();
        assertThat(outlet.isOdd()).isFalse();
        outlet.change(0, text("three"));
        assertThat(outlet.isOdd()).isTrue();
        assertThat(isUnder("three")).isTrue();
        assertThat(packet.nonce).isNegative();
    }

    @Test
    void onceClosedItSealsNothing() {
        outlet.sealUnder(0, text("one"), SEALING);
        outlet.close();
        assertThat(outlet.isSealing()).isFalse();
        outlet.sealWhenNeeded(text("one"), true);
        outlet.close();
        assertThat(outlet.isSealing()).isFalse();
        assertThat(outlet.isUnderOther(text("two"))).isFalse();
    }
}
