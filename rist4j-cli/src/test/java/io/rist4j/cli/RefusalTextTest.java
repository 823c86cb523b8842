package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.RistEvent;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;

class RefusalTextTest {
    private static final InetSocketAddress PEER =
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 5000);

    @Test
    void namesSizeMtuAndWhatHelps() {
        assertThat(text(RistEvent.RefusalReason.TOO_LARGE, 1500))
                .isEqualTo(
                        "7 datagrams, the last of 1496 octets to 10.0.0.2:5000 did not leave: the MTU of"
                                + " 1500 octets has room for 1472 with RIST's own headers; feed smaller"
                                + " packets (ffmpeg: pkt_size=1316), or let them be cut with"
                                + " fragment-packets=1");
    }

    @Test
    void doesNotBlameTheOwnDeviceForASmallerPath() {
        assertThat(text(RistEvent.RefusalReason.TOO_LARGE, 9000)).contains("the path takes less;");
        assertThat(text(RistEvent.RefusalReason.TOO_LARGE, 0)).contains("the path takes less;");
    }

    @Test
    void saysOfEveryReasonWhatItIs() {
        for (RistEvent.RefusalReason reason : RistEvent.RefusalReason.values()) {
            assertThat(text(reason, 0)).matches(".*did not leave: .+");
        }
    }

    private static String text(RistEvent.RefusalReason reason, int mtu) {
        return RefusalText.of(
                new RistEvent.SendRefused(PEER, reason, 1496, mtu, 7), "10.0.0.2:5000");
    }
}
