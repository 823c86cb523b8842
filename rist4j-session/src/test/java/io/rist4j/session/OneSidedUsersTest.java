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

    private static List<EapRefusal> refusals(Host host) {
        return host.events(SessionEvent.AuthenticationFailed.class).stream()
                .map(SessionEvent.AuthenticationFailed::reason)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aCallerWithoutAUserIsAskedForOne(Role callers) {
        Role listeners = callers == Role.SENDER ? Role.RECEIVER : Role.SENDER;
        Host listener = net.listener(listeners, Protection.SRP);
        Host caller = net.dialler(callers, Protection.CLEAR, 0x1000, MainNet.DIALLER);

        net.run(1_900);
        assertThat(refusals(listener)).as("a proof may come yet").isEmpty();
        net.run(3_000);

        assertThat(refusals(listener)).containsExactly(EapRefusal.NOT_OFFERED);
        assertThat(refusals(caller)).containsExactly(EapRefusal.NOT_CONFIGURED);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aCallerWithAUserIsNotAskedForHim(Role callers) {
        Role listeners = callers == Role.SENDER ? Role.RECEIVER : Role.SENDER;
        Host listener = net.listener(listeners, Protection.CLEAR);
        Host caller = net.dialler(callers, Protection.SRP, 0x1000, MainNet.DIALLER);

        net.run(5_000);

        assertThat(refusals(listener)).containsExactly(EapRefusal.NOT_CONFIGURED);
        assertThat(refusals(caller)).containsExactly(EapRefusal.NOT_OFFERED);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whereBothHaveThemNothingIsTold(Role callers) {
        Role listeners = callers == Role.SENDER ? Role.RECEIVER : Role.SENDER;
        Host listener = net.listener(listeners, Protection.SRP);
        Host caller = net.dialler(callers, Protection.SRP, 0x1000, MainNet.DIALLER);

        net.run(5_000);

        assertThat(refusals(listener)).isEmpty();
        assertThat(refusals(caller)).isEmpty();
    }
}
