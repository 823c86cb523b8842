package io.rist4j.testkit.simulation;

import io.rist4j.testkit.link.SeededRandom;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What somebody who means harm does in a simulation. Each has datagrams of its own. */
public enum Attack {
    /** Goodbyes in the ends' names. */
    SPOOFED_GOODBYES(Dimension.SPOOFED_GOODBYES),
    /** Somebody who answers echo requests sends media of another flow. */
    PROVEN_STRANGER(Dimension.PROVEN_STRANGER),
    /** Reports of the flow and of others from an address that has nothing to do with it. */
    FOREIGN_REPORTS(Dimension.FOREIGN_REPORTS),
    /**
     * Keep-alives of a newer edition of the tunnel in the ends' names, which read the older only.
     */
    VERSION_BUMPS(Dimension.VERSION_BUMPS),
    /**
     * Frames of an authentication in the ends' names, by somebody who does not see theirs, from
     * before the first to the last.
     */
    BLIND_FRAMES(Dimension.BLIND_FRAMES),
    /**
     * What was recorded of an earlier session under the same secret: reports, goodbyes and media.
     */
    EARLIER_SESSION(Dimension.EARLIER_SESSION),
    /** Requests for everything in the receiver's name. */
    REQUEST_FLOOD(Dimension.REQUEST_FLOOD),
    /** Datagrams under keys that nobody has, from many addresses. */
    KEY_FLOOD(Dimension.KEY_FLOOD),
    /** Somebody who answers echo requests sends media of very many flows. */
    MANY_SOURCES(Dimension.MANY_SOURCES),
    /** Keep-alives of strangers. */
    KEEP_ALIVES(Dimension.STRANGE_KEEP_ALIVES);

    private static final long SALT = 0x4174_7461_636BL;
    private static final int MOST = 3;

    private final Dimension dimension;

    Attack(Dimension dimension) {
        this.dimension = dimension;
    }

    /** What a simulation showed in which it reached an end. */
    Dimension dimension() {
        return dimension;
    }

    /**
     * Whether there is something that it can be tried on.
     *
     * @param protection of the sessions
     */
    public boolean suits(Protection protection) {
        return switch (this) {
            case SPOOFED_GOODBYES, PROVEN_STRANGER, FOREIGN_REPORTS, REQUEST_FLOOD, MANY_SOURCES ->
                    true;
            case KEEP_ALIVES -> protection.isTunnel();
            case VERSION_BUMPS -> protection == Protection.CLEAR;
            case BLIND_FRAMES -> protection.hasProof();
            case EARLIER_SESSION, KEY_FLOOD -> protection.hasSecret();
        };
    }

    /**
     * Draws the attacks of a scenario, from numbers of their own: whatever is drawn here, the rest
     * of a seed's scenario stays the same.
     */
    static Set<Attack> draw(long seed, Protection protection) {
        var random = new SeededRandom(seed ^ SALT);
        EnumSet<Attack> drawn = EnumSet.noneOf(Attack.class);
        if (!random.chance(protection.isTunnel() ? 0.6 : 0.3)) {
            return drawn;
        }
        List<Attack> suitable = new ArrayList<>();
        for (Attack attack : values()) {
            if (attack.suits(protection)) {
                suitable.add(attack);
            }
        }
        if (suitable.contains(BLIND_FRAMES) && random.chance(0.5)) {
            drawn.add(BLIND_FRAMES);
        }
        for (long count = random.between(1, MOST); count > 0; count--) {
            drawn.add(suitable.get((int) random.between(0, suitable.size() - 1)));
        }
        return Collections.unmodifiableSet(drawn);
    }
}
