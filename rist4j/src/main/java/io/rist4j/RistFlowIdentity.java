package io.rist4j;

import io.rist4j.session.FlowIdentity;

import java.net.InetSocketAddress;

/**
 * Whose flow it is, as far as that was known when its first packet came. Immutable, and made by
 * this library only; later versions may tell more.
 */
public final class RistFlowIdentity {
    private final FlowIdentity identity;
    private final InetSocketAddress peer;

    private RistFlowIdentity(FlowIdentity identity) {
        this.identity = identity;
        peer = Addresses.socketAddress(identity.peer());
    }

    static RistFlowIdentity of(FlowIdentity identity) {
        return new RistFlowIdentity(identity);
    }

    /** The flow id: the media's SSRC with bit 0 clear. */
    public int flowId() {
        return identity.flowId();
    }

    /** The address that it came from first. */
    public InetSocketAddress peer() {
        return peer;
    }

    /** The peer's canonical name, printable; empty when it has not said. Anybody can claim any. */
    public String cname() {
        return identity.canonicalName();
    }

    /**
     * The user name that the peer proved by EAP-SRP; empty without authentication. Packets of other
     * users are not added to the flow.
     */
    public String user() {
        return identity.user();
    }

    /** Where the media says it comes from inside a tunnel; 0 on the Simple profile. */
    public int virtualSourcePort() {
        return identity.virtualSourcePort();
    }

    /** Where the media goes inside a tunnel; 0 on the Simple profile. */
    public int virtualDestinationPort() {
        return identity.virtualDestinationPort();
    }

    /** Whether it is the same in every respect. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RistFlowIdentity that && identity.equals(that.identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    /** Flow id, peer and names, for people, and open to change. */
    @Override
    public String toString() {
        return "RistFlowIdentity[0x"
                + Integer.toHexString(flowId())
                + " of "
                + peer
                + ", cname '"
                + cname()
                + "', user '"
                + user()
                + "', virtual ports "
                + virtualSourcePort()
                + " to "
                + virtualDestinationPort()
                + "]";
    }
}
