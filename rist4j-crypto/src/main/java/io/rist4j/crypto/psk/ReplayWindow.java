package io.rist4j.crypto.psk;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Which GRE sequences of a path have been received under its latest nonces: drops copies, and what
 * is too old, before it costs a decryption.
 *
 * <p>Nothing authenticates a sequence, so noise may seem to be a packet. A packet whose form wrong
 * keys spoil is sure; one of which any noise would make sense, as a legacy keep-alive message does,
 * is taken only close to the newest, noted where it stands, and never moves the window. Even a sure
 * one moves it at most by its half width, so that the true stream is still inside; further away
 * only after eight that agree. The window never moves back: what is behind it was received, or may
 * have been.
 *
 * <p>Wide enough for any reordering: 4 096 packets. A peer that starts again brings a new nonce,
 * and with it a new window; those of the three nonces before stay for what is under way, and after
 * five seconds take only what is newer.
 *
 * <p>Not thread-safe. Allocates 1 KiB for each of its first four nonces, and nothing after.
 */
public final class ReplayWindow {
    /** Packets behind the newest that are told apart. */
    public static final int PACKETS = 4_096;

    /** As many as a receiver has confirmed keys of. */
    private static final int NONCES = 4;

    private static final int AGREEING_PACKETS = 8;

    /** How far behind the newest an unsure one may be. */
    private static final int UNSURE_PACKETS = 256;

    /** What a nonce that was followed by another has under way is here by then. */
    private static final long UNDER_WAY_NS = 5 * SessionTime.SECOND;

    /** How far apart packets that follow each other may be, for some are lost. */
    private static final int AGREEING_STEP = 64;

    private final @Nullable Window[] windows = new Window[NONCES];
    private int latest;

    /** Nothing received. */
    public ReplayWindow() {}

    private @Nullable Window of(int nonce) {
        Window first = windows[latest];
        if (first != null && first.nonce == nonce) {
            return first;
        }
        for (Window window : windows) {
            if (window != null && window.nonce == nonce) {
                return window;
            }
        }
        return null;
    }

    /**
     * Whether packets of a nonce were received here before.
     *
     * @param nonce from the GRE key field
     */
    public boolean knows(int nonce) {
        return of(nonce) != null;
    }

    /**
     * Whether this may be a packet that was not received yet.
     *
     * @param nowNs session clock, ns
     * @param nonce from the GRE key field
     * @param isSure whether noise would not have its form
     */
    public boolean isFresh(long nowNs, int nonce, int sequence, boolean isSure) {
        Window window = of(nonce);
        return window == null
                || (sequence - window.newest > -reach(nowNs, window, isSure)
                        && window.isFresh(sequence));
    }

    /**
     * Whether this is behind all that is told apart: nobody can say any more whether it was
     * received. The arguments are those of {@link #isFresh}.
     */
    public boolean isPast(long nowNs, int nonce, int sequence, boolean isSure) {
        Window window = of(nonce);
        return window != null && sequence - window.newest <= -reach(nowNs, window, isSure);
    }

    private int reach(long nowNs, Window window, boolean isSure) {
        if (window != windows[latest] && nowNs - window.heardNs > UNDER_WAY_NS) {
            return 0;
        }
        return isSure ? PACKETS : UNSURE_PACKETS;
    }

    /** A packet made sense. The arguments are those of {@link #isFresh}. */
    public void onAccepted(long nowNs, int nonce, int sequence, boolean isSure) {
        Window window = of(nonce);
        if (window != null) {
            window.add(nowNs, sequence, isSure);
        } else if (isSure) {
            latest = (latest + 1) % NONCES;
            Window reused = windows[latest];
            if (reused == null) {
                reused = new Window();
                windows[latest] = reused;
            }
            reused.start(nowNs, nonce, sequence);
        }
    }

    /**
     * The newest sequence of a nonce that is {@linkplain #knows known}; otherwise 0.
     *
     * @param nonce from the GRE key field
     */
    public int newest(int nonce) {
        Window window = of(nonce);
        return window == null ? 0 : window.newest;
    }

    /** The sequences of one nonce: those behind the newest, and unsure ones in front of it. */
    private static final class Window {
        private static final int SLOTS = 2 * PACKETS;

        private final long[] received = new long[SLOTS / Long.SIZE];
        private int nonce;
        private int newest;
        private long heardNs;
        private int jump;
        private int jumps;

        void start(long nowNs, int of, int first) {
            nonce = of;
            heardNs = nowNs;
            restart(first);
        }

        private void restart(int first) {
            Arrays.fill(received, 0);
            newest = first;
            jumps = 0;
            received[word(first)] |= bit(first);
        }

        boolean isFresh(int sequence) {
            return sequence - newest >= PACKETS || (received[word(sequence)] & bit(sequence)) == 0;
        }

        void add(long nowNs, int sequence, boolean isSure) {
            int ahead = sequence - newest;
            heardNs = isSure ? nowNs : heardNs;
            if (ahead >= PACKETS) {
                if (isSure) {
                    noteJump(sequence);
                }
            } else if (ahead > -PACKETS) {
                received[word(sequence)] |= bit(sequence);
                if (isSure) {
                    jumps = 0;
                    advance(ahead);
                }
            }
        }

        /** Moves on, and forgets what was in the slots of those that may come now. */
        private void advance(int ahead) {
            for (int i = 0; i < ahead; i++) {
                int entering = newest + PACKETS + i;
                received[word(entering)] &= ~bit(entering);
            }
            newest += Math.max(0, ahead);
        }

        private void noteJump(int sequence) {
            int step = sequence - jump;
            if (jumps == 0 || Math.abs((long) step) >= AGREEING_STEP) {
                jumps = 1;
                jump = sequence;
            } else if (step > 0) {
                jumps++;
                jump = sequence;
                if (jumps == AGREEING_PACKETS) {
                    restart(sequence);
                }
            }
        }

        private static int word(int sequence) {
            return (sequence & (SLOTS - 1)) >>> 6;
        }

        private static long bit(int sequence) {
            return 1L << sequence;
        }
    }
}
