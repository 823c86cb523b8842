package io.rist4j.session;

import io.rist4j.codec.npd.DeletionRule;
import io.rist4j.session.link.MediaWriter;

/**
 * How a sender writes its media packets (TR-06-2:2022 §8).
 *
 * @param deletesNulls whether null packets of a transport stream are left out and put back by the
 *     receiver; may change in mid-session
 * @param deletionRule which of them
 * @param extendedSequence whether packets tell 32 bits of their sequence number
 */
public record MediaConfig(
        boolean deletesNulls, DeletionRule deletionRule, boolean extendedSequence) {
    /** Everything as it is. */
    public static final MediaConfig DEFAULT = new MediaConfig(false, DeletionRule.EXACT, false);

    MediaWriter writer() {
        return new MediaWriter(deletesNulls, deletionRule, extendedSequence);
    }
}
