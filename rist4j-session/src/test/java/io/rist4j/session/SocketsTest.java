package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

/** Sockets are found by what they are for, wherever they stand in the list. */
class SocketsTest {
    private static final Endpoint HERE = Endpoint.ipv4(0x0A000001, 5_000);
    private static final Set<SocketRole> MEDIA = Set.of(SocketRole.MEDIA);
    private static final Set<SocketRole> CONTROL = Set.of(SocketRole.CONTROL);

    private static SocketSpec spec(int path, Set<SocketRole> roles) {
        return new SocketSpec(path, roles, HERE, -1, HERE);
    }

    @Test
    void pathsMayHaveDifferentNumbersOfSocketsInAnyOrder() {
        var sockets = new Sockets();
        sockets.add(
                List.of(spec(1, CONTROL), spec(0, SocketSpec.MEDIA_AND_CONTROL), spec(1, MEDIA)));

        assertThat(sockets.of(0, SocketRole.MEDIA)).isEqualTo(1);
        assertThat(sockets.of(0, SocketRole.CONTROL)).isEqualTo(1);
        assertThat(sockets.of(1, SocketRole.MEDIA)).isEqualTo(2);
        assertThat(sockets.of(1, SocketRole.CONTROL)).isZero();
        assertThat(sockets.pathOf(2)).isEqualTo(1);
    }

    @Test
    void aPathWithoutASocketForARoleIsAMistake() {
        var sockets = new Sockets();
        sockets.add(List.of(spec(0, MEDIA)));

        assertThatThrownBy(() -> sockets.of(0, SocketRole.CONTROL))
                .hasMessage("path 0 has no socket for CONTROL");
        assertThatThrownBy(() -> spec(3, Set.of())).hasMessage("a socket of path 3 has no role");
    }

    @Test
    void placesOfAPathThatIsGoneAreGivenOutAgain() {
        var sockets = new Sockets();
        var follower = new SocketSpec(1, CONTROL, HERE, 0, HERE);
        sockets.add(List.of(spec(0, MEDIA), new SocketSpec(0, CONTROL, HERE, 0, HERE)));
        sockets.add(List.of(spec(1, MEDIA), follower));
        assertThat(sockets.specs().get(3).follows()).isEqualTo(2);
        sockets.remove(0);
        assertThat(sockets.pathOf(0)).isEqualTo(SocketSpec.NO_PATH);
        assertThat(sockets.of(1, SocketRole.MEDIA)).isEqualTo(2);

        sockets.add(List.of(spec(2, MEDIA), new SocketSpec(2, CONTROL, HERE, 0, HERE)));
        assertThat(sockets.of(2, SocketRole.CONTROL)).isEqualTo(1);
        assertThat(sockets.specs()).hasSize(4);
        sockets.remove(1);
        sockets.add(List.of(spec(3, MEDIA), spec(3, CONTROL), spec(3, CONTROL)));
        assertThat(sockets.of(3, SocketRole.MEDIA)).isEqualTo(2);
        assertThat(sockets.specs()).hasSize(5);
    }
}
