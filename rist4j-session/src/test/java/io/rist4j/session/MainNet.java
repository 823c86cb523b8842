package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.Wake;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.srp.VerifierFile;
import io.rist4j.session.guard.SecurityConfig;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Any number of Main sessions on a network with a fixed delay, in virtual time, where anybody may
 * send anything to anybody from any address.
 */
final class MainNet {
    static final long MS = 1_000_000;
    static final long WALL_NS = 1_700_000_000_000_000_000L;
    static final Endpoint LISTENER = Endpoint.ipv4(0x0A000001, 5_000);
    static final Endpoint DIALLER = Endpoint.ipv4(0x0A000002, 40_000);

    private static final VerifierFile USERS =
            VerifierFile.ofPasswords(
                    Map.of(
                            "alice", "mainprofile".toCharArray(),
                            "carol", "mainprofile".toCharArray()),
                    new Random(5)::nextBytes);

    /** How a network's sessions are secured. */
    enum Protection {
        CLEAR,
        PSK,
        SRP,
        PSK_AND_SRP;

        SecurityConfig of(boolean dialling) {
            boolean isKeyed = this == PSK || this == PSK_AND_SRP;
            SecurityConfig keyed =
                    isKeyed
                            ? SecurityConfig.ofSecret(
                                    Passphrase.ofText("a secret".toCharArray()),
                                    PskSealing.ofBits(256))
                            : SecurityConfig.NONE;
            if (this == CLEAR || this == PSK) {
                return keyed;
            }
            return dialling
                    ? keyed.withCredentials(
                            new EapCredentials("alice".toCharArray(), "mainprofile".toCharArray()))
                    : keyed.withUsers(VerifierLookup.of(USERS));
        }
    }

    /** A session, its addresses and what it did. */
    static final class Host {
        final Session session;
        final RecordingSink sink;

        /** One for each socket; changes when a NAT gives the host another. */
        final List<Endpoint> addresses;

        boolean isOn = true;

        /** Slow computations that the session asked for. */
        long computations;

        private Host(
                SessionConfig config,
                SessionIdentity identity,
                int seed,
                Worker worker,
                Endpoint... at) {
            sink = new RecordingSink();
            addresses = new ArrayList<>(List.of(at));
            Worker counting =
                    (nowNs, computation) -> {
                        computations++;
                        worker.start(nowNs, computation);
                    };
            session =
                    Session.assemble(
                            config,
                            identity,
                            new SessionServices(
                                    counting,
                                    new Random(seed)::nextBytes,
                                    SessionServices.Admission.everybody()),
                            sink);
        }

        <E extends SessionEvent> List<E> events(Class<E> type) {
            return sink.events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    /** A datagram under way, or that was. */
    record Seen(long atNs, Endpoint from, Endpoint to, ByteBuffer bytes) {}

    /** Says whether a datagram is lost on its way. */
    interface Loss {
        boolean drops(Seen datagram);
    }

    final List<Host> hosts = new ArrayList<>();
    final List<Seen> seen = new ArrayList<>();
    Loss loss = datagram -> false;
    long delayNs = 20 * MS;
    long nowNs;
    private final ArrayDeque<Seen> wire = new ArrayDeque<>();
    private int seeds;

    static SessionConfig config(
            Role role, String name, Protection protection, PathConfig... paths) {
        boolean dialling = paths[0].contact() == PathConfig.Contact.DIAL;
        return SessionConfig.of(Profile.MAIN, role, name, List.of(paths))
                .withTunnel(TunnelConfig.of(protection.of(dialling)));
    }

    /** Adds a session and starts it. */
    Host add(SessionConfig config, int ssrc, Endpoint... addresses) {
        return add(config, ssrc, Worker.inline(), addresses);
    }

    /** The same, with a worker of its own. */
    Host add(SessionConfig config, int ssrc, Worker worker, Endpoint... addresses) {
        var host =
                new Host(
                        config,
                        new SessionIdentity(ssrc & ~1, 65_500, ssrc | 1),
                        ++seeds,
                        worker,
                        addresses);
        hosts.add(host);
        host.session.start(nowNs, WALL_NS);
        collect();
        return host;
    }

    Host listener(Role role, Protection protection) {
        return add(config(role, "bob", protection, PathConfig.listen(LISTENER)), 0x4000, LISTENER);
    }

    Host dialler(Role role, Protection protection, int ssrc, Endpoint from) {
        return add(config(role, "alice", protection, PathConfig.dial(LISTENER)), ssrc, from);
    }

    /** What the end is that an end of that role speaks to. */
    static Role other(Role role) {
        return role == Role.SENDER ? Role.RECEIVER : Role.SENDER;
    }

    /** Hands a host a datagram that nobody in this network sent. */
    Verdict inject(Host target, Endpoint from, ByteBuffer datagram) {
        ByteBuffer copy =
                ByteBuffer.allocate(datagram.remaining()).put(0, datagram, 0, datagram.remaining());
        Verdict verdict = target.session.onDatagram(nowNs, nowNs, 0, from, copy, 0, copy.limit());
        collect();
        return verdict;
    }

    /** Lets a stranger answer whatever echo requests come to him, as anybody at his address can. */
    void prove(Host target, Endpoint from, int ssrc) {
        for (int i = 0; i < 5; i++) {
            int before = seen.size();
            inject(target, from, Frames.report(1, ssrc));
            run(30);
            for (Seen heard : List.copyOf(seen.subList(before, seen.size()))) {
                int at = heard.bytes().capacity() - 24;
                boolean asks = at > 0 && (heard.bytes().getInt(at) >>> 16) == 0x82CC;
                if (heard.to().equals(from) && asks) {
                    int asked = heard.bytes().getInt(at + 4);
                    long timestamp = heard.bytes().getLong(at + 12);
                    inject(target, from, Frames.echoResponse(1, ssrc, asked, timestamp));
                }
            }
        }
    }

    /** Sends a numbered payload. */
    void send(Host sender, int number) {
        ByteBuffer payload = ByteBuffer.allocate(188).putInt(0, number);
        sender.session.send(nowNs, nowNs, payload, 0, payload.limit());
        collect();
    }

    /** One packet every 2 ms, and what is done beside each. */
    void stream(Host sender, int packets, Runnable beside) {
        for (int i = 0; i < packets; i++) {
            send(sender, i);
            beside.run();
            run(2);
        }
    }

    void run(long milliseconds) {
        long untilNs = nowNs + milliseconds * MS;
        while (true) {
            long nextNs = wire.isEmpty() ? Long.MAX_VALUE : wire.element().atNs() + delayNs;
            for (Host host : hosts) {
                nextNs =
                        host.isOn
                                ? Math.min(nextNs, Wake.of(host.session::wakes).deadlineNs())
                                : nextNs;
            }
            if (nextNs > untilNs) {
                nowNs = untilNs;
                return;
            }
            nowNs = Math.max(nowNs, nextNs);
            while (!wire.isEmpty() && wire.element().atNs() + delayNs <= nowNs) {
                arrive(wire.remove());
            }
            for (Host host : hosts) {
                if (host.isOn && Wake.of(host.session::wakes).deadlineNs() <= nowNs) {
                    host.session.onDeadline(nowNs);
                }
            }
            collect();
        }
    }

    private void arrive(Seen datagram) {
        for (Host host : hosts) {
            int socket = host.addresses.indexOf(datagram.to());
            if (host.isOn && socket >= 0) {
                ByteBuffer copy = ByteBuffer.allocate(datagram.bytes().capacity());
                copy.put(0, datagram.bytes(), 0, copy.capacity());
                host.session.onDatagram(
                        nowNs, nowNs, socket, datagram.from(), copy, 0, copy.capacity());
            }
        }
        collect();
    }

    private void collect() {
        for (Host host : hosts) {
            for (RecordingSink.Datagram datagram : host.sink.take()) {
                var sent =
                        new Seen(
                                nowNs,
                                host.addresses.get(datagram.socket()),
                                datagram.to(),
                                datagram.bytes());
                seen.add(sent);
                if (host.isOn && !loss.drops(sent)) {
                    wire.add(sent);
                }
            }
        }
    }

    /** Everything sent to an address so far, in bytes. */
    long bytesTo(Endpoint to) {
        return seen.stream()
                .filter(s -> s.to().equals(to))
                .mapToLong(s -> s.bytes().capacity())
                .sum();
    }

    List<Seen> sentBy(Endpoint from) {
        return seen.stream().filter(s -> s.from().equals(from)).toList();
    }
}
