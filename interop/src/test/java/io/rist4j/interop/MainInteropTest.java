package io.rist4j.interop;

import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The Main profile with libRIST, both ways, under every protection, on a clean link and on a bad
 * one.
 */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
final class MainInteropTest {
    private static final double LOSS = 0.10;

    private static final String OTHER = System.getProperty("rist4j.interop.librist", "");

    private static End peer(Protection protection) {
        return OTHER.isEmpty() ? protection.libRist() : protection.otherLibRist(OTHER);
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
}
