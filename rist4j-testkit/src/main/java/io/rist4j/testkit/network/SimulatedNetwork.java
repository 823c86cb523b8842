package io.rist4j.testkit.network;

import io.rist4j.core.address.Endpoint;
import io.rist4j.testkit.link.InFlight;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.link.LinkModel;
import io.rist4j.testkit.link.SeededRandom;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts' addresses joined by links. A datagram goes from one address to another along the link that
 * joins them, whatever the ports; each direction of a link is a {@link LinkModel} of its own. Not
 * thread-safe.
 */
public final class SimulatedNetwork {
    private static final int MOST_BYTES_IN_FLIGHT = 1 << 30;

    private final VirtualClock clock;
    private final SeededRandom seeds;
    private final InFlight inFlight = new InFlight(MOST_BYTES_IN_FLIGHT, false);
    private final List<Link> links = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<LinkModel> models = new ArrayList<>(); // of the routes
    private @Nullable NetworkTap tap;
    private @Nullable DatagramFilter filter;
    private long unroutable;
    private long filtered;

    private record Link(Endpoint a, Endpoint b, LinkModel forward, LinkModel backward) {}

    /** Takes a datagram that reached its host. */
    @FunctionalInterface
    public interface Arrival {
        /**
         * Takes one datagram. It is valid during the call only.
         *
         * @param arrivalNs when it left the link, at most the present
         * @param from its source
         * @param to the socket that it was sent to
         * @param buffer holds it, big-endian
         * @param at where it begins
         * @param bytes its length
         */
        void arrived(
                long arrivalNs, Endpoint from, Endpoint to, ByteBuffer buffer, int at, int bytes);
    }

    /**
     * A network without links.
     *
     * @param clock its time
     * @param seed of every link's decisions
     */
    public SimulatedNetwork(VirtualClock clock, long seed) {
        this.clock = clock;
        seeds = new SeededRandom(seed);
    }

    /**
     * Joins two addresses. Their ports do not matter. The link's time, which its outages refer to,
     * is the network's.
     *
     * @param a one address
     * @param b the other one; not joined with {@code a} before
     * @param forward what happens from {@code a} to {@code b}
     * @param backward what happens from {@code b} to {@code a}
     * @return the link's index, counted from 0
     */
    public int connect(Endpoint a, Endpoint b, LinkConfig forward, LinkConfig backward) {
        if (linkOf(a, b) >= 0) {
            throw new IllegalArgumentException(a + " and " + b + " are joined already");
        }
        links.add(
                new Link(
                        a,
                        b,
                        new LinkModel(forward, seeds.nextLong()),
                        new LinkModel(backward, seeds.nextLong())));
        return links.size() - 1;
    }

    private int linkOf(Endpoint a, Endpoint b) {
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            if ((link.a.hasAddressOf(a) && link.b.hasAddressOf(b))
                    || (link.a.hasAddressOf(b) && link.b.hasAddressOf(a))) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Lets somebody watch.
     *
     * @param watcher sees every datagram from now on; null ends it
     */
    public void setTap(@Nullable NetworkTap watcher) {
        tap = watcher;
    }

    /**
     * Loses datagrams of somebody's choice before their link sees them.
     *
     * @param loses asked for every datagram from now on; null ends it
     */
    public void setFilter(@Nullable DatagramFilter loses) {
        filter = loses;
    }

    /**
     * Sends one datagram at the present time.
     *
     * @param from the sending socket
     * @param to the receiving socket
     * @param buffer holds it; copied
     * @param at where it begins
     * @param bytes its length
     * @return whether a link joins the two addresses; without one it is dropped and counted
     */
    public boolean send(Endpoint from, Endpoint to, ByteBuffer buffer, int at, int bytes) {
        int index = routeOf(from, to);
        if (index < 0) {
            unroutable++;
            return false;
        }
        long nowNs = clock.nowNs();
        boolean loses = filter != null && filter.loses(nowNs, routes.get(index), buffer, at, bytes);
        filtered += loses ? 1 : 0;
        LinkModel model = models.get(index);
        int copies = loses ? 0 : model.offer(nowNs, bytes);
        if (copies > 0) {
            if (!inFlight.store(index, buffer, at, bytes)) {
                throw new IllegalStateException(
                        "more than " + MOST_BYTES_IN_FLIGHT + " bytes are on their way");
            }
            for (int copy = 0; copy < copies; copy++) {
                inFlight.schedule(model.exitNs(copy));
            }
        }
        if (tap != null) {
            tap.onSent(nowNs, routes.get(index), buffer, at, bytes, copies);
        }
        return true;
    }

    private int routeOf(Endpoint from, Endpoint to) {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (route.to().equals(to) && route.from().equals(from)) {
                return i;
            }
        }
        int link = linkOf(from, to);
        if (link < 0) {
            return -1;
        }
        boolean forward = links.get(link).a.hasAddressOf(from);
        routes.add(new Route(link, forward, from, to));
        models.add(model(link, forward));
        return routes.size() - 1;
    }

    /**
     * When the next datagram reaches its host; {@code SessionTime.NEVER} when none is on its way.
     */
    public long nextArrivalNs() {
        return inFlight.nextExitNs();
    }

    /**
     * Hands over every datagram whose time has come, in the order of their times.
     *
     * @param arrival takes them; it may send
     * @return how many
     */
    public int deliverDue(Arrival arrival) {
        int count = 0;
        long nowNs = clock.nowNs();
        while (inFlight.nextExitNs() <= nowNs) {
            Route route = routes.get(inFlight.nextTag());
            long arrivalNs = inFlight.nextExitNs();
            // What the handler sends leaves later, so this one stays the next until it is removed,
            // and its bytes stay where they are.
            ByteBuffer buffer = inFlight.buffer();
            int at = inFlight.nextAt();
            int bytes = inFlight.nextBytes();
            if (tap != null) {
                tap.onArrived(nowNs, route, buffer, at, bytes);
            }
            arrival.arrived(arrivalNs, route.from(), route.to(), buffer, at, bytes);
            inFlight.remove();
            count++;
        }
        return count;
    }

    /**
     * One direction of a link, for its counters and for changing it under way.
     *
     * @param link index of the link
     * @param forward from its first address to its second, or back
     */
    public LinkModel model(int link, boolean forward) {
        return forward ? links.get(link).forward : links.get(link).backward;
    }

    /** How many links there are. */
    public int links() {
        return links.size();
    }

    /** Datagrams that the filter lost. */
    public long filtered() {
        return filtered;
    }

    /** Datagrams between addresses that no link joins. */
    public long unroutable() {
        return unroutable;
    }
}
