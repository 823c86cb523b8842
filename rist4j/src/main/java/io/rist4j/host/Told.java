package io.rist4j.host;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.session.SessionEvent;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a session tells while it is called. Packets are passed on at once; what may lead back into
 * the session, its events and that packets came, once the session has returned.
 */
final class Told {
    private final HostListener listener;
    private final Deque<SessionEvent> events = new ArrayDeque<>();
    private boolean isInside;
    private boolean delivered;
    private boolean everConnected;

    Told(HostListener listener) {
        this.listener = listener;
    }

    /** The session is called. */
    void enter() {
        isInside = true;
    }

    /** It has returned. */
    void leave() {
        isInside = false;
        if (delivered) {
            delivered = false;
            listener.onRoundEnd();
        }
        while (!events.isEmpty()) {
            listener.onEvent(events.remove());
        }
    }

    /** Whether it is just called. */
    boolean isInside() {
        return isInside;
    }

    void deliver(MediaBlock block) {
        delivered = true;
        listener.onBlock(block);
    }

    void event(SessionEvent event) {
        everConnected |= event instanceof SessionEvent.Connected;
        events.add(event);
    }

    /** Whether there ever was a peer. */
    boolean everConnected() {
        return everConnected;
    }
}
