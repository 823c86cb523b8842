package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** Only one of the two ends has users: both say so, once, instead of being silent. */
class OneSidedUsersTest {
    private final MainNet net = new MainNet();

    private void open(Role callers, Protection listening, Protection calling) {
        net.listener(MainNet.other(callers), listening);
        net.dialler(callers, calling, 0x1000, MainNet.DIALLER);
    }

    private List<EapRefusal> listenersRefusals() {
        return refusals(net.hosts.get(0));
    }

    private List<EapRefusal> callersRefusals() {
        return refusals(net.hosts.get(1));
    }

    private static List<EapRefusal> refusals(Host host) {
        return host.events(SessionEvent.AuthenticationFailed.class).stream()
                .map(SessionEvent.AuthenticationFailed::reason)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aCallerWithoutAUserIsAskedForOne(Role callers) {
        open(callers, Protection.SRP, Protection.CLEAR);

        net.run(1_900);
        assertThat(listenersRefusals()).as("a proof may come yet").isEmpty();
        net.run(3_000);

        assertThat(listenersRefusals()).containsExactly(EapRefusal.NOT_OFFERED);
        assertThat(callersRefusals()).containsExactly(EapRefusal.NOT_CONFIGURED);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aCallerWithAUserIsNotAskedForHim(Role callers) {
        open(callers, Protection.CLEAR, Protection.SRP);

        net.run(5_000);

        assertThat(listenersRefusals()).containsExactly(EapRefusal.NOT_CONFIGURED);
        assertThat(callersRefusals()).containsExactly(EapRefusal.NOT_OFFERED);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whereBothHaveThemNothingIsTold(Role callers) {
        open(callers, Protection.SRP, Protection.SRP);

        net.run(5_000);

        assertThat(listenersRefusals()).isEmpty();
        assertThat(callersRefusals()).isEmpty();
    }
}
