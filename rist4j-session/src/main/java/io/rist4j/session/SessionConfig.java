package io.rist4j.session;

import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.link.RtcpCompounds;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Everything that is fixed before a session starts.
 *
 * @param profile which wire formats
 * @param role which way media flows
 * @param paths at least one; all of one address family or mixed
 * @param receiver the receiving half's settings; unused by a sender
 * @param sender the sending half's settings; unused by a receiver
 * @param reportIntervalNs the longest time between two RTCP compounds on a path
 * @param sessionTimeoutNs a path that is silent for longer is down
 * @param requestFormat how a receiver writes its requests
 * @param recordsPerRequest records in one request packet, 1..199; strict peers take 16
 * @param canonicalName SDES CNAME, 1..127 bytes of UTF-8
 * @param media how a sender writes its packets
 * @param tunnel what a profile with a tunnel adds
 * @param maxFlows how many flows a receiver takes at a time, 1..{@link #MOST_FLOWS}; with 1 the
 *     first source wins, until it is gone; a sender has 1
 */
public record SessionConfig(
        Profile profile,
        Role role,
        List<PathConfig> paths,
        ReceiverFlowConfig receiver,
        SenderFlowConfig sender,
        long reportIntervalNs,
        long sessionTimeoutNs,
        RequestFormat requestFormat,
        int recordsPerRequest,
        String canonicalName,
        MediaConfig media,
        TunnelConfig tunnel,
        int maxFlows) {
    /** TR-06-1:2020 §5.2.1: at least one compound in 100 ms. */
    public static final long DEFAULT_REPORT_INTERVAL_NS = 100 * SessionTime.MILLISECOND;

    /** Survives GStreamer's gaps of half a second (trap T45). */
    public static final long DEFAULT_SESSION_TIMEOUT_NS = 2 * SessionTime.SECOND;

    /** TR-06-1:2020 §5.3.2.2: at most 16 records in one packet. */
    public static final int DEFAULT_RECORDS_PER_REQUEST = 16;

    /** Most flows that a receiver takes at a time. */
    public static final int MOST_FLOWS = 4_096;

    /** Most flows of a sender, over the same paths. */
    public static final int MOST_FLOWS_SENT = 256;

    /**
     * Paths of a session at a time: those that it dials and those of peers that came by themselves.
     * A receiver of many flows has {@link #PATHS_PER_FLOW} for each, up to {@link
     * PathTable#MAX_PATHS}, if that is more. Who comes beyond is refused, or takes the place of
     * whoever holds the most.
     */
    public static final int MOST_PATHS = PathTable.MAX_SENDING_PATHS;

    /** Of several flows each may come on a second path. */
    static final int PATHS_PER_FLOW = 2;

    private static final int MAX_NAME_BYTES = 127;

    /** Checks and copies. */
    public SessionConfig {
        paths = List.copyOf(paths);
        if (paths.isEmpty() || paths.size() > ConfiguredPaths.MOST) {
            throw new IllegalArgumentException(
                    "paths " + paths.size() + " is outside 1.." + ConfiguredPaths.MOST + " paths");
        }
        within(
                "reportInterval",
                reportIntervalNs,
                10 * SessionTime.MILLISECOND,
                10 * SessionTime.SECOND);
        within(
                "sessionTimeout",
                sessionTimeoutNs,
                100 * SessionTime.MILLISECOND,
                600 * SessionTime.SECOND);
        if (recordsPerRequest < 1 || recordsPerRequest > 199) {
            throw new IllegalArgumentException(
                    "recordsPerRequest " + recordsPerRequest + " is outside 1..199 records");
        }
        if (maxFlows < 1 || maxFlows > MOST_FLOWS || (maxFlows > 1 && role == Role.SENDER)) {
            throw new IllegalArgumentException(
                    "maxFlows "
                            + maxFlows
                            + " is outside 1.."
                            + (role == Role.SENDER ? 1 : MOST_FLOWS)
                            + " flows");
        }
        int nameBytes = canonicalName.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes < 1 || nameBytes > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "canonicalName of "
                            + nameBytes
                            + " bytes is outside 1.."
                            + MAX_NAME_BYTES
                            + " bytes");
        }
    }

    /**
     * A configuration with the defaults of the profile.
     *
     * @param profile which wire formats
     * @param role which way media flows
     * @param canonicalName SDES CNAME
     * @param paths at least one
     */
    public static SessionConfig of(
            Profile profile, Role role, String canonicalName, List<PathConfig> paths) {
        return new SessionConfig(
                profile,
                role,
                paths,
                ReceiverFlowConfig.builder().build(),
                SenderFlowConfig.builder().build(),
                DEFAULT_REPORT_INTERVAL_NS,
                DEFAULT_SESSION_TIMEOUT_NS,
                RequestFormat.RANGE,
                DEFAULT_RECORDS_PER_REQUEST,
                canonicalName,
                MediaConfig.DEFAULT,
                TunnelConfig.DEFAULT,
                1);
    }

    /**
     * The same with another receiving half.
     *
     * @param config its settings
     */
    public SessionConfig withReceiver(ReceiverFlowConfig config) {
        return new SessionConfig(
                profile,
                role,
                paths,
                config,
                sender,
                reportIntervalNs,
                sessionTimeoutNs,
                requestFormat,
                recordsPerRequest,
                canonicalName,
                media,
                tunnel,
                maxFlows);
    }

    /**
     * The same with another sending half.
     *
     * @param config its settings
     */
    public SessionConfig withSender(SenderFlowConfig config) {
        return new SessionConfig(
                profile,
                role,
                paths,
                receiver,
                config,
                reportIntervalNs,
                sessionTimeoutNs,
                requestFormat,
                recordsPerRequest,
                canonicalName,
                media,
                tunnel,
                maxFlows);
    }

    /**
     * The same with another tunnel.
     *
     * @param config what a profile with a tunnel adds
     */
    public SessionConfig withTunnel(TunnelConfig config) {
        return new SessionConfig(
                profile,
                role,
                paths,
                receiver,
                sender,
                reportIntervalNs,
                sessionTimeoutNs,
                requestFormat,
                recordsPerRequest,
                canonicalName,
                media,
                config,
                maxFlows);
    }

    /**
     * The same with other media packets.
     *
     * @param config how a sender writes them
     */
    public SessionConfig withMedia(MediaConfig config) {
        return new SessionConfig(
                profile,
                role,
                paths,
                receiver,
                sender,
                reportIntervalNs,
                sessionTimeoutNs,
                requestFormat,
                recordsPerRequest,
                canonicalName,
                config,
                tunnel,
                maxFlows);
    }

    /**
     * The same with another number of flows.
     *
     * @param flows how many a receiver takes at a time
     */
    public SessionConfig withMaxFlows(int flows) {
        return new SessionConfig(
                profile,
                role,
                paths,
                receiver,
                sender,
                reportIntervalNs,
                sessionTimeoutNs,
                requestFormat,
                recordsPerRequest,
                canonicalName,
                media,
                tunnel,
                flows);
    }

    /** Paths that there may be at a time. */
    int mostPaths() {
        int ofFlows = Math.min(PathTable.MAX_PATHS, paths.size() + PATHS_PER_FLOW * maxFlows);
        return Math.max(MOST_PATHS, ofFlows);
    }

    RtcpCompounds compounds() {
        return new RtcpCompounds(canonicalName, requestFormat.writer(), recordsPerRequest);
    }

    private static void within(String field, long ns, long least, long most) {
        if (ns < least || ns > most) {
            throw new IllegalArgumentException(
                    field
                            + " "
                            + ns / SessionTime.MILLISECOND
                            + " ms is outside "
                            + least / SessionTime.MILLISECOND
                            + ".."
                            + most / SessionTime.MILLISECOND
                            + " ms");
        }
    }
}
