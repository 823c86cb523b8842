package io.rist4j.session;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.core.time.Wake;

/** A cross-cutting duty of a session with deadlines of its own. */
interface SessionPart {
    /** The session begins: what dialled peers are told first. */
    default void start(long nowNs) {}

    /** A path came up, for the first time or again. */
    default void onPathUp(long nowNs, Path path) {}

    /** A peer that came by itself returned an echo: its address is its own. */
    default void onPathProven(long nowNs, Path path) {}

    /**
     * A dialled peer is called: on a path that was added, or anew, from another port or at another
     * address.
     */
    default void onRedialled(long nowNs, Path path) {}

    /** This end leaves, or leaves a path. */
    default void farewell(long nowNs, Path path) {}

    /** A path's peer said something that is said rarely. */
    default void onControl(long nowNs, Path path, ControlMessage message) {}

    /** Adds when the part next has work. */
    default void wakes(Wake wake) {}

    /** Does what is due. Called when it has work that can be done. */
    default void onDeadline(long nowNs) {}

    /** A sender opened a further flow: peers are told of it before its media comes. */
    default void onFlowOpened(long nowNs) {}
}
