package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.psk.SecretMismatch;
import io.rist4j.session.guard.GuardSink;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;

/** A link's way out: frames of its handshake to its path's peer, what it found out as events. */
final class PathVoice implements GuardSink {
    private final Outbox outbox;
    private final SessionSink sink;
    private @Nullable Path path;

    PathVoice(Outbox outbox, SessionSink sink) {
        this.outbox = outbox;
        this.sink = sink;
    }

    void speakFor(Path of) {
        path = of;
    }

    @Override
    public int claim(int mostBytes) {
        return path == null ? Outbox.NOWHERE : outbox.claimHandshake(path, mostBytes);
    }

    @Override
    public ByteBuffer buffer() {
        return outbox.buffer(Objects.requireNonNull(path));
    }

    @Override
    public void commit(int bytes) {
        outbox.commitHandshake(Objects.requireNonNull(path), bytes);
    }

    @Override
    public void onAuthenticated(long nowNs, String user) {
        Path proved = path;
        if (proved == null) {
            return;
        }
        proved.onProven();
        boolean isNews = !proved.user.equals(user);
        proved.user = user;
        if (isNews) {
            sink.event(new SessionEvent.Authenticated(proved.peer(), user));
        }
        if (proved.control != null) {
            proved.nextReportNs = nowNs;
        }
    }

    @Override
    public void onRefused(long nowNs, EapRefusal reason) {
        sink.event(new SessionEvent.AuthenticationFailed(peer(), reason));
    }

    @Override
    public void onShutOut(long nowNs, EapRefusal reason) {
        if (path != null) {
            path.user = "";
        }
        onRefused(nowNs, reason);
    }

    @Override
    public void onClear(long nowNs, boolean isOurs) {
        sink.event(new SessionEvent.InClear(peer(), isOurs));
    }

    @Override
    public void onMismatch(long nowNs, SecretMismatch shown) {
        sink.event(new SessionEvent.SecretsDiffer(peer(), shown));
    }

    private Endpoint peer() {
        Path known = path;
        return known == null ? Endpoint.ipv4(0, 0) : known.peer();
    }
}
