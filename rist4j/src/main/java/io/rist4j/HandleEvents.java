package io.rist4j;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.PortRefusals;
import io.rist4j.session.SessionEvent;

/** What a session and its ports tell, as the API tells it. */
final class HandleEvents {
    private HandleEvents() {}

    static RistEvent of(SessionEvent event) {
        return switch (event) {
            case SessionEvent.Connected e ->
                    new RistEvent.Connected(Addresses.socketAddress(e.peer()), e.canonicalName());
            case SessionEvent.PathUp e ->
                    new RistEvent.PathUp(e.path(), Addresses.socketAddress(e.peer()));
            case SessionEvent.PathDown e ->
                    new RistEvent.PathDown(e.path(), Addresses.socketAddress(e.peer()));
            case SessionEvent.TimedOut e -> new RistEvent.TimedOut();
            case SessionEvent.PeerLeft e ->
                    new RistEvent.PeerLeft(Addresses.socketAddress(e.peer()));
            case SessionEvent.FlowStarted e -> new RistEvent.FlowStarted(e.flowId(), reason(e));
            case SessionEvent.FlowOpened e ->
                    new RistEvent.FlowOpened(RistFlowIdentity.of(e.identity()));
            case SessionEvent.FlowEnded e -> new RistEvent.FlowEnded(e.flowId());
            case SessionEvent.LimitReached e ->
                    new RistEvent.LimitReached(
                            e.flowId(), RistEvent.Limit.valueOf(e.limit().name()), e.packets());
            case SessionEvent.FlowRefused e ->
                    new RistEvent.FlowRefused(e.flowId(), Addresses.socketAddress(e.peer()));
            case SessionEvent.Authenticated e -> TunnelEvents.of(e);
            case SessionEvent.InClear e -> TunnelEvents.of(e);
            case SessionEvent.AuthenticationFailed e -> TunnelEvents.of(e);
            case SessionEvent.SecretsDiffer e -> TunnelEvents.of(e);
            case SessionEvent.NotAdmitted e -> TunnelEvents.of(e);
            case SessionEvent.PeerCapable e -> TunnelEvents.of(e);
            case SessionEvent.BufferTold e -> TunnelEvents.of(e);
        };
    }

    private static RistEvent.StartReason reason(SessionEvent.FlowStarted event) {
        return switch (event.reason()) {
            case FIRST_PACKET -> RistEvent.StartReason.FIRST_PACKET;
            case NEW_SOURCE -> RistEvent.StartReason.NEW_SOURCE;
            case AFTER_SILENCE -> RistEvent.StartReason.AFTER_SILENCE;
            case JUMP -> RistEvent.StartReason.JUMP;
        };
    }

    static RistEvent sendRefused(
            Endpoint peer, PortRefusals.Kind kind, int bytes, int mtuBytes, long datagrams) {
        RistEvent.RefusalReason reason =
                switch (kind) {
                    case TOO_LARGE -> RistEvent.RefusalReason.TOO_LARGE;
                    case UNREACHABLE -> RistEvent.RefusalReason.UNREACHABLE;
                    case CONNECTION_REFUSED -> RistEvent.RefusalReason.CONNECTION_REFUSED;
                    case NO_ROOM -> RistEvent.RefusalReason.NO_ROOM;
                    case NOT_PERMITTED -> RistEvent.RefusalReason.NOT_PERMITTED;
                    case OTHER -> RistEvent.RefusalReason.OTHER;
                };
        return new RistEvent.SendRefused(
                Addresses.socketAddress(peer), reason, bytes, mtuBytes, datagrams);
    }
}
