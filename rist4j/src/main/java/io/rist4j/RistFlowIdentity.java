package io.rist4j;

import io.rist4j.session.FlowIdentity;

import java.net.InetSocketAddress;

/**
 * Whose flow it is, as far as that was known when its first packet came.
 *
 * @param flowId the flow id: the media's SSRC with bit 0 clear
 * @param peer the address that it came from first
 * @param cname the peer's canonical name, printable; empty when it has not said. Anybody can claim
 *     any
 * @param user the user name that the peer proved by EAP-SRP; empty without authentication. Packets
 *     of other users are not added to the flow
 * @param virtualSourcePort where the media says it comes from inside a tunnel; 0 on the Simple
 *     profile
 * @param virtualDestinationPort where the media goes inside a tunnel; 0 on the Simple profile
 */
public record RistFlowIdentity(
        int flowId,
        InetSocketAddress peer,
        String cname,
        String user,
        int virtualSourcePort,
        int virtualDestinationPort) {
    static RistFlowIdentity of(FlowIdentity identity) {
        return new RistFlowIdentity(
                identity.flowId(),
                Addresses.socketAddress(identity.peer()),
                identity.canonicalName(),
                identity.user(),
                identity.virtualSourcePort(),
                identity.virtualDestinationPort());
    }
}
