package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.session.transport.TransportMaker;

import org.jspecify.annotations.Nullable;

/**
 * One configured path.
 *
 * @param contact who speaks first
 * @param endpoint the peer's media address when dialling, the local one when listening; on Simple
 *     its port is even and the next one carries RTCP. Port 0, when listening, lets the system
 *     choose, a pair where two are needed
 * @param local when dialling, the address and port to send from; the wildcard and port 0 let the
 *     system choose. Unused when listening
 * @param weight share of the originals; 0 sends every original on this path (SMPTE 2022-7
 *     duplication)
 * @param priority requests prefer the live path of highest priority
 * @param transport makes what lies below the links, one for each of the path's sockets; null for
 *     nothing
 * @param tunnel secrets and virtual ports of the path's own, where the profile has tunnels; null
 *     for the session's. Its secrets are copied when the path is taken into use
 */
public record PathConfig(
        Contact contact,
        Endpoint endpoint,
        Endpoint local,
        int weight,
        int priority,
        @Nullable TransportMaker transport,
        @Nullable TunnelConfig tunnel) {
    /** Who speaks first. */
    public enum Contact {
        /** This end: the peer's address is configured. */
        DIAL,
        /** The peer: its address is learned. */
        LISTEN
    }

    /** Checks the weight. */
    public PathConfig {
        if (weight < 0) {
            throw new IllegalArgumentException("weight " + weight + " is below 0");
        }
    }

    /**
     * A path with nothing of its own below its links or inside its tunnel.
     *
     * @param contact who speaks first
     * @param endpoint as above
     * @param local as above
     * @param weight share of the originals
     * @param priority requests prefer the live path of highest priority
     */
    public PathConfig(
            Contact contact, Endpoint endpoint, Endpoint local, int weight, int priority) {
        this(contact, endpoint, local, weight, priority, null, null);
    }

    /**
     * A path to a configured peer, from any local address, that carries every original.
     *
     * @param peer the peer's media address
     */
    public static PathConfig dial(Endpoint peer) {
        return new PathConfig(Contact.DIAL, peer, wildcardFor(peer), 0, 0);
    }

    /**
     * A path to whoever speaks to a local address.
     *
     * @param local the media address to bind
     */
    public static PathConfig listen(Endpoint local) {
        return new PathConfig(Contact.LISTEN, local, local, 0, 0);
    }

    /**
     * This path with a transport below its links.
     *
     * @param maker makes it, for each socket
     */
    public PathConfig withTransport(TransportMaker maker) {
        return new PathConfig(contact, endpoint, local, weight, priority, maker, tunnel);
    }

    /**
     * This path with secrets and virtual ports of its own.
     *
     * @param own in place of the session's; of its keep-alive messages the session's hold
     */
    public PathConfig withTunnel(TunnelConfig own) {
        return new PathConfig(contact, endpoint, local, weight, priority, transport, own);
    }

    /**
     * This path with another share.
     *
     * @param share of the originals; 0 sends every original on this path
     */
    public PathConfig withWeight(int share) {
        return new PathConfig(contact, endpoint, local, share, priority, transport, tunnel);
    }

    /** Whether it listens on a port that the system is to choose: port 0, of no group. */
    boolean isGivenPort() {
        return contact == Contact.LISTEN && endpoint.port() == 0 && !endpoint.isMulticast();
    }

    /**
     * The unspecified address of the same family, with port 0.
     *
     * @param endpoint whose family
     */
    public static Endpoint wildcardFor(Endpoint endpoint) {
        return endpoint.isIpv4() ? Endpoint.ipv4(0, 0) : Endpoint.of(0, 0, 0, 0);
    }
}
