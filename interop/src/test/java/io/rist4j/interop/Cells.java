package io.rist4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;

/** What is asked of this library beside one peer, whatever the profile. */
final class Cells {
    private static final int ATTEMPTS = 3;

    /** Further attempts in place of those that the peer's broken requests spoil. */
    private static final int MOST_ATTEMPTS = 4 * ATTEMPTS;

    /**
     * TS packets that are lost together: those of a payload, and of the payloads that one lost
     * request named. Runs of {@code ristsrc} with its own sender at 20 % (21, 84 and 203 lost)
     * scatter as if some 80 were always lost together.
     */
    private static final double LOST_TOGETHER = 80;

    /** Standard deviations that two ends of the same ability do not differ by: once in 700. */
    private static final double DOUBT = 3;

    private Cells() {}

    /**
     * What the peer sends arrives whole. A peer that reports late gets a few attempts: until its
     * first report nobody knows where to send requests, and when losses take the first ones too,
     * the buffer may not be long enough.
     */
    static void receives(End peer, End ours, double loss) throws Exception {
        receives(peer, ours, Run.Caller.SENDER, loss);
    }

    static void receives(End peer, End ours, Run.Caller caller, double loss) throws Exception {
        assumeInstalled(peer);
        int attempts = peer.reportsLate() && loss > 0 ? ATTEMPTS : 1;
        Run.Outcome outcome = run(peer, ours, caller, loss, 1);
        for (int seed = 2; seed <= attempts && !outcome.delivery().isExact(); seed++) {
            outcome = run(peer, ours, caller, loss, seed);
        }
        assertThat(outcome.delivery().deliveredHash())
                .as("%s", outcome)
                .isEqualTo(outcome.delivery().sentHash());
    }

    /** What the peer receives on a clean link is whole. */
    static void sends(End ours, End peer) throws Exception {
        sends(ours, peer, Run.Caller.SENDER);
    }

    static void sends(End ours, End peer, Run.Caller caller) throws Exception {
        assumeInstalled(peer);
        Run.Outcome outcome = run(ours, peer, caller, 0, 1);
        assertThat(outcome.delivery().deliveredHash())
                .as("%s", outcome)
                .isEqualTo(outcome.delivery().sentHash());
    }

    /**
     * Peers lose packets under heavy loss, more or less by chance: which of their requests and
     * answers meet the link's losses differs from run to run, and one run alone tells nothing. So
     * the losses of a few runs with each sender are added up, and what this library's lose above
     * those of the peer's own must be within what chance does: the sum of both is made of clusters
     * of {@link #LOST_TOGETHER}, whose number scatters as its root (Poisson). Where the peer's own
     * sender loses 250 of some 19 000 packets, about 1 300 are too many; a sender that repeated
     * nothing would lose 3 800.
     */
    static void losesNoMore(End ours, End peer, double loss) throws Exception {
        losesNoMore(ours, peer, Run.Caller.SENDER, loss);
    }

    static void losesNoMore(End ours, End peer, Run.Caller caller, double loss) throws Exception {
        assumeInstalled(peer);
        var seen = new ArrayList<Run.Outcome>();
        int counted = 0;
        long lostByOurs = 0;
        long lostByOwn = 0;
        for (int seed = 1; seed <= MOST_ATTEMPTS && counted < ATTEMPTS; seed++) {
            Run.Outcome withOurs = run(ours, peer, caller, loss, seed);
            if (peer.mayAskUnreadably() && withOurs.isSpoiltByRequests()) {
                continue;
            }
            counted++;
            seen.add(withOurs);
            lostByOurs += faults(withOurs.delivery());
            if (lostByOurs == 0) {
                return;
            }
            Run.Outcome own = run(peer, peer, caller, loss, seed);
            seen.add(own);
            lostByOwn += faults(own.delivery());
            if (lostByOurs <= lostByOwn) {
                return;
            }
        }
        assertThat(counted)
                .as("runs in which the peer's requests could be read")
                .isEqualTo(ATTEMPTS);
        double chance = DOUBT * Math.sqrt(LOST_TOGETHER * (lostByOurs + lostByOwn));
        assertThat((double) lostByOurs)
                .as("lost in %s", seen)
                .isLessThanOrEqualTo(lostByOwn + chance);
    }

    private static int faults(Delivery delivery) {
        return delivery.lost() + delivery.repeated() + delivery.disordered();
    }

    private static Run.Outcome run(
            End sender, End receiver, Run.Caller caller, double loss, long seed)
            throws IOException, InterruptedException {
        Run.Outcome outcome = new Run(sender, receiver, caller, loss, seed).go();
        Table.add(outcome);
        if (sender.hasUsersAlone() || receiver.hasUsersAlone()) {
            assertThat(outcome.note()).as("%s", outcome).contains("in clear");
        }
        return outcome;
    }

    private static void assumeInstalled(End peer) {
        Optional<String> missing = peer.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElse("") + " is not installed: skipped");
    }
}
