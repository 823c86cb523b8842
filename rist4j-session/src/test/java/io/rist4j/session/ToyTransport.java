package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.transport.DatagramTransport;
import io.rist4j.session.transport.TransportOutlet;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * A transport that anybody can see through: behind a head of three octets everything is flipped,
 * then a tail. Nothing passes before a greeting was answered, which is repeated until it is.
 */
final class ToyTransport implements DatagramTransport {
    static final int HELLO = 0x16;
    static final int DATA = 0x17;
    static final int HEAD = 3;
    static final int TAIL = 2;
    private static final int WELCOME = 0x15;
    private static final long AGAIN_NS = 100 * SessionTime.MILLISECOND;

    boolean isClosed;
    int hellos;
    private final TransportOutlet outlet;
    private final Set<Endpoint> open = new HashSet<>();
    private final Set<Endpoint> called = new HashSet<>();
    private long deadlineNs = SessionTime.NEVER;

    ToyTransport(TransportOutlet outlet) {
        this.outlet = outlet;
    }

    @Override
    public void call(long nowNs, Endpoint peer) {
        open.remove(peer);
        called.add(peer);
        say(peer, HELLO);
        deadlineNs = nowNs + AGAIN_NS;
    }

    private void say(Endpoint peer, int word) {
        int at = outlet.claim(peer, 1);
        outlet.buffer().put(at, (byte) word);
        outlet.commit(1);
        hellos += word == HELLO ? 1 : 0;
    }

    @Override
    public boolean isOpen(Endpoint peer) {
        return open.contains(peer);
    }

    @Override
    public Verdict open(long nowNs, Endpoint from, ByteBuffer b, int at, int bytes, Reader reader) {
        int word = b.get(at);
        if (word == HELLO || word == WELCOME) {
            open.add(from);
            called.remove(from);
            if (word == HELLO) {
                say(from, WELCOME);
            }
            return Verdict.HANDSHAKE;
        }
        if (word != DATA || bytes < HEAD + TAIL) {
            return Verdict.NOT_ENCRYPTED;
        }
        if (!open.contains(from)) {
            return Verdict.UNAUTHENTICATED;
        }
        flip(b, at + HEAD, bytes - HEAD - TAIL);
        reader.onPlain(b, at + HEAD, bytes - HEAD - TAIL);
        return Verdict.OK;
    }

    private static void flip(ByteBuffer b, int at, int bytes) {
        for (int i = at; i < at + bytes; i++) {
            b.put(i, (byte) ~b.get(i));
        }
    }

    @Override
    public int headBytes() {
        return HEAD;
    }

    @Override
    public int mostOverheadBytes() {
        return HEAD + TAIL;
    }

    @Override
    public int seal(Endpoint to, ByteBuffer b, int at, int plainBytes) {
        b.put(at, (byte) DATA);
        flip(b, at + HEAD, plainBytes);
        return HEAD + plainBytes + TAIL;
    }

    @Override
    public long deadlineNs() {
        return called.isEmpty() ? SessionTime.NEVER : deadlineNs;
    }

    @Override
    public void onDeadline(long nowNs) {
        for (Endpoint peer : called) {
            say(peer, HELLO);
        }
        deadlineNs = nowNs + AGAIN_NS;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
