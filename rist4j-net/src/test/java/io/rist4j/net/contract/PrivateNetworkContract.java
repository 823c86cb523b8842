package io.rist4j.net.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.Map;

/**
 * What needs an interface other than loopback: {@link PrivateNetworkTrials} in a network namespace
 * of their own, with a pair of virtual Ethernet devices. Skipped where none can be made.
 */
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(TooSlowHere.class)
public abstract class PrivateNetworkContract {
    private static final String SETUP =
            """
            set -e
            ip link set lo up
            ip link add v0 type veth peer name v1
            ip link set v1 up
            ip link set v0 mtu 1400 up
            ip addr add 10.9.0.1/24 dev v0
            ip addr add 10.9.0.2/24 dev v0
            ip -6 addr add fd09::1/64 dev v0 nodad
            ip -6 addr add fd09::2/64 dev v0 nodad
            ip neigh add 10.9.0.7 lladdr 02:00:00:00:00:01 dev v0 nud permanent
            """;

    private final String providerClass;
    private Map<String, String> results = Map.of();

    /**
     * @param providerClass name of the class of the provider under test
     */
    protected PrivateNetworkContract(String providerClass) {
        this.providerClass = providerClass;
    }

    @BeforeAll
    void runTrials() throws Exception {
        var network = new PrivateNetwork(SETUP);
        network.assumeItCanBeMade();
        results = network.trials(List.of(), PrivateNetworkTrials.class, providerClass);
    }

    /**
     * Fails with what a trial said, when it was not content.
     *
     * @param trial its name
     */
    protected final void assertPassed(String trial) {
        assertThat(results).containsEntry(trial, "ok");
    }

    @Test
    void takesOneIpv4SourceOnlyWhenAsked() {
        assertPassed("ipv4-source");
    }

    @Test
    void takesOneIpv6SourceOnlyWhenAsked() {
        assertPassed("ipv6-source");
    }

    @Test
    void everyMemberOfAnIpv6GroupReceives() {
        assertPassed("ipv6-group");
    }

    @Test
    void keepsOwnMulticastFromThisHostWhenAsked() {
        assertPassed("loopback-off");
    }

    @Test
    void refusesDatagramsBeyondTheMtuWhenTheyMustNotBeFragmented() {
        assertPassed("mtu-whole");
    }

    @Test
    void sendsDatagramsBeyondTheMtuInFragmentsWhenTheyMay() {
        assertPassed("mtu-fragments");
    }
}
