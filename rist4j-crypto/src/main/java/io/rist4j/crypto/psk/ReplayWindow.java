package io.rist4j.crypto.psk;

import java.util.Arrays;

/**
 * Which GRE sequences of a path have been received under its latest nonces: drops copies before
 * they cost a decryption.
 *
 * <p>Robustness, not security, for nothing authenticates a sequence. Therefore only packets that
 * made sense move the window, and one that is far from it moves it only after eight of its kind.
 * Wide enough for any reordering: 4 096 packets. A peer that starts again brings a new nonce, and
 * with it a new window; that of the nonce before stays for what is under way.
 *
 * <p>Not thread-safe, allocates nothing.
 */
public final class ReplayWindow {
    /** Packets behind the newest that are told apart. */
    public static final int PACKETS = 4_096;

    private static final int MAX_JUMP = 1 << 16;
    private static final int AGREEING_PACKETS = 8;

    private Window present = new Window();
    private Window past = new Window();

    /** Nothing received. */
    public ReplayWindow() {}

    /**
     * Whether this may be a packet that was not received yet.
     *
     * @param nonce from the GRE key field; 0 for packets in clear
     */
    public boolean isFresh(int nonce, int sequence) {
        if (present.isOf(nonce)) {
            return present.isFresh(sequence);
        }
        return !past.isOf(nonce) || past.isFresh(sequence);
    }

    /** A packet made sense. */
    public void onAccepted(int nonce, int sequence) {
        if (!present.isOf(nonce)) {
            if (past.isOf(nonce)) {
                past.add(sequence);
                return;
            }
            Window reused = past;
            past = present;
            present = reused;
            present.start(nonce, sequence);
        }
        present.add(sequence);
    }

    /** The sequences of one nonce. */
    private static final class Window {
        private final long[] received = new long[PACKETS / Long.SIZE];
        private boolean isUsed;
        private int nonce;
        private int newest;
        private int jump;
        private int jumps;

        boolean isOf(int asked) {
            return isUsed && nonce == asked;
        }

        void start(int of, int first) {
            isUsed = true;
            nonce = of;
            restart(first);
        }

        private void restart(int first) {
            Arrays.fill(received, 0);
            newest = first;
            jumps = 0;
        }

        boolean isFresh(int sequence) {
            int behind = newest - sequence;
            boolean isInside = behind >= 0 && behind < PACKETS;
            return !isInside || (received[word(sequence)] & bit(sequence)) == 0;
        }

        void add(int sequence) {
            int ahead = sequence - newest;
            if (ahead > MAX_JUMP || ahead <= -MAX_JUMP) {
                noteJump(sequence);
                return;
            }
            jumps = 0;
            if (ahead > 0) {
                advance(sequence, ahead);
            } else if (-ahead >= PACKETS) {
                return;
            }
            received[word(sequence)] |= bit(sequence);
        }

        private void advance(int to, int ahead) {
            if (ahead >= PACKETS) {
                Arrays.fill(received, 0);
            } else {
                for (int sequence = newest + 1; sequence != to; sequence++) {
                    received[word(sequence)] &= ~bit(sequence);
                }
                received[word(to)] &= ~bit(to);
            }
            newest = to;
        }

        private void noteJump(int sequence) {
            int step = sequence - jump;
            jumps = jumps > 0 && step > 0 && step < AGREEING_PACKETS ? jumps + 1 : 1;
            jump = sequence;
            if (jumps == AGREEING_PACKETS) {
                restart(sequence);
                received[word(sequence)] |= bit(sequence);
            }
        }

        private static int word(int sequence) {
            return (sequence & (PACKETS - 1)) >>> 6;
        }

        private static long bit(int sequence) {
            return 1L << sequence;
        }
    }
}
