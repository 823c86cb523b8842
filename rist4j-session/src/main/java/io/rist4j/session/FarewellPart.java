package io.rist4j.session;

import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

/**
 * Decides when a goodbye is believed: at once when it repeats what the peer alone was asked, else
 * when the peer has been silent for a moment after it.
 *
 * <p>Spec: a tunnel ends with the disconnect message (TR-06-2:2022 §5.6.5), a participant's word
 * with BYE (RFC 3550 §6.6). libRIST: reads the message and goes on. Ours: a BYE beside an answer to
 * our last echo request, which cannot be guessed, as this library's own end says it. For the rest,
 * anybody can forge either in clear, or play an old one back under a pre-shared key, but nobody can
 * keep the true peer from talking, which it does at least ten times a second. Until a goodbye is
 * believed nobody else takes note of it.
 */
final class FarewellPart implements SessionPart {
    /** Silence that confirms a goodbye: longer than between two reports. */
    private static final long CONFIRMED_AFTER_NS = 250 * SessionTime.MILLISECOND;

    /** What comes within this time after a goodbye was sent before it and overtaken. */
    private static final long OVERTAKEN_NS = 20 * SessionTime.MILLISECOND;

    /** Takes note of a peer that is gone. */
    @FunctionalInterface
    interface Listener {
        void left(long nowNs, int row);
    }

    private final PathDirectory directory;
    private final Listener listener;
    private long deadlineNs = SessionTime.NEVER;

    FarewellPart(PathDirectory directory, Listener listener) {
        this.directory = directory;
        this.listener = listener;
    }

    /**
     * An accepted datagram came on a path.
     *
     * @param isFarewell whether it says goodbye
     * @param isAnswer whether it answers what only the peer was asked
     * @return whether it shows that the peer is there
     */
    boolean onHeard(long nowNs, Path path, boolean isFarewell, boolean isAnswer) {
        if (isFarewell && isAnswer) {
            path.farewellNs = SessionTime.NEVER;
            path.leftNs = nowNs;
            listener.left(nowNs, path.row);
        } else if (isFarewell) {
            if (!isSaid(path)) {
                path.farewellNs = nowNs;
                deadlineNs = Math.min(deadlineNs, nowNs + CONFIRMED_AFTER_NS);
            }
        } else if (isSaid(path) && nowNs - path.farewellNs > OVERTAKEN_NS) {
            path.farewellNs = SessionTime.NEVER;
        }
        return !isFarewell && !hasLeft(nowNs, path);
    }

    /** Whether a goodbye was believed at once, so lately that what comes now was sent before it. */
    static boolean hasLeft(long nowNs, Path path) {
        return path.leftNs != SessionTime.NEVER && nowNs - path.leftNs <= CONFIRMED_AFTER_NS;
    }

    private static boolean isSaid(Path path) {
        return path.farewellNs != SessionTime.NEVER;
    }

    @Override
    public void wakes(Wake wake) {
        wake.at(deadlineNs, OVERTAKEN_NS, "goodbye");
    }

    @Override
    public void onDeadline(long nowNs) {
        deadlineNs = SessionTime.NEVER;
        for (int row = 0; row < directory.end(); row++) {
            Path path = directory.row(row);
            if (path == null || !isSaid(path)) {
                continue;
            }
            long dueNs = path.farewellNs + CONFIRMED_AFTER_NS;
            if (dueNs <= nowNs) {
                path.farewellNs = SessionTime.NEVER;
                listener.left(nowNs, row);
            } else {
                deadlineNs = Math.min(deadlineNs, dueNs);
            }
        }
    }
}
