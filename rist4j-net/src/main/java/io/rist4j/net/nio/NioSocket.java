package io.rist4j.net.nio;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.NetworkInterfaces;
import io.rist4j.net.PortSpec;

import jdk.net.ExtendedSocketOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** Opens channels as a {@link PortSpec} asks. */
final class NioSocket {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private NioSocket() {}

    static DatagramChannel open(PortSpec spec) throws IOException {
        DatagramChannel channel =
                DatagramChannel.open(
                        spec.local().isIpv4()
                                ? StandardProtocolFamily.INET
                                : StandardProtocolFamily.INET6);
        try {
            configure(channel, spec);
            bind(channel, spec);
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            if (refused instanceof IOException io) {
                throw io;
            }
            throw new IOException("cannot open UDP " + spec.local() + ": " + refused, refused);
        }
    }

    private static void configure(DatagramChannel channel, PortSpec spec) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, spec.receiveBufferBytes());
        channel.setOption(StandardSocketOptions.SO_SNDBUF, spec.sendBufferBytes());
        if (spec.reuseAddress()) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        if (spec.dontFragment()) {
            setIfSupported(channel, ExtendedSocketOptions.IP_DONTFRAGMENT, true);
        }
        channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, spec.multicastLoopback());
        if (spec.multicastTtl() >= 0) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, spec.multicastTtl());
        }
    }

    private static <T> void setIfSupported(
            DatagramChannel channel, SocketOption<T> option, T value) {
        if (channel.supportedOptions().contains(option)) {
            try {
                channel.setOption(option, value);
            } catch (IOException | RuntimeException refused) {
                // a wish, not a condition: without it large datagrams are fragmented
            }
        }
    }

    private static void bind(DatagramChannel channel, PortSpec spec) throws IOException {
        NetworkInterface outgoing =
                spec.networkInterface() == null
                        ? null
                        : NetworkInterfaces.find(spec.networkInterface());
        Endpoint local =
                NetworkInterfaces.scoped(spec.local(), outgoing == null ? 0 : outgoing.getIndex());
        if (outgoing != null) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, outgoing);
        }
        // binding the group keeps other groups' datagrams out, where the system has that
        InetSocketAddress address =
                local.isMulticast() && WINDOWS
                        ? new InetSocketAddress(local.port())
                        : SocketAddresses.of(local);
        try {
            channel.bind(address);
        } catch (IOException refused) {
            throw new IOException(
                    "cannot bind UDP " + local + ": " + refused.getMessage(), refused);
        }
        if (spec.group() != null) {
            join(channel, spec, spec.group(), outgoing);
        }
    }

    private static void join(
            DatagramChannel channel,
            PortSpec spec,
            Endpoint wanted,
            @Nullable NetworkInterface chosen)
            throws IOException {
        InetSocketAddress group = SocketAddresses.of(wanted);
        NetworkInterface incoming = chosen != null ? chosen : NetworkInterfaces.towards(group);
        Endpoint source = spec.multicastSource();
        try {
            if (source == null) {
                channel.join(group.getAddress(), incoming);
            } else {
                channel.join(group.getAddress(), incoming, SocketAddresses.of(source).getAddress());
            }
        } catch (IOException | RuntimeException refused) {
            throw new IOException(
                    "cannot join "
                            + wanted
                            + (source == null ? "" : " from " + source)
                            + " on "
                            + incoming.getName()
                            + ": "
                            + refused.getMessage(),
                    refused);
        }
    }
}
