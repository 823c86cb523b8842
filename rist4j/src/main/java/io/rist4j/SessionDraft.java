package io.rist4j;

import io.rist4j.codec.npd.DeletionRule;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.session.MediaConfig;
import io.rist4j.session.PathConfig;
import io.rist4j.session.RequestFormat;
import io.rist4j.session.Role;
import io.rist4j.session.SessionConfig;
import io.rist4j.session.SessionIdentity;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * A session's configuration, as its settings make it one by one. What is drawn at random where no
 * setting says it is drawn here.
 */
final class SessionDraft {
    /** Requests for one packet are 1.1 round trips apart. */
    private static final int RETRY_SPACING_PERCENT = 110;

    private static final int MOST_MULTIPLIER = 100;

    /** Half of the 13.25 h after which media timestamps wrap: no stream begins close to that. */
    private static final long MOST_TIMESTAMP_BASE_NS = (1L << 31) / 9 * 100_000;

    static final SecureRandom RANDOM = new SecureRandom();

    final ReceiverFlowConfig.Builder receiver = ReceiverFlowConfig.builder();
    final SenderFlowConfig.Builder sender =
            SenderFlowConfig.builder().timestampBaseNs(RANDOM.nextLong(MOST_TIMESTAMP_BASE_NS));
    final TunnelDraft tunnel = new TunnelDraft();
    int roundTrips;
    int leastRetries;
    long reportIntervalNs;
    long sessionTimeoutNs;
    RequestFormat requestFormat = RequestFormat.RANGE;
    String canonicalName = randomName();
    int flowId = RANDOM.nextInt() & ~1;
    boolean deletesNulls;
    DeletionRule deletionRule = DeletionRule.EXACT;
    boolean extendedSequence;
    int queuePackets;
    @Nullable OverflowPolicy overflow;
    boolean redials;

    private final RistConfig settings;

    private SessionDraft(RistConfig settings) {
        this.settings = settings;
    }

    /** With every setting of a session at its value or its default. */
    static SessionDraft of(RistConfig settings) {
        var draft = new SessionDraft(settings);
        Parameters.settings().forEach(parameter -> parameter.act(settings.settings(), draft));
        return draft;
    }

    /**
     * The whole.
     *
     * @param users who come in by EAP-SRP where the session listens; null for the one that the
     *     settings name, if they do
     * @param maxFlows how many a receiver takes at a time
     */
    SessionConfig config(
            Role role, List<PathConfig> paths, @Nullable RistUsers users, int maxFlows) {
        int forRetries = (leastRetries * RETRY_SPACING_PERCENT + 99) / 100;
        return new SessionConfig(
                settings.profile().ofSession(),
                role,
                paths,
                receiver.rttMultiplier(Math.min(MOST_MULTIPLIER, Math.max(roundTrips, forRetries)))
                        .build(),
                sender.build(),
                reportIntervalNs,
                sessionTimeoutNs,
                requestFormat,
                SessionConfig.DEFAULT_RECORDS_PER_REQUEST,
                canonicalName,
                new MediaConfig(deletesNulls, deletionRule, extendedSequence),
                tunnel.config(settings.profile(), paths, users),
                maxFlows);
    }

    SessionIdentity identity() {
        return new SessionIdentity(flowId, RANDOM.nextInt(1 << 16), RANDOM.nextInt());
    }

    /** RFC 7022 §4.2: a name that says nothing about the host, new for each session. */
    private static String randomName() {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return "rist4j-" + HexFormat.of().formatHex(bytes);
    }
}
