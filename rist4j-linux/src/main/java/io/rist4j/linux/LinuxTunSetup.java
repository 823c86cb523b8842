package io.rist4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.tun.IpPrefix;
import io.rist4j.net.tun.TunSpec;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A network device, made and set up as a {@link TunSpec} asks.
 *
 * <pre>
 * struct ifreq      name:16 then a number or a sockaddr, 40 bytes in all
 * struct in6_ifreq  address:16 prefix length:4 interface:4
 * </pre>
 */
final class LinuxTunSetup {
    private static final String CLONE_DEVICE = "/dev/net/tun";

    private static final long TUNSETIFF = 0x4004_54CA;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long SIOCSIFADDR = 0x8916;
    private static final long SIOCSIFNETMASK = 0x891C;
    private static final long SIOCGIFMTU = 0x8921;
    private static final long SIOCSIFMTU = 0x8922;
    private static final long SIOCGIFINDEX = 0x8933;

    private static final short IFF_UP = 1;
    private static final short IFF_TUN = 1;
    private static final short IFF_NO_PI = 0x1000;

    private static final int IFREQ_BYTES = 40;
    private static final int VALUE_AT = 16;
    private static final int PREFIX_AT = 16;
    private static final int INDEX_AT = 20;

    private static final String NEEDS_PRIVILEGE = "it needs root or CAP_NET_ADMIN";

    private final MemorySegment errno;
    private final MemorySegment request;
    private final int fd;
    private String name;
    private int mtu;

    /** An open device. */
    record Opened(int fd, String name, int mtu) {}

    private LinuxTunSetup(MemorySegment errno, MemorySegment request, int fd, String name) {
        this.errno = errno;
        this.request = request;
        this.fd = fd;
        this.name = name;
    }

    /**
     * Opens it.
     *
     * @param errno room for errors
     * @throws IOException when the system refuses; the message is one line that names the device
     */
    static Opened open(TunSpec spec, MemorySegment errno) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int fd = DeviceCalls.open(errno, arena.allocateFrom(CLONE_DEVICE));
            if (fd < 0) {
                throw refusal("cannot open network device " + spec.name(), openObstacle(-fd));
            }
            var setup = new LinuxTunSetup(errno, arena.allocate(IFREQ_BYTES, 8), fd, spec.name());
            boolean complete = false;
            try {
                setup.attach();
                setup.configure(spec);
                complete = true;
            } finally {
                if (!complete) {
                    Libc.close(errno, fd);
                }
            }
            return new Opened(fd, setup.name, setup.mtu);
        }
    }

    private static String openObstacle(int error) {
        return switch (error) {
            case Libc.ENOENT ->
                    CLONE_DEVICE
                            + " is not there: load the module tun, or hand the device to this"
                            + " container";
            case Libc.ENODEV, Libc.ENXIO -> "this kernel has no tun devices";
            case Libc.EPERM, Libc.EACCES -> CLONE_DEVICE + " may not be opened; " + NEEDS_PRIVILEGE;
            default -> CLONE_DEVICE + ": " + Libc.message(error);
        };
    }

    private static IOException refusal(String what, String why) {
        return new IOException(what + ": " + why);
    }

    private static String obstacle(int error) {
        return error == Libc.EPERM ? NEEDS_PRIVILEGE : Libc.message(error);
    }

    /** Makes the device, or takes over one that is there. */
    private void attach() throws IOException {
        beginRequest();
        request.set(JAVA_SHORT, VALUE_AT, (short) (IFF_TUN | IFF_NO_PI));
        int made = DeviceCalls.ioctl(errno, fd, TUNSETIFF, request);
        if (made < 0) {
            String why =
                    switch (-made) {
                        case Libc.EBUSY -> "another process uses it";
                        case Libc.EINVAL -> "a device of another kind has this name";
                        default -> obstacle(-made);
                    };
            throw refusal("cannot open network device " + name, why);
        }
        name = request.getString(0);
    }

    /** Addresses of IPv4 before it is up, those of IPv6 after: only then do they bring routes. */
    private void configure(TunSpec spec) throws IOException {
        int ipv4 = socket(Libc.AF_INET);
        try {
            if (spec.mtu() != 0) {
                beginRequest();
                request.set(JAVA_INT, VALUE_AT, spec.mtu());
                control(ipv4, SIOCSIFMTU, "set mtu " + spec.mtu() + " of");
            }
            IpPrefix prefix = spec.ipv4();
            if (prefix != null) {
                setIpv4(ipv4, prefix);
            }
            bringUp(ipv4);
            prefix = spec.ipv6();
            if (prefix != null) {
                setIpv6(ipv4, prefix);
            }
            beginRequest();
            control(ipv4, SIOCGIFMTU, "read the mtu of");
            mtu = request.get(JAVA_INT, VALUE_AT);
        } finally {
            Libc.close(errno, ipv4);
        }
    }

    private int socket(int family) throws IOException {
        int socket = Libc.socket(errno, family);
        if (socket < 0) {
            throw refusal("cannot set up network device " + name, Libc.message(-socket));
        }
        return socket;
    }

    private void beginRequest() {
        request.fill((byte) 0);
        byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
        MemorySegment.copy(MemorySegment.ofArray(octets), 0, request, 0, octets.length);
    }

    private void control(int socket, long command, String what) throws IOException {
        int done = DeviceCalls.ioctl(errno, socket, command, request);
        if (done < 0) {
            throw refusal("cannot " + what + " network device " + name, obstacle(-done));
        }
    }

    private void setIpv4(int socket, IpPrefix prefix) throws IOException {
        setAddress(prefix.address());
        control(socket, SIOCSIFADDR, "give address " + prefix + " to");
        setAddress(Endpoint.ipv4(-1 << (32 - prefix.bits()), 0));
        control(socket, SIOCSIFNETMASK, "give address " + prefix + " to");
    }

    private void setAddress(Endpoint address) {
        beginRequest();
        var bytes = request.asByteBuffer().order(ByteOrder.nativeOrder());
        SocketAddress.write(bytes, VALUE_AT, address, Libc.AF_INET);
    }

    private void bringUp(int socket) throws IOException {
        beginRequest();
        control(socket, SIOCGIFFLAGS, "read the flags of");
        short flags = request.get(JAVA_SHORT, VALUE_AT);
        if ((flags & IFF_UP) == 0) {
            request.set(JAVA_SHORT, VALUE_AT, (short) (flags | IFF_UP));
            control(socket, SIOCSIFFLAGS, "bring up");
        }
    }

    private void setIpv6(int ipv4, IpPrefix prefix) throws IOException {
        beginRequest();
        control(ipv4, SIOCGIFINDEX, "find");
        int index = request.get(JAVA_INT, VALUE_AT);
        request.fill((byte) 0);
        byte[] octets = prefix.address().addressBytes();
        MemorySegment.copy(MemorySegment.ofArray(octets), 0, request, 0, octets.length);
        request.set(JAVA_INT, PREFIX_AT, prefix.bits());
        request.set(JAVA_INT, INDEX_AT, index);
        int ipv6 = socket(Libc.AF_INET6);
        try {
            int done = DeviceCalls.ioctl(errno, ipv6, SIOCSIFADDR, request);
            if (done < 0 && done != -Libc.EEXIST) {
                throw refusal(
                        "cannot give address " + prefix + " to network device " + name,
                        done == -Libc.EACCES ? "IPv6 is switched off here" : obstacle(-done));
            }
        } finally {
            Libc.close(errno, ipv6);
        }
    }
}
