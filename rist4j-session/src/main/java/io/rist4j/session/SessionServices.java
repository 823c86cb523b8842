package io.rist4j.session;

import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.Worker;

/**
 * What a session's host lends it.
 *
 * @param worker takes computations too slow for the thread that moves packets; hands their results
 *     back on that thread
 * @param random draws nonces and exponents
 * @param admission asked before a peer that came by itself is taken in
 */
public record SessionServices(Worker worker, RandomOctets random, Admission admission) {
    /** Asks the application who may come in. Called on the session's thread: answers at once. */
    @FunctionalInterface
    public interface Admission {
        /**
         * Whether a peer may come in.
         *
         * @param newcomer who
         */
        boolean admits(Newcomer newcomer);

        /**
         * Whether a flow of several may come in, of a peer that has come in. Asked once, until the
         * flow has been silent for the session timeout.
         *
         * @param identity whose it is
         */
        default boolean admitsFlow(FlowIdentity identity) {
            return true;
        }

        /** Takes in everybody. */
        static Admission everybody() {
            return newcomer -> true;
        }
    }

    /**
     * For profiles without keys, where nobody attacks: no random octets, so that echo requests can
     * be guessed, and everybody is admitted.
     */
    public static final SessionServices NONE =
            new SessionServices(
                    Worker.inline(),
                    octets -> {
                        throw new IllegalStateException(
                                "this profile draws keys, and the host lends no random octets");
                    },
                    Admission.everybody());

    /** Something that nobody can guess, where there are random octets. */
    long secret() {
        return equals(NONE)
                ? 0
                : ((long) random.nextInt() << 32) | (random.nextInt() & 0xFFFF_FFFFL);
    }
}
