package io.rist4j.interop;

import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Main profile with libRIST, both ways, under every protection, on a clean link and on a bad
 * one. The sender dials, and behind users alone the receiver as well.
 */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
final class MainInteropTest {
    private static final double LOSS = 0.10;

    private static final String OTHER = System.getProperty("rist4j.interop.librist", "");

    private static End peer(Protection protection) {
        return peer(protection, Run.Caller.SENDER);
    }

    private static End peer(Protection protection, Run.Caller caller) {
        return OTHER.isEmpty()
                ? protection.libRist(caller)
                : protection.otherLibRist(OTHER, caller);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void receivesOnACleanLinkWhatThePeerSent(Protection protection) throws Exception {
        Cells.receives(peer(protection), protection.ours(), 0);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void receivesUnderLossWhatThePeerSent(Protection protection) throws Exception {
        Cells.receives(peer(protection), protection.ours(), LOSS);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void sendsToThePeerOnACleanLinkWithoutLoss(Protection protection) throws Exception {
        Cells.sends(protection.ours(), peer(protection));
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void losesNoMoreTowardsThePeerThanItsOwnSender(Protection protection) throws Exception {
        Cells.losesNoMore(protection.ours(), peer(protection), LOSS);
    }

    // ---- users alone, where it is the receiver who proves himself

    @ParameterizedTest
    @ValueSource(doubles = {0, LOSS})
    void receivesOfAListenerThatKnowsItsUser(double loss) throws Exception {
        Cells.receives(
                peer(Protection.SRP, Run.Caller.RECEIVER),
                Protection.SRP.ours(),
                Run.Caller.RECEIVER,
                loss);
    }

    @Test
    void sendsToAUserWhoDials() throws Exception {
        Cells.sends(
                Protection.SRP.ours(),
                peer(Protection.SRP, Run.Caller.RECEIVER),
                Run.Caller.RECEIVER);
    }

    @Test
    void losesNoMoreTowardsAUserWhoDialsThanItsOwnSender() throws Exception {
        Cells.losesNoMore(
                Protection.SRP.ours(),
                peer(Protection.SRP, Run.Caller.RECEIVER),
                Run.Caller.RECEIVER,
                LOSS);
    }
}
