package io.rist4j;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.time.SessionTime;
import io.rist4j.host.HostListener;
import io.rist4j.net.PortRefusals;
import io.rist4j.session.FlowIdentity;
import io.rist4j.session.Newcomer;
import io.rist4j.session.SessionEvent;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Passes on what a session tells: packets to where they go, events to the program, who is there to
 * those who wait for a peer. On the network thread.
 */
final class SessionNews implements HostListener {
    private final HandleCore core;
    private final HandleCallbacks callbacks;
    private final PeerPresence presence;
    private final PeerTable peers;
    private HandleCore.@Nullable Output output;
    private HandleCore.@Nullable FlowListener flows;
    private boolean endsWithPeer;

    /**
     * @param core whose session it is
     * @param callbacks the program's
     * @param presence is told who is there
     * @param peers is told where they are
     */
    SessionNews(
            HandleCore core, HandleCallbacks callbacks, PeerPresence presence, PeerTable peers) {
        this.core = core;
        this.callbacks = callbacks;
        this.presence = presence;
        this.peers = peers;
    }

    /** Sets where a receiver's packets go. Before the session begins, as all of these. */
    void setOutput(HandleCore.Output receiver) {
        output = receiver;
    }

    /** Sets who is told of flows. */
    void setFlows(HandleCore.FlowListener listener) {
        flows = listener;
    }

    /** Closes when the last peer has gone. */
    void setEndsWithPeer() {
        endsWithPeer = true;
    }

    @Override
    public void onSecond() {
        core.refresh();
    }

    @Override
    public void onBlock(MediaBlock block) {
        HandleCore.Output to = output;
        if (to != null) {
            to.onBlock(block);
        }
    }

    @Override
    public void onRoundEnd() {
        HandleCore.Output to = output;
        if (to != null) {
            to.onRoundEnd();
        }
    }

    @Override
    public void onOutOfBand(int path, int protocolType, ByteBuffer from, int at, int bytes) {
        callbacks.onDatagram(path, protocolType, from, at, bytes);
    }

    @Override
    public void onRedialled(int path, Endpoint peer) {
        core.notePlaces();
        tell(new RistEvent.Redialled(path, Addresses.socketAddress(peer)));
    }

    @Override
    public void onSendRefused(
            Endpoint peer, PortRefusals.Kind kind, int bytes, int mtuBytes, long datagrams) {
        tell(HandleEvents.sendRefused(peer, kind, bytes, mtuBytes, datagrams));
    }

    @Override
    public boolean admits(Newcomer newcomer) {
        return callbacks.admits(newcomer);
    }

    @Override
    public boolean admitsFlow(FlowIdentity flow) {
        return callbacks.admitsFlow(flow);
    }

    @Override
    public void onEvent(SessionEvent event) {
        beforeTelling(event);
        tell(HandleEvents.of(event));
        afterTelling(event);
    }

    private void beforeTelling(SessionEvent event) {
        if (event instanceof SessionEvent.Connected) {
            presence.onConnected();
            core.wake();
        } else if (event instanceof SessionEvent.TimedOut) {
            presence.onGone();
        } else if (event instanceof SessionEvent.PathUp up) {
            peers.set(up.path(), Addresses.socketAddress(up.peer()));
        } else if (event instanceof SessionEvent.FlowEnded over && flows != null) {
            flows.onFlowEnded(over.flow());
        }
    }

    private void afterTelling(SessionEvent event) {
        if (event instanceof SessionEvent.FlowOpened opened && flows != null) {
            flows.onFlowOpened(opened.flow(), RistFlowIdentity.of(opened.identity()));
        } else if (event instanceof SessionEvent.TimedOut && endsWithPeer) {
            core.closeLater(SessionTime.NEVER);
        }
    }

    private void tell(RistEvent event) {
        NewcomerRefusal who = NewcomerRefusal.orProof(event);
        if (who != null) {
            presence.onRefused(who);
        }
        callbacks.tell(event);
    }

    @Override
    public void onClosed(@Nullable Throwable why) {
        presence.onGone();
        core.onEnd(why);
        onRoundEnd();
        HandleCore.Output last = output;
        if (last != null) {
            last.onClosed();
        }
        core.wake();
        tell(new RistEvent.Closed(why));
        core.afterEnd();
    }
}
