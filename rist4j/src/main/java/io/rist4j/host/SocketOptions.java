package io.rist4j.host;

import io.rist4j.core.address.Endpoint;

import org.jspecify.annotations.Nullable;

/**
 * How the sockets of one path are opened.
 *
 * @param networkInterface name or local address; null lets the system choose
 * @param multicastSource the only source to take from a group; null takes any
 * @param multicastTtl 0..255; -1 leaves the system's default
 * @param multicastLoopback whether this host receives its own multicast
 * @param fragments whether datagrams longer than the path's MTU are fragmented
 */
public record SocketOptions(
        @Nullable String networkInterface,
        @Nullable Endpoint multicastSource,
        int multicastTtl,
        boolean multicastLoopback,
        boolean fragments) {}
