package io.rist4j;

import static io.rist4j.FlowParameters.*;
import static io.rist4j.PathParameters.*;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * Collects settings. Each method returns the builder; nothing is checked before {@link #build}. Not
 * thread-safe.
 *
 * <p>What it has acts at both ends. Settings of one end follow with {@link #forSender} and {@link
 * #forReceiver}, so that they do not compile at the other.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class RistConfigBuilder<B extends RistConfigBuilder<B>>
        permits SimpleConfig.Builder, MainConfig.Builder {
    private Settings settings;

    RistConfigBuilder(Settings settings) {
        this.settings = settings;
    }

    abstract B self();

    /**
     * The settings as a value.
     *
     * @throws RistConfigException when one is out of its range or contradicts another
     */
    public abstract RistConfig build();

    abstract RistConfig build(Naming naming);

    /** Goes on with what only a sender has. */
    public abstract SenderConfigBuilder<?> forSender();

    /** Goes on with what only a receiver has. */
    public abstract ReceiverConfigBuilder<?> forReceiver();

    Settings settings() {
        return settings;
    }

    final <T> B set(Parameter<T> parameter, T value) {
        settings = settings.with(parameter, Objects.requireNonNull(value, parameter.field()));
        return self();
    }

    abstract RistProfile profile();

    /** The settings, none of them out of range, above another or of another profile. */
    final Settings checked(Naming naming) {
        Settings kept = Parameters.on(profile(), settings, naming);
        Parameters.settings().forEach(parameter -> checkRange(naming, parameter));
        Parameters.settings().forEach(parameter -> checkCeiling(naming, parameter));
        return kept;
    }

    private <T> void checkRange(Naming naming, Parameter<T> parameter) {
        settings.find(parameter)
                .ifPresent(v -> parameter.kind().check(naming.of(parameter, settings), v));
    }

    private <T> void checkCeiling(Naming naming, Parameter<T> less) {
        Parameter.Ceiling<T> ceiling = less.ceiling();
        if (ceiling == null) {
            return;
        }
        Parameter<T> more = ceiling.other();
        T lessValue = settings.get(less);
        T moreValue = settings.get(more);
        if (ceiling.order().compare(lessValue, moreValue) > 0) {
            String name = naming.of(less, settings);
            throw new RistConfigException(
                    name,
                    name
                            + " "
                            + less.kind().show(lessValue)
                            + " is above "
                            + naming.of(more, settings)
                            + " "
                            + more.kind().show(moreValue));
        }
    }

    /**
     * How long packets are held so that lost ones can come again: sets both bounds.
     *
     * @param buffer 50 ms..30 s; 1 s by default
     */
    public B recoveryBuffer(Duration buffer) {
        return recoveryBufferMin(buffer).recoveryBufferMax(buffer);
    }

    /**
     * One round-trip time for the spacing of requests, whatever is measured: sets both bounds.
     *
     * @param rtt 1 ms..1 s
     */
    public B rtt(Duration rtt) {
        return rttMin(rtt).rttMax(rtt);
    }

    /**
     * The least recovery buffer. Where it differs from the most, a receiver sizes its buffer in
     * between by the measured round-trip time.
     *
     * @param buffer 50 ms..30 s; 1 s by default, or the most when that is less
     */
    public B recoveryBufferMin(Duration buffer) {
        return set(BUFFER_MIN, buffer);
    }

    /**
     * The most recovery buffer. A sender keeps packets for it and two {@link #rttMax}.
     *
     * @param buffer 50 ms..30 s; 1 s by default, or the least when that is more
     */
    public B recoveryBufferMax(Duration buffer) {
        return set(BUFFER_MAX, buffer);
    }

    /**
     * The least round-trip time that requests are spaced by. A receiver spaces them no closer than
     * its buffer divided by {@link #maxRetries}, so that the retries span the buffer.
     *
     * @param rtt 1 ms..1 s; 5 ms by default, or the most when that is less
     */
    public B rttMin(Duration rtt) {
        return set(RTT_MIN, rtt);
    }

    /**
     * The most round-trip time that requests are spaced by.
     *
     * @param rtt 1 ms..10 s; 500 ms by default, or the least when that is more
     */
    public B rttMax(Duration rtt) {
        return set(RTT_MAX, rtt);
    }

    /**
     * How often a packet is asked for, and sent again, at most.
     *
     * @param retries 2..100; 20 by default
     */
    public B maxRetries(int retries) {
        return set(MAX_RETRIES, retries);
    }

    /**
     * The silence after which a path is down.
     *
     * @param silence 250 ms..600 s and no less than {@link #keepaliveInterval}; 2 s by default
     */
    public B sessionTimeout(Duration silence) {
        return set(SESSION_TIMEOUT, silence);
    }

    /**
     * The time between reports (RTCP). libRIST gives a peer up after 250 ms of silence.
     *
     * @param interval 10 ms..10 s; 100 ms by default, which is also the most that TR-06-1:2020
     *     §5.2.1 allows
     */
    public B keepaliveInterval(Duration interval) {
        return set(KEEPALIVE_INTERVAL, interval);
    }

    /**
     * The canonical name that the peer sees (SDES CNAME). Without it, one is made at random for
     * each session, so that no host name leaks (RFC 7022).
     *
     * @param name 1..127 bytes of UTF-8 without {@code &}, comma and control characters
     */
    public B cname(String name) {
        return set(CNAME, name);
    }

    /**
     * What happens when the queue to or from the application is full. By default a sender's call
     * waits ({@link OverflowPolicy#BLOCK}) and a receiver drops the oldest ({@link
     * OverflowPolicy#DROP_OLDEST}).
     *
     * @param policy a receiver refuses {@link OverflowPolicy#BLOCK}
     */
    public B overflowPolicy(OverflowPolicy policy) {
        return set(OVERFLOW, policy);
    }

    /**
     * The length of the queue to or from the application. It is allocated at once, with 1,536 bytes
     * for each packet.
     *
     * @param packets 16..65,536; 4,096 by default
     */
    public B queuePackets(int packets) {
        return set(QUEUE, packets);
    }

    /**
     * Most memory for payloads of a receiver's recovery buffers, or of what a sender keeps of a
     * flow for retransmission. They take what they hold and no more; a stream that needs more than
     * this is told of ({@link RistEvent.LimitReached}): a receiver delivers before the time, a
     * sender forgets what is oldest. The flows of a {@link RistMultiReceiver} share it: one alone
     * may have eight ninths, so that there is room for the next, and several that want all of it
     * get as much each; 352 KiB of each flow come on top. A sender may take it for each of its
     * flows.
     *
     * @param mebibytes 1..65,536 MiB; 512 MiB by default, which 2 Gb/s fill in a sender's usual two
     *     seconds
     */
    public B memoryMiB(int mebibytes) {
        return set(MEMORY, mebibytes);
    }

    /**
     * The interface for multicast, joined and sent; unicast follows the routing table. The system
     * chooses by default.
     *
     * @param nameOrAddress its name or local address, 1..127 bytes
     */
    public B networkInterface(String nameOrAddress) {
        return set(NETWORK_INTERFACE, nameOrAddress);
    }

    /**
     * The time to live of outgoing multicast.
     *
     * @param hops 0..255; the system's default, 1, by default
     */
    public B multicastTtl(int hops) {
        return set(TTL, hops);
    }

    /**
     * The only source to take from a group (source-specific multicast).
     *
     * @param address its address; any source by default
     */
    public B multicastSource(InetAddress address) {
        return set(SOURCE, Objects.requireNonNull(address).getHostAddress());
    }

    /**
     * Whether this host receives its own multicast.
     *
     * @param on false by default
     */
    public B multicastLoopback(boolean on) {
        return set(LOOPBACK, on);
    }

    /**
     * Whether packets longer than the path's MTU leave in fragments. By default they do not leave,
     * and {@link RistEvent.SendRefused} tells.
     *
     * @param on whether they do
     */
    public B fragmentPackets(boolean on) {
        return set(FRAGMENT, on);
    }

    /**
     * The local port to dial from, with the next one for RTCP.
     *
     * @param port even, 0..65534; 0, the default, lets the system choose
     */
    public B localPort(int port) {
        return set(LOCAL_PORT, port);
    }

    /**
     * Calls a dialled peer anew that was there and fell silent: its name is looked up again, and
     * the path's sockets are opened again, on other ports where the system chooses them. The first
     * time after a session timeout and at least 2 s, then at growing intervals up to ten times
     * that.
     *
     * @param again true by default
     */
    public B redial(boolean again) {
        return set(REDIAL, again);
    }
}
