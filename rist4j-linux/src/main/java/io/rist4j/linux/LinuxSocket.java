package io.rist4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.EndpointCache;
import io.rist4j.net.NetworkInterfaces;
import io.rist4j.net.PortSpec;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One UDP socket, opened as a {@link PortSpec} asks. */
final class LinuxSocket {
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SO_TIMESTAMPNS = 35;
    private static final int SO_RXQ_OVFL = 40;

    private static final int IPPROTO_IP = 0;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_MULTICAST_IF = 32;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_MULTICAST_ALL = 49;

    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_MULTICAST_IF = 17;
    private static final int IPV6_MULTICAST_HOPS = 18;
    private static final int IPV6_MULTICAST_LOOP = 19;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_MULTICAST_ALL = 29;

    /** The same for both families. */
    private static final int MCAST_JOIN_GROUP = 42;

    private static final int MCAST_JOIN_SOURCE_GROUP = 46;
    private static final int PMTUDISC_DO = 2;

    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int UDP_GRO = 104;

    /** {@code struct group_req}: interface, padding, address. */
    private static final int GROUP_AT = 8;

    /** {@code struct group_source_req}: a second address behind that of 128 bytes. */
    private static final int SOURCE_AT = 136;

    private final MemorySegment errno;
    private final int fd;
    private final int family;
    private final Endpoint local;
    private final boolean segmentation;
    private final boolean receiveOffload;
    private final boolean timestamps;
    private final int receiveBufferBytes;
    private final int sendBufferBytes;

    /**
     * @param errno room for errors, of the thread that uses the socket
     * @throws IOException when the system refuses
     */
    LinuxSocket(PortSpec spec, MemorySegment errno) throws IOException {
        this.errno = errno;
        family = SocketAddress.family(spec.local());
        fd = Libc.socket(errno, family);
        if (fd < 0) {
            throw refusal("cannot open a UDP socket for " + spec.local(), fd);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment scratch = arena.allocate(512, 8);
            setBuffers(scratch, spec);
            setFragmenting(scratch, spec);
            setMulticast(scratch, spec);
            segmentation = set(scratch, SOL_UDP, UDP_SEGMENT, 0);
            receiveOffload = set(scratch, SOL_UDP, UDP_GRO, 1);
            timestamps = set(scratch, SOL_SOCKET, SO_TIMESTAMPNS, 1);
            set(scratch, SOL_SOCKET, SO_RXQ_OVFL, 1);
            bind(scratch, spec);
            if (spec.group() != null) {
                join(scratch, spec, spec.group());
            }
            local = readLocal(scratch);
            receiveBufferBytes = get(scratch, SOL_SOCKET, SO_RCVBUF) / 2;
            sendBufferBytes = get(scratch, SOL_SOCKET, SO_SNDBUF) / 2;
        } catch (IOException | RuntimeException refused) {
            close();
            throw refused;
        }
    }

    private static IOException refusal(String what, int negativeErrno) {
        return new IOException(what + ": " + Libc.message(-negativeErrno));
    }

    private static ByteBuffer bytes(MemorySegment scratch) {
        return scratch.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private boolean set(MemorySegment scratch, int level, int name, int value) {
        scratch.set(JAVA_INT, 0, value);
        return Libc.setsockopt(errno, fd, level, name, scratch, 4) == 0;
    }

    private int get(MemorySegment scratch, int level, int name) {
        scratch.set(JAVA_INT, 8, 4);
        Libc.getsockopt(errno, fd, level, name, scratch, scratch.asSlice(8, 4));
        return scratch.get(JAVA_INT, 0);
    }

    /** The privileged options ignore the system's limit. */
    private void setBuffers(MemorySegment scratch, PortSpec spec) {
        if (!set(scratch, SOL_SOCKET, SO_RCVBUFFORCE, spec.receiveBufferBytes())) {
            set(scratch, SOL_SOCKET, SO_RCVBUF, spec.receiveBufferBytes());
        }
        if (!set(scratch, SOL_SOCKET, SO_SNDBUFFORCE, spec.sendBufferBytes())) {
            set(scratch, SOL_SOCKET, SO_SNDBUF, spec.sendBufferBytes());
        }
    }

    private void setFragmenting(MemorySegment scratch, PortSpec spec) {
        if (family == Libc.AF_INET6) {
            set(scratch, IPPROTO_IPV6, IPV6_V6ONLY, 0);
        }
        if (spec.dontFragment()) {
            set(scratch, IPPROTO_IP, IP_MTU_DISCOVER, PMTUDISC_DO);
            if (family == Libc.AF_INET6) {
                set(scratch, IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_DO);
            }
        }
    }

    private void setMulticast(MemorySegment scratch, PortSpec spec) throws IOException {
        int loopback = spec.multicastLoopback() ? 1 : 0;
        set(scratch, IPPROTO_IP, IP_MULTICAST_LOOP, loopback);
        set(scratch, IPPROTO_IP, IP_MULTICAST_ALL, 0);
        if (spec.multicastTtl() >= 0) {
            set(scratch, IPPROTO_IP, IP_MULTICAST_TTL, spec.multicastTtl());
        }
        if (family == Libc.AF_INET6) {
            set(scratch, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, loopback);
            set(scratch, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
            if (spec.multicastTtl() >= 0) {
                set(scratch, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, spec.multicastTtl());
            }
        }
        int interfaceIndex = interfaceIndex(spec);
        if (interfaceIndex == 0) {
            return;
        }
        boolean chosen;
        if (family == Libc.AF_INET6) {
            chosen = set(scratch, IPPROTO_IPV6, IPV6_MULTICAST_IF, interfaceIndex);
        } else {
            scratch.asSlice(0, 12).fill((byte) 0); // struct ip_mreqn: group, address, index
            scratch.set(JAVA_INT, 8, interfaceIndex);
            chosen = Libc.setsockopt(errno, fd, IPPROTO_IP, IP_MULTICAST_IF, scratch, 12) == 0;
        }
        if (!chosen) {
            throw new IOException("cannot send multicast through " + spec.networkInterface());
        }
    }

    /** Index of the interface that was asked for, 0 when the system may choose. */
    private static int interfaceIndex(PortSpec spec) throws IOException {
        String name = spec.networkInterface();
        return name == null ? 0 : NetworkInterfaces.find(name).getIndex();
    }

    private void bind(MemorySegment scratch, PortSpec spec) throws IOException {
        if (spec.reuseAddress()) {
            set(scratch, SOL_SOCKET, SO_REUSEADDR, 1);
        }
        Endpoint wanted = NetworkInterfaces.scoped(spec.local(), interfaceIndex(spec));
        int bytes = SocketAddress.write(bytes(scratch), 0, wanted, family);
        int bound = Libc.bind(errno, fd, scratch, bytes);
        if (bound < 0) {
            throw refusal("cannot bind UDP " + spec.local(), bound);
        }
    }

    private void join(MemorySegment scratch, PortSpec spec, Endpoint group) throws IOException {
        Endpoint source = spec.multicastSource();
        scratch.fill((byte) 0);
        scratch.set(JAVA_INT, 0, interfaceIndex(spec));
        SocketAddress.write(bytes(scratch), GROUP_AT, group, family);
        int option = MCAST_JOIN_GROUP;
        int bytes = SOURCE_AT;
        if (source != null) {
            SocketAddress.write(bytes(scratch), SOURCE_AT, source, family);
            option = MCAST_JOIN_SOURCE_GROUP;
            bytes = SOURCE_AT + 128;
        }
        int level = family == Libc.AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
        int joined = Libc.setsockopt(errno, fd, level, option, scratch, bytes);
        if (joined < 0) {
            throw refusal(
                    "cannot join "
                            + group
                            + (source == null ? "" : " from " + source)
                            + (spec.networkInterface() == null
                                    ? ""
                                    : " on " + spec.networkInterface()),
                    joined);
        }
    }

    private Endpoint readLocal(MemorySegment scratch) throws IOException {
        scratch.set(JAVA_INT, 64, SocketAddress.BYTES);
        int got = Libc.getsockname(errno, fd, scratch, scratch.asSlice(64, 4));
        if (got < 0) {
            throw refusal("cannot read the socket's address", got);
        }
        return SocketAddress.read(bytes(scratch), 0, new EndpointCache());
    }

    int fd() {
        return fd;
    }

    int family() {
        return family;
    }

    Endpoint localEndpoint() {
        return local;
    }

    /** Whether a run can leave in one message. */
    boolean hasSegmentation() {
        return segmentation;
    }

    /** Whether a run may arrive in one message. */
    boolean hasReceiveOffload() {
        return receiveOffload;
    }

    boolean hasTimestamps() {
        return timestamps;
    }

    /** Granted, without what the kernel adds for its own book-keeping. */
    int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /** Granted, without what the kernel adds for its own book-keeping. */
    int sendBufferBytes() {
        return sendBufferBytes;
    }

    void close() {
        Libc.close(errno, fd);
    }
}
