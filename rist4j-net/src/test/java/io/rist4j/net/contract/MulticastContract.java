package io.rist4j.net.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.PortProvider;
import io.rist4j.net.PortSpec;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.NetworkInterface;

/**
 * IPv4 multicast of one kind of port, on the loopback interface; the rest needs a real one, see
 * {@link PrivateNetworkContract}.
 */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
public abstract class MulticastContract {
    private static final Endpoint IPV4 = Endpoint.ipv4(0x7F000001, 0);
    private static final Endpoint GROUP_IPV4 = Endpoint.ipv4(0xEFFF_4A01, 0);
    private static final Endpoint SOURCE_GROUP = Endpoint.ipv4(0xE801_4A01, 0);

    private final PortProvider provider;
    private PortRig rig;
    private String loopback = "";

    /**
     * @param provider the kind of port under test
     */
    protected MulticastContract(PortProvider provider) {
        this.provider = provider;
        rig = new PortRig(provider);
    }

    @BeforeEach
    void openRig() throws IOException {
        rig.close();
        rig = new PortRig(provider);
        loopback =
                NetworkInterface.networkInterfaces()
                        .filter(MulticastContract::isLoopback)
                        .map(NetworkInterface::getName)
                        .findFirst()
                        .orElse("");
        Assumptions.assumeFalse(loopback.isEmpty(), "no loopback interface");
    }

    private static boolean isLoopback(NetworkInterface candidate) {
        try {
            return candidate.isUp() && candidate.isLoopback();
        } catch (IOException unknown) {
            return false;
        }
    }

    @AfterEach
    void closeRig() {
        rig.close();
    }

    private PortSpec spec(Endpoint local, @Nullable Endpoint source, boolean loop) {
        return new PortSpec(
                local,
                loopback,
                source,
                0,
                loop,
                true,
                PortSpec.DEFAULT_RECEIVE_BUFFER_BYTES,
                PortSpec.DEFAULT_SEND_BUFFER_BYTES,
                false);
    }

    /** Joins a group on a port that is free. */
    private PortRig.RigPort join(Endpoint group, @Nullable Endpoint source) throws IOException {
        var free = rig.open(PortSpec.bind(IPV4));
        int port = free.port.localEndpoint().port();
        free.port.close();
        return rig.open(spec(group.withPort(port), source, true));
    }

    @Test
    void everyMemberOfAGroupReceives() throws IOException {
        var first = join(GROUP_IPV4, null);
        var second = rig.open(spec(group(first, GROUP_IPV4), null, true));
        var sender = rig.open(spec(IPV4, null, true));
        for (int i = 0; i < 20; i++) {
            sender.write(group(first, GROUP_IPV4), 1328, i);
        }
        sender.port.flush();
        rig.awaitReceived(first, 20);
        rig.awaitReceived(second, 20);
        for (int i = 0; i < 20; i++) {
            assertThat(second.received.get(i).bytes()).isEqualTo(PortRig.payload(1328, i));
        }
        assertThat(first.received.get(0).from()).isEqualTo(sender.port.localEndpoint());
    }

    /** The group with the port that its member is bound to. */
    private static Endpoint group(PortRig.RigPort member, Endpoint group) {
        return group.withPort(member.port.localEndpoint().port());
    }

    @Test
    void takesOneSourceOnlyWhenAsked() throws IOException {
        Endpoint wanted = Endpoint.ipv4(0x7F000002, 0);
        Endpoint other = Endpoint.ipv4(0x7F000003, 0);
        var member = join(SOURCE_GROUP, wanted);
        var from = rig.open(spec(wanted, null, true));
        var stranger = rig.open(spec(other, null, true));
        for (int i = 0; i < 3; i++) {
            stranger.send(group(member, SOURCE_GROUP), 100, 10 + i);
            from.send(group(member, SOURCE_GROUP), 100, i);
        }
        rig.awaitReceived(member, 3);
        rig.readAll(member);
        assertThat(member.seeds(100)).containsExactly(0, 1, 2);
    }

    @Test
    void takesNothingOfAnotherGroup() throws IOException {
        var member = join(GROUP_IPV4, null);
        Endpoint otherGroup = Endpoint.ipv4(0xEFFF_4A02, 0);
        rig.open(spec(group(member, otherGroup), null, true));
        var sender = rig.open(spec(IPV4, null, true));
        sender.send(group(member, otherGroup), 100, 1);
        sender.send(group(member, GROUP_IPV4), 100, 2);
        rig.awaitReceived(member, 1);
        rig.readAll(member);
        assertThat(member.seeds(100)).containsExactly(2);
    }

    @Test
    void aMemberBoundToEveryAddressHearsItsGroupAndWhatIsSaidToThisHost() throws IOException {
        var group = join(GROUP_IPV4, null);
        Endpoint wanted = group(group, GROUP_IPV4);
        Endpoint otherGroup = Endpoint.ipv4(0xEFFF_4A02, wanted.port());
        var member =
                rig.open(
                        new PortSpec(
                                Endpoint.ipv4(0, wanted.port()),
                                wanted,
                                loopback,
                                null,
                                0,
                                true,
                                true,
                                PortSpec.DEFAULT_RECEIVE_BUFFER_BYTES,
                                PortSpec.DEFAULT_SEND_BUFFER_BYTES,
                                false));
        rig.open(spec(otherGroup, null, true));
        var sender = rig.open(spec(IPV4, null, true));
        sender.send(otherGroup, 100, 1);
        sender.send(wanted, 100, 2);
        sender.send(IPV4.withPort(wanted.port()), 100, 3);
        rig.awaitReceived(member, 2);
        rig.readAll(member);
        assertThat(member.seeds(100)).containsExactly(2, 3);
    }

    @Test
    void namesAnInterfaceThatDoesNotExist() {
        var spec =
                new PortSpec(
                        GROUP_IPV4.withPort(5004),
                        "nosuch0",
                        null,
                        -1,
                        true,
                        true,
                        65536,
                        65536,
                        false);
        assertThatThrownBy(() -> rig.open(spec))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nosuch0");
    }

    @Test
    void findsTheInterfaceByItsAddress() throws IOException {
        loopback = "127.0.0.1";
        var member = join(GROUP_IPV4, null);
        var sender = rig.open(spec(IPV4, null, true));
        sender.send(group(member, GROUP_IPV4), 100, 3);
        rig.awaitReceived(member, 1);
    }
}
