package io.rist4j.session;

import io.rist4j.core.flow.PayloadMemory;
import io.rist4j.core.path.OriginalPaths;
import io.rist4j.core.path.PathPolicy;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.path.RequestPaths;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.link.MediaWriter;

import java.util.ArrayList;
import java.util.List;

/** Puts a session's objects together: the only place that branches on profile and role. */
final class SessionAssembly {
    /** Until a round trip is measured: long enough not to repeat packets that are on their way. */
    private static final long ASSUMED_ROUND_TRIP_NS = 50 * SessionTime.MILLISECOND;

    final SessionConfig config;
    final SessionSink sink;
    final SessionCounters counters = new SessionCounters();
    final WallClock wallClock = new WallClock();
    final ProfileKit kit;
    final ConfiguredPaths configured;
    final Sockets sockets = new Sockets();
    final Transports transports;
    final PathTable table;
    final PathDirectory directory;
    final FlowEnd end;
    final SendingFlows sending;
    final ReceivingFlows receiving;
    final Introductions introductions;
    final SessionServices services;
    final Outbox outbox;
    final MediaWriter mediaWriter;

    SessionAssembly(
            SessionConfig config,
            SessionIdentity identity,
            SessionServices services,
            SessionSink sink) {
        this.config = config;
        this.services = services;
        this.sink = sink;
        int bits = config.sender().sequenceBits();
        if (config.media().extendedSequence() != (bits == 32)) {
            throw new IllegalArgumentException(
                    "sequenceBits "
                            + bits
                            + " does not fit extendedSequence "
                            + config.media().extendedSequence()
                            + "; 32 goes with true, 16 with false");
        }
        mediaWriter = config.media().writer();
        kit =
                switch (config.profile()) {
                    case SIMPLE -> new SimpleKit(config, mediaWriter);
                    case MAIN -> new MainKit(config, mediaWriter, services);
                    case ADVANCED ->
                            throw new IllegalArgumentException(
                                    "profile "
                                            + config.profile()
                                            + " is not available; SIMPLE and MAIN are");
                };
        configured = new ConfiguredPaths(config.paths());
        transports = new Transports(sockets, sink);
        for (int i = 0; i < config.paths().size(); i++) {
            addPath(i, config.paths().get(i));
        }
        int capacity = config.mostPaths();
        table =
                new PathTable(
                        capacity,
                        config.sessionTimeoutNs(),
                        config.sender().bufferMaxNs(),
                        ASSUMED_ROUND_TRIP_NS);
        outbox = new Outbox(sink, transports, table, counters);
        directory =
                new PathDirectory(
                        configured, kit, sockets, table, capacity, outbox, sink, services);
        Halves halves =
                switch (config.role()) {
                    case SENDER -> sender(identity);
                    case RECEIVER -> receiver(identity);
                };
        end = halves.end();
        sending = halves.sending();
        receiving = halves.receiving();
        directory.setOnRemoved(end::onPathRemoved);
        introductions = new Introductions(this);
    }

    /** A configured path comes, and its sockets. */
    void addPath(int path, PathConfig of) {
        kit.addPath(path, of);
        var specs = new ArrayList<SocketSpec>();
        kit.addSockets(path, of, config.role(), specs);
        sockets.add(specs);
        transports.add(path, of);
    }

    /** One end, and what it sends and receives. */
    private record Halves(FlowEnd end, SendingFlows sending, ReceivingFlows receiving) {}

    private Halves sender(SessionIdentity identity) {
        var originals = new OriginalPaths(table, PathPolicy.weighted());
        var flows =
                new SenderFlows(
                        config, identity, table, originals, directory, outbox, sink, wallClock);
        return new Halves(flows, flows, ReceivingFlows.NONE);
    }

    private Halves receiver(SessionIdentity identity) {
        var batches = new RequestBatches(table.capacity());
        PayloadMemory memory = payloadMemory();
        var requests = new RequestPaths(table);
        FlowRule rule =
                config.maxFlows() > 1
                        ? new FlowsById(
                                config,
                                sink,
                                services.admission(),
                                index ->
                                        receiverEnd(
                                                identity,
                                                batches,
                                                memory,
                                                index,
                                                new BringingPaths(requests, index)))
                        : new OnlyFlow(
                                receiverEnd(
                                        identity,
                                        batches,
                                        memory,
                                        0,
                                        new EveryPath(requests, directory)));
        var flows = new ReceiverFlows(config, identity.ownSsrc(), directory, rule);
        return new Halves(flows, SendingFlows.NONE, flows);
    }

    private PayloadMemory payloadMemory() {
        long bytes = config.receiver().maxMemoryBytes();
        return config.maxFlows() > 1 ? PayloadMemory.shared(bytes) : PayloadMemory.ofOne(bytes);
    }

    private ReceiverEnd receiverEnd(
            SessionIdentity identity,
            RequestBatches batches,
            PayloadMemory memory,
            int index,
            FlowPaths paths) {
        return new ReceiverEnd(
                config, identity, table, directory, outbox, sink, wallClock, batches, memory, index,
                paths);
    }

    /**
     * The duties with a time of their own. What a tunnel says first comes before the reports, and a
     * handshake behind both: libRIST's listeners answer only whom they have heard of.
     *
     * @param links serves the links
     * @param farewells believes goodbyes
     */
    List<SessionPart> parts(LinkPart links, FarewellPart farewells) {
        var parts = new ArrayList<SessionPart>();
        parts.add(transports);
        parts.addAll(kit.parts(directory, end, outbox, sink));
        parts.add(new ReportPart(config, directory, table, end, outbox));
        parts.add(links);
        parts.add(farewells);
        return List.copyOf(parts);
    }
}
