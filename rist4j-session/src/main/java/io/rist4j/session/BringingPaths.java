package io.rist4j.session;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.path.PathSet;
import io.rist4j.core.path.RequestPaths;

/** Of one flow of several: the paths that brought a packet of it. */
final class BringingPaths implements FlowPaths {
    private final RequestPaths requests;
    private final PathSet bringers = new PathSet();
    private int sourcePort;
    private int destinationPort;

    BringingPaths(RequestPaths requests) {
        this.requests = requests;
    }

    @Override
    public int forRequest(long nowNs, int attempt) {
        return requests.choose(nowNs, attempt, bringers);
    }

    @Override
    public boolean brings(Path path) {
        return bringers.contains(path.row);
    }

    @Override
    public boolean concerns(Path path) {
        return brings(path);
    }

    @Override
    public void onFlowStarted() {
        // Who brings it is found out.
    }

    @Override
    public void onBrought(Path path, MediaPacket packet) {
        bringers.set(path.row, true);
        sourcePort = packet.virtualSourcePort;
        destinationPort = packet.virtualDestinationPort;
    }

    @Override
    public int sourcePort() {
        return sourcePort;
    }

    @Override
    public int destinationPort() {
        return destinationPort;
    }

    @Override
    public void onPathRemoved(int row) {
        bringers.set(row, false);
    }
}
