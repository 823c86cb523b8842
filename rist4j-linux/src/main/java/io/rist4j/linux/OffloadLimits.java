package io.rist4j.linux;

import io.rist4j.core.address.Endpoint;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the kernel refuses runs, learned from its errors: a device without checksum offload refuses
 * all, a path with a small MTU refuses those of long datagrams.
 */
final class OffloadLimits {
    private static final int ANY = Integer.MAX_VALUE;

    /** A socket with so many refusing destinations does without runs altogether. */
    private static final int MAX_DESTINATIONS = 64;

    private final Map<Endpoint, Integer> refused = new HashMap<>();
    private int socketLimitBytes;
    private long refusals;

    /**
     * @param supported whether the kernel knows runs at all
     */
    OffloadLimits(boolean supported) {
        socketLimitBytes = supported ? ANY : 0;
    }

    /** Only datagrams shorter than this may share a run to that destination. */
    int limitBytes(Endpoint to) {
        if (refused.isEmpty()) {
            return socketLimitBytes;
        }
        Integer limit = refused.get(to);
        return limit == null ? socketLimitBytes : limit;
    }

    /** Whether an error can mean that a run was refused, not its datagrams. */
    static boolean isRefusal(int errno) {
        return errno == Libc.EIO
                || errno == Libc.EINVAL
                || errno == Libc.EMSGSIZE
                || errno == Libc.ENOPROTOOPT;
    }

    /** Notes that a run of such datagrams was refused. */
    void refuse(Endpoint to, int segmentBytes, int errno) {
        refusals++;
        if (errno == Libc.ENOPROTOOPT || refused.size() == MAX_DESTINATIONS) {
            socketLimitBytes = 0;
            refused.clear();
        } else if (socketLimitBytes > 0) {
            refused.put(to, errno == Libc.EIO ? 0 : segmentBytes);
        }
    }

    boolean isEnabled() {
        return socketLimitBytes > 0;
    }

    long refusals() {
        return refusals;
    }
}
